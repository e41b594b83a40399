"""The Compare page with other schemes than those at first: each pair does all steps, and tells what is so."""

import subprocess

import pytest
from playwright.sync_api import expect

from accounts.schemes import schemes

ALICE, NOBODY = "alice, customer", "nobody"
CHECKED = next(scheme.name for scheme in schemes() if scheme.refreshes and scheme.ends_at_once)
PAIRS = [("jwt-cookie", "opaque"), ("simplejwt", CHECKED), ("session-db", "jwt-cookie")]
STEPS = ["who", "add", "change", "cart", "refresh", "orders", "twice"]


@pytest.fixture
def log_in(compare):
    """Return a function that opens the page for two schemes and logs alice in under both."""

    def log_in(*pair):
        compare.open(*pair).log_in("alice")
        return compare

    return log_in


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_any_two_schemes_do_all_steps(log_in, pair):
    compare = log_in(*pair)
    assert compare.who() == (ALICE, ALICE)
    for step in STEPS:
        compare.do(step)
        assert [compare.status(scheme) for scheme in pair if compare.status(scheme) not in (200, 201)] == []
    compare.do("logout")
    assert compare.who() == (NOBODY, NOBODY)
    compare.do("cart")
    assert [compare.status(scheme) for scheme in pair] == [401, 401]


@pytest.mark.parametrize("pair", PAIRS[:2], ids="-".join)
def test_no_secret_of_any_scheme_is_in_the_dom(log_in, pair):
    compare = log_in(*pair)
    compare.do("refresh")
    secrets = compare.secrets()
    assert len(secrets) > 2
    assert [secret for secret in secrets if secret in compare.page.content()] == []


@pytest.mark.parametrize("scheme", ["jwt-cookie", "opaque", "simplejwt"])
@pytest.mark.parametrize("step", ["add", "refresh"])
def test_copied_curl_works_for_any_scheme(log_in, scheme, step, tmp_path):
    compare = log_in(scheme, "jwt")
    compare.do(step)
    line = compare.copied_from(scheme)
    ran = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert f"HTTP/1.1 {compare.status(scheme)} " in ran.stdout


def test_jwt_in_a_cookie_is_refreshed_by_a_cookie(log_in):
    compare = log_in("jwt-cookie", "session")
    compare.page.get_by_role("button", name="Treat it as expired").click()
    with compare.requests() as requests:
        compare.do("twice", "jwt-cookie")
    routes = sorted(request.url.partition("/api/jwt-cookie/")[2] for request in requests if "jwt-cookie" in request.url)
    assert routes == ["cart/", "orders/", "refresh/", "sign-ins/"]
    [refresh] = [request for request in requests if request.url.endswith("refresh/")]
    assert "refresh=" in refresh.all_headers()["cookie"]
    assert compare.status("jwt-cookie") == 200


def test_reload_leaves_a_jwt_in_a_cookie_logged_in(log_in):
    compare = log_in("jwt-cookie", "opaque")
    compare.reload()
    assert compare.who() == (ALICE, NOBODY)


def test_refused_jwt_in_a_cookie_is_renewed(log_in):
    compare = log_in("jwt-cookie", "opaque")
    [cookie] = [one for one in compare.page.context.cookies() if one["name"] == "access"]
    compare.page.context.add_cookies([cookie | {"value": f"{cookie['value'][:-8]}AAAAAAAA"}])
    compare.reload()
    assert compare.who() == (ALICE, NOBODY)
    assert [step.partition(" ")[2].partition(":")[0] for step in compare.steps()[:2]] == [
        "Refused",
        "Refresh, as the token was refused\n200\n–",
    ]


def test_lost_csrf_token_is_fetched_again(log_in):
    compare = log_in("jwt-cookie", "jwt")
    compare.page.get_by_role("button", name="Lose the csrftoken").click()
    compare.do("add", "jwt-cookie")
    assert compare.status("jwt-cookie") == 201
    assert any("Get a CSRF token" in step for step in compare.steps()[-2:])


def test_opaque_token_has_nothing_to_refresh(log_in):
    compare = log_in("opaque", "simplejwt")
    assert "Treat it as expired" not in compare.part("opaque", "held")
    assert "refresh token" not in compare.part("opaque", "held")
    compare.do("refresh", "opaque")
    assert "GET /api/opaque/me/" in compare.part("opaque", "request")
    assert "No refresh: Who am I?" in compare.steps()[-1]


def test_page_says_that_both_add_to_one_cart(log_in):
    compare = log_in("opaque", "jwt-cookie")
    compare.do("add")
    assert compare.page.locator(".step-says").inner_text().startswith("It is the same cart. Differs: ")
    compare.do("refresh")
    assert "Refresh; without one: Who am I?" in compare.steps()[-1]


def test_page_says_what_logging_out_ends(log_in):
    compare = log_in("opaque", "simplejwt")
    compare.do("logout")
    assert "is refused at its next request" in compare.part("opaque", "held")
    assert "still works" in compare.part("simplejwt", "held")


def test_two_selects_choose_the_schemes(compare):
    compare.page.get_by_label("Scheme on the left").select_option("opaque")
    compare.page.get_by_label("Scheme on the right").select_option("jwt-cookie")
    compare.page.get_by_role("button", name="Show", exact=True).click()
    compare.settled()
    expect(compare.page).to_have_url("/lab/?left=opaque&right=jwt-cookie")
    assert compare.column("opaque").is_visible()
    assert compare.column("jwt-cookie").is_visible()
