"""Capacity, as somebody uses it: sliders, keys, a phone, and no script at all."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import barriers

PAGE = "/lab/capacity/"


@pytest.fixture
def capacity(page):
    page.goto(PAGE)
    expect(slider(page, "People signed in")).to_be_visible()
    return page


def slider(page, name):
    return page.get_by_role("slider", name=f"{name}: slider")


def figure(page, name):
    """Return the place where a figure stands, of sessions and of tokens."""
    return page.locator(f"[data-figure={name}] strong")


def test_slider_changes_field_sums_and_address(capacity):
    before = figure(capacity, "kept").all_inner_texts()
    slider(capacity, "People signed in").fill("0")
    expect(capacity.get_by_role("spinbutton", name="People signed in")).to_have_value("1000")
    expect(figure(capacity, "kept").first).not_to_have_text(before[0])
    expect(figure(capacity, "kept").last).not_to_have_text(before[1])
    assert "people=1000&" in capacity.url
    capacity.reload()
    expect(capacity.get_by_role("spinbutton", name="People signed in")).to_have_value("1000")


def test_field_moves_its_slider(capacity):
    capacity.get_by_role("spinbutton", name="Access token lifetime").fill("86400")
    expect(slider(capacity, "Access token lifetime")).to_have_attribute("aria-valuetext", "86400 seconds")
    expect(capacity.get_by_text("× 86,400 s ÷").first).to_be_visible()


def test_keyboard_alone_is_enough(capacity):
    slider(capacity, "Requests per visit").focus()
    capacity.keyboard.press("ArrowRight")
    expect(capacity.get_by_role("spinbutton", name="Requests per visit")).to_have_value("12")
    capacity.keyboard.press("End")
    expect(capacity.get_by_text("100 + 1,000 × 300 s").first).to_be_visible()


def test_store_and_kind_of_token_change_the_sums(capacity):
    capacity.get_by_label("Session store").select_option("signed_cookies")
    expect(figure(capacity, "kept").first).to_have_text("0 B")
    capacity.get_by_label("Tokens are").select_option("checked")
    expect(capacity.get_by_role("columnheader", name="Tokens checked")).to_be_visible()


def test_invalid_value_is_reported_at_its_field(capacity):
    before = figure(capacity, "kept").all_inner_texts()
    field = capacity.get_by_role("spinbutton", name="People signed in")
    field.fill("1")
    expect(capacity.locator("#people_error")).to_contain_text("1000")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert figure(capacity, "kept").all_inner_texts() == before
    assert barriers(capacity) == []
    field.fill("2000")
    expect(capacity.locator("#people_error")).to_be_hidden()
    expect(figure(capacity, "kept").first).not_to_have_text(before[0])


@pytest.mark.parametrize("key", ["", "p"])
def test_no_axe_violations(capacity, key):
    capacity.keyboard.type(key)
    assert barriers(capacity) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1920])
def test_no_horizontal_overflow(new_page, width):
    page = new_page(viewport={"width": width, "height": 844})
    page.goto(f"{PAGE}?people=10000000&requests=100000&sign_ins=10&stays=30")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_works_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(PAGE)
    people = page.get_by_role("spinbutton", name="People signed in")
    people.fill("5000")
    page.get_by_role("button", name="Compute").click()
    assert "5,000 people × 2" in page.locator("main").inner_text()
    people.fill("1")
    page.get_by_role("button", name="Compute").click()
    assert "greater than or equal to 1000" in page.locator("#people_error").inner_text()
