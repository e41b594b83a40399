"""The inspectors: tokens taken apart and forged, and text that would like to be more than text."""

import json
from base64 import urlsafe_b64encode

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Compare, Inspector

HOSTILE = """<img src="/owned" onerror="document.title = 'owned'"><script>document.title = 'owned'</script>"""


def test_pasted_token_is_checked_and_accepted(inspector):
    inspector.fetch_token_of("alice")
    token = inspector.token.input_value()
    inspector.open().token.fill(token)
    expect(inspector.verdict).to_have_text("Valid: all 21 checks pass.")
    inspector.press("Send it to")
    expect(inspector.answer).to_contain_text('"username":"alice"')


def test_edited_claim_breaks_the_signature(inspector):
    inspector.fetch_token_of("alice")
    inspector.claims.fill(inspector.claims.input_value().replace("customer", "manager"))
    expect(inspector.verdict).to_contain_text("Refused at check 8 of 21, signature")
    inspector.press("Send it to")
    expect(inspector.answer).to_contain_text("401 Unauthorized")


@pytest.mark.parametrize(
    ("trick", "check"),
    [("Be a manager", "signature"), ("Live a day", "signature"), ("alg: none", "alg"), ("No signature", "three parts")],
)
def test_no_trick_gets_past_the_server(inspector, trick, check):
    inspector.fetch_token_of("alice")
    inspector.press(trick)
    expect(inspector.page.locator("[data-result=fail][data-check]")).to_have_attribute("data-check", check)
    inspector.press("Send it to")
    expect(inspector.answer).to_contain_text("401 Unauthorized")


@pytest.mark.parametrize("javascript", [True, False])
def test_hostile_token_is_shown_as_text(new_page, javascript):
    inspector = Inspector(new_page(java_script_enabled=javascript)).open()
    inspector.token.fill(hostile_token())
    if not javascript:
        inspector.press("Check it")
    expect(inspector.verdict).to_contain_text("Refused at check")
    assert inspector.page.locator("main :is(img, script)").count() == 0
    assert inspector.page.title().startswith("Inspector")


def test_claims_of_a_hostile_token_can_be_read(inspector):
    inspector.token.fill(hostile_token())
    assert json.loads(inspector.claims.input_value())["name"] == HOSTILE


@pytest.mark.parametrize("path", ["/lab/", "/lab/inspector/", "/accounts/security/"])
def test_hostile_user_agent_is_shown_as_text(new_page, path):
    page = new_page(user_agent=HOSTILE)
    Compare(page).open().log_in("bob")
    page.goto(path)
    expect(page.locator("main").get_by_text("<img src=").first).to_be_visible()
    assert page.locator("main :is(img, script)").count() == 0


def test_it_shows_the_session_of_the_visitor(page):
    Compare(page).open().log_in("alice", "session")
    Inspector(page).open()
    secrets = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    assert secrets[0][:4] in page.locator("#session").inner_text()
    assert secrets[0] not in page.content()


def hostile_token():
    header = {"typ": "at+jwt", "alg": "HS256", "kid": HOSTILE}
    parts = [json.dumps(part).encode() for part in (header, {"name": HOSTILE, "role": HOSTILE})]
    return ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in [*parts, HOSTILE.encode()])
