"""The experiments in a browser: predict, run, observe; with a mouse, with keys alone, without scripts, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Experiments

LOGOUT = {27: "depends", 28: "holds", 29: "depends", 30: "depends"}  # what its run finds


@pytest.fixture
def experiments(page):
    return Experiments(page)


@pytest.fixture
def finished(experiments):
    """A run of `logout`, with one wrong prediction."""
    experiments.open("logout").predict({**LOGOUT, 29: "holds"})
    return experiments.run()


def test_predict_run_and_see_the_finding(experiments):
    experiments.open()
    experiments.follow("Logout")
    experiments.predict({**LOGOUT, 29: "holds"}, why="nobody else has it")
    experiments.run()
    assert experiments.findings() == LOGOUT
    assert experiments.said() == ["✓ as you said", "✓ as you said", "✗ you said true", "✓ as you said"]
    assert "3 right, 1 wrong" in experiments.main()
    assert experiments.main().count("You gave as a reason: nobody else has it") == 4


def test_another_experiment_with_keys_alone(experiments):
    experiments.open("status_codes")
    for number, presses in ((39, ["ArrowDown", "ArrowDown"]), (40, ["Space"]), (41, ["Space"])):
        radios = experiments.tab_to(f"[name=said-{number}]")
        for key in presses:
            radios.press(key)
        experiments.tab_to(f"[name=why-{number}]").type("a guess")
    experiments.tab_to(".predict button:not([name])").press("Enter")
    experiments.done()
    assert experiments.findings() == {39: "fails", 40: "holds", 41: "holds"}
    assert experiments.said() == ["✓ as you said"] * 3


def test_browser_asks_for_a_prediction(experiments):
    experiments.open("logout").press("Run it")
    assert experiments.page.locator("[name=said-27]").first.evaluate("(field) => field.matches(':invalid')")
    expect(experiments.page).to_have_url(re.compile("/lab/experiments/logout/$"))


def test_it_can_be_run_without_predicting(experiments):
    experiments.open("logout").press("Skip predictions")
    experiments.done()
    assert experiments.findings() == LOGOUT
    assert experiments.said() == []


def test_without_javascript_it_is_all_there(new_page):
    experiments = Experiments(new_page(java_script_enabled=False))
    experiments.open("logout").predict(LOGOUT)
    experiments.run()
    assert experiments.findings() == LOGOUT
    experiments.exchange("POST /api/session-db/logout/").click()
    assert "Set-Cookie" in experiments.main()
    assert not experiments.page.locator("[data-projector]").is_visible()


def test_exchange_opens_to_its_headers(finished):
    assert "Signatures checked" not in finished.main()
    finished.exchange("POST /api/jwt/logout/").click()
    assert re.search(r"Signatures checked\s*1\b", finished.main())
    assert re.search(r"Authorization\s*Bearer ey", finished.main())


def test_both_schemes_stand_side_by_side(finished):
    cookie, token = (finished.exchange(f"POST /api/{name}/logout/").bounding_box() for name in ("session-db", "jwt"))
    assert cookie["x"] + cookie["width"] < token["x"]


def test_one_leads_to_the_next(finished):
    finished.follow("Revocation →")
    finished.follow("← Logout")
    finished.follow("What was found in your latest run")
    assert finished.done().findings() == LOGOUT


# Room -----------------------------------------------------------------------------------------------------------


def test_no_horizontal_overflow_on_a_phone(new_page):
    experiments = Experiments(new_page(viewport={"width": 390, "height": 844}))
    for name in (None, "tampering"):
        experiments.open(name)
        assert experiments.overflow() == 0
    experiments.press("Skip predictions")
    experiments.done()
    experiments.exchange("POST /api/jwt/login/").click()
    assert experiments.overflow() == 0
    wide = "[...document.querySelectorAll('.finding td')].filter((cell) => cell.getBoundingClientRect().right > 390)"
    assert experiments.page.evaluate(wide) == []


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_no_horizontal_overflow(finished, width):
    finished.page.set_viewport_size({"width": width, "height": 800})
    assert finished.overflow() == 0


def test_key_p_enlarges_it_for_a_room(finished):
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = finished.page.evaluate(size)
    finished.press_key("p")
    assert finished.page.evaluate(size) > before
    finished.open()
    assert "projector" in finished.page.locator("html").get_attribute("class")


def test_p_among_the_reasons_is_a_letter(experiments):
    experiments.open("logout").page.locator("[name=why-27]").press("p")
    assert "projector" not in (experiments.page.locator("html").get_attribute("class") or "")


# Paper ----------------------------------------------------------------------------------------------------------


def test_on_paper_there_is_only_what_was_found(finished):
    finished.page.emulate_media(media="print")
    for gone in (".site-header", ".lab-pages", ".neighbours", ".site-footer"):
        expect(finished.page.locator(gone)).to_be_hidden()
    assert finished.findings() == LOGOUT
    for kept in ("What happened", "What was found", "def sign_out(self, request, response", "The same in curl"):
        assert kept in finished.main()


def test_curl_lines_and_opened_exchanges_are_printed(finished):
    opened = finished.exchange("POST /api/jwt/logout/")
    opened.click()
    finished.page.emulate_media(media="print")
    expect(finished.page.get_by_text("SHOP=http")).to_be_visible()
    assert opened.locator("..").inner_text().count("Signatures checked") == 1
    assert finished.main().count("Signatures checked") == 1


@pytest.mark.parametrize("projected", [False, True])
def test_it_can_be_printed(finished, projected):
    if projected:
        finished.press_key("p")
    pages = re.findall(rb"/Type\s*/Page\b", finished.page.pdf(format="A4"))
    assert 2 <= len(pages) <= 8
