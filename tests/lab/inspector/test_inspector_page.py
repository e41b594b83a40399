"""The page of the inspectors, with and without JavaScript."""

import re

from tests.browser_without_javascript import Browser, text
from tests.lab.inspector.asking import PAGE


def test_page_works_without_javascript(shopper):
    page = text(Browser().post(PAGE, page=PAGE, token=shopper.access + "A"))
    assert "Refused at check 8 of 21, signature: the signature does not match." in page
    assert page.count('data-result="not reached"') == 13


def test_hostile_text_comes_back_as_text(db):
    hostile = "</textarea><script>alert(1)</script>\"'<img src=x onerror=alert(1)>"
    page = text(Browser().post(PAGE, page=PAGE, token=hostile))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in page


def test_page_keeps_to_the_policy(client, db):
    response = client.get(PAGE)
    page = response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_scripts_write_text_and_nothing_else(settings):
    scripts = [*(settings.BASE_DIR / "project/lab/static/lab/inspector").glob("*.js")]
    assert len(scripts) > 5
    for script in scripts:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|crypto\.subtle|\beval\b", script.read_text()
        )


def test_no_demo_password_in_production(client, db, settings):
    assert settings.DEMO_PASSWORD in client.get(PAGE).content.decode()
    settings.PRODUCTION, password = True, settings.DEMO_PASSWORD
    assert password not in client.get(PAGE).content.decode()
