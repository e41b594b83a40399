"""The Compare page: for the keyboard, for screens of any size, in few bytes."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Compare

PHONES = [{"width": 360, "height": 740}, {"width": 430, "height": 932}]


def test_keyboard_alone_logs_in_and_adds(compare):
    compare.tab_to("[data-login=alice]").press("Enter")
    compare.settled().tab_to("[data-step=add]").press("Enter")
    assert compare.settled().who() == ("alice, customer", "alice, customer")
    assert compare.steps()[-1].startswith("3. Add 1 ×")


@pytest.mark.parametrize("key", ["", "p"])
def test_both_columns_fit_side_by_side(compare, key):
    compare.page.keyboard.type(key)
    compare.log_in("alice")
    compare.do("add")
    left, right = compare.column("session").bounding_box(), compare.column("jwt").bounding_box()
    assert left["x"] + left["width"] < right["x"]
    assert right["x"] + right["width"] <= 1280
    assert sideways(compare.page) == 0


@pytest.mark.parametrize("phone", PHONES, ids=lambda phone: phone["width"])
def test_phone_shows_one_column_at_a_time(new_page, phone):
    compare = Compare(new_page(viewport=phone, has_touch=True)).open()
    compare.log_in("alice")
    assert columns_in_sight(compare) == ["session"]
    compare.page.locator("#show-jwt").check()
    assert columns_in_sight(compare) == ["jwt"]
    assert sideways(compare.page) == 0


def test_phone_turns_to_the_column_of_a_step(new_page):
    compare = Compare(new_page(viewport=PHONES[0])).open()
    compare.log_in("alice", "jwt")
    assert columns_in_sight(compare) == ["jwt"]


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_phone_scrolls_to_the_result_of_a_step(new_page, motion):
    compare = Compare(new_page(viewport={"width": 390, "height": 844}, reduced_motion=motion)).open()
    assert compare.page.evaluate("scrollY") == 0
    compare.do("products")
    expect(compare.page.locator(".step-title")).to_be_in_viewport(ratio=1)
    expect(compare.page.locator(".glance:visible")).to_be_in_viewport(ratio=1)


def test_desk_stays_where_it_is(compare):
    compare.do("products")
    assert compare.page.evaluate("scrollY") == 0


def test_first_view_takes_under_100_kb(page):
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    Compare(page).open()
    sizes = [request.sizes() for request in finished]
    assert len(sizes) > 20
    assert sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes) < 100_000


def sideways(page):
    """Return by how many pixels the page can be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def columns_in_sight(compare):
    return [scheme for scheme in ("session", "jwt") if compare.column(scheme).is_visible()]
