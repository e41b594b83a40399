"""Projector mode: for a room that looks on. Nobody in it may read a secret."""

import pytest


@pytest.fixture
def projected(compare):
    compare.log_in("alice")
    compare.page.keyboard.press("p")
    return compare


def is_projected(page):
    return "projector" in (page.locator("html").get_attribute("class") or "")


def test_key_p_switches_it(compare):
    compare.page.keyboard.press("p")
    assert is_projected(compare.page)
    compare.page.keyboard.press("p")
    assert not is_projected(compare.page)


def test_button_switches_it(compare):
    compare.page.get_by_role("button", name="Projector").click()
    assert is_projected(compare.page)


def test_p_in_a_name_does_not_switch_it(compare):
    compare.page.get_by_text("Somebody else").click()
    compare.page.locator("[name=username]").press("p")
    assert not is_projected(compare.page)


def test_reload_and_the_inspector_remember_it(projected):
    assert is_projected(projected.reload().page)
    projected.page.goto("/lab/inspector/")
    assert is_projected(projected.page)


def test_no_secret_is_on_the_screen(projected):
    for step in ("who", "add", "refresh"):
        projected.do(step)
        secrets = ["open-sesame", *projected.secrets()]
        assert [secret for secret in secrets if secret in projected.on_screen()] == []


def test_no_secret_is_in_the_dom(compare):
    compare.log_in("alice")
    compare.do("refresh")
    assert [secret for secret in compare.secrets() if secret in compare.page.content()] == []


@pytest.mark.parametrize("where", ["session", "jwt"])
def test_copied_curl_asks_for_the_password(projected, where):
    assert "open-sesame" not in projected.copied_from(where)
    assert "Password of alice: " in projected.copied_from(where)


def test_inspector_does_not_show_a_whole_token(inspector):
    inspector.fetch_token_of("alice")
    inspector.page.keyboard.press("p")
    _, payload, signature = inspector.token.input_value().split(".")
    shown = inspector.page.locator("#coloured").inner_text()
    assert payload in shown
    assert signature not in shown
    assert inspector.token.evaluate("(field) => getComputedStyle(field).webkitTextSecurity") == "disc"
