"""The page of the lessons: three plans that add up, links that work, contradictions that are settled."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import resolve

from project.lab.experiments.registry import EXPERIMENTS

PLANS = ("plan-15", "plan-45", "plan-90")
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)


@pytest.fixture
def page(db):
    response = Client().get("/lab/lessons/")
    assert response.status_code == 200
    return response.content.decode()


def section(page, name):
    return re.search(rf'<section[^>]* id="{name}".*?</section>', page, re.DOTALL)[0]


def rows(text):
    """Return what stands in the rows of a table's body."""
    return ROW.findall(text.partition("<tbody>")[2])


def linked(row):
    """Return the names of the experiments that a row links to."""
    return re.findall(r'href="/lab/experiments/([^/"]+)/"', row)


def numbers(row):
    """Return the statements that a row speaks of."""
    lists = re.findall(r"statements? (\d+(?:(?:, | and )\d+)*)", row)
    return [int(number) for text in lists for number in re.findall(r"\d+", text)]


# The plans -------------------------------------------------------------------------------------------------------


def test_there_are_three_plans(page):
    assert re.findall(r'class="plan" id="(plan-\d+)"', page) == list(PLANS)


@pytest.mark.parametrize("name", PLANS)
def test_minutes_of_a_plan_add_up(page, name):
    times = re.findall(r'class="timing">(\d+)–(\d+)<', section(page, name))
    starts, ends = zip(*[(int(start), int(end)) for start, end in times], strict=True)
    assert starts == (0, *ends[:-1])
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert ends[-1] == int(name.removeprefix("plan-"))


@pytest.mark.parametrize("name", PLANS)
def test_each_row_of_a_plan_is_complete(page, name):
    for row in rows(section(page, name)):
        assert re.findall(r'class="(timing|ask|wrong)"', row) == ["timing", "ask", "wrong"]
        assert row.count("<td") == 5
        assert "<td></td>" not in row


@pytest.mark.parametrize("name", [*PLANS, "contradictions"])
def test_each_row_links_its_experiments(page, name):
    for row in rows(section(page, name)):
        tested = {number for experiment in linked(row) for number in EXPERIMENTS[experiment].statements}
        assert set(numbers(row)) <= tested, row
        assert bool(linked(row)) == bool(numbers(row)), row


def test_each_contradiction_is_settled(page):
    contradictions = rows(section(page, "contradictions"))
    assert len(contradictions) >= 8
    for row in contradictions:
        assert row.count("<td") == 5
        assert linked(row) or "ot in this lab yet" in row


# The page --------------------------------------------------------------------------------------------------------


def test_every_link_works(page):
    client = Client()
    for address in sorted(set(re.findall(r'href="([^"]+)"', page))):
        path, _, fragment = address.partition("#")
        if path.startswith("/static/"):
            continue
        if path:
            resolve(path)
            assert client.get(path).status_code in (200, 302), address
        assert not fragment or f'id="{fragment}"' in page, address


def test_it_has_no_inline_script_or_style(page):
    assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son\w+=", page)


def test_its_headings_are_in_order(page):
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
