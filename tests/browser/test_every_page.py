"""What holds for every page: it logs no error, asks no other host for anything, and can be used by all."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve

import accounts.urls
import shop.urls
from project.lab import urls as lab
from tests.browser.pages import Experiments

FOR_ALL = [
    "/",
    "/lab/",
    "/lab/inspector/",
    "/lab/experiments/",
    "/lab/experiments/logout/",
    "/lab/lessons/",
    "/lab/capacity/",
]
FOR_STRANGERS = [*FOR_ALL, "/accounts/signup/", "/accounts/login/", "/there-is-no-such-page/"]
FOR_CUSTOMERS = [
    *FOR_ALL,
    *("/cart/", "/orders/", "/accounts/password/", "/accounts/security/", "/accounts/delegate/"),
    "/accounts/delegate/?label=Recipe+app&scope=cart:read+orders:read&expires_in=3600",
]
PAGES = [*(("stranger", path) for path in FOR_STRANGERS), *(("customer", path) for path in FOR_CUSTOMERS)]
WITHOUT_A_PAGE = {  # all but the last take a POST, and lead to one of these pages
    *("add-item", "change-item", "empty-cart", "check-out"),
    *("logout", "end-sign-in", "end-other-sign-ins", "inspector-check"),
    "experiment-run",  # its address is that of a run: see below
}


@pytest.fixture
def visit(new_page, customer):
    """Return a function that opens a page as a stranger or as a customer."""

    def visit(visitor, path):
        page = new_page(storage_state=customer if visitor == "customer" else None)
        page.goto(path)
        return page

    return visit


def test_no_page_is_forgotten():
    named = {route.name for route in [*shop.urls.html, *accounts.urls.html, *lab.urlpatterns]}
    visited = {resolve(path.partition("?")[0]).url_name for _, path in PAGES if "no-such" not in path}
    assert named - visited == WITHOUT_A_PAGE


@pytest.mark.parametrize(("visitor", "path"), PAGES)
def test_no_console_errors_and_no_axe_violations(visit, visitor, path, troubles):
    page = visit(visitor, path)
    assert barriers(page) == []
    assert troubles == []


# Barriers are not looked for: the markup is Swagger UI's own, as its package brings it.
def test_api_pages_are_quiet(visit, troubles):
    page = visit("stranger", "/api/docs/")
    page.locator(".opblock").first.click()
    page.locator(".opblock-body").wait_for()
    assert troubles == []


@pytest.mark.parametrize("key", ["", "p"])
def test_no_axe_violations_once_compare_shows_a_step(compare, key):
    compare.log_in("alice")
    compare.do("price")
    compare.page.keyboard.type(key)
    assert barriers(compare.page) == []


@pytest.mark.parametrize("key", ["", "p"])
def test_no_axe_violations_once_a_token_is_shown(inspector, key):
    inspector.fetch_token_of("alice")
    inspector.press("Be a manager")
    inspector.page.keyboard.type(key)
    assert barriers(inspector.page) == []


@pytest.mark.parametrize("key", ["", "p"])
def test_no_axe_violations_on_a_run(page, key, troubles):
    experiments = Experiments(page).open("logout")
    experiments.press("Skip predictions")
    experiments.done().exchange("POST /api/jwt/login/").click()
    page.get_by_text("Lines to paste").click()
    page.keyboard.type(key)
    assert barriers(page) == []
    assert troubles == []


def barriers(page):
    """Return what axe finds that keeps somebody from using the page. In dark colours only the colours are new."""
    page.evaluate(AXE_SCRIPT)
    in_light = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    page.emulate_media(color_scheme="dark")
    in_dark = page.evaluate("axe.run({resultTypes: ['violations'], runOnly: ['color-contrast']})")["violations"]
    serious = [one for one in in_light + in_dark if one["impact"] in ("serious", "critical")]
    return [f"{one['help']}: {node['failureSummary']} {node['html']}" for one in serious for node in one["nodes"]]
