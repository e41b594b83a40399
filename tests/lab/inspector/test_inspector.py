"""The inspectors: the list of checks says what the API does; the session shown is one's own; nothing breaks them."""

import json
import logging
import random
import re
import time

import pytest
from django.test import Client

from accounts import keys, tokens
from accounts.models import Session
from project.lab.inspector import checks, own_session
from tests.accounts import test_tokens as cases
from tests.accounts.test_tokens import decode, encode, signed
from tests.browser_without_javascript import Browser, text
from tests.clients import client_of

PAGE = "/lab/inspector/"
CHECK = "/lab/inspector/check/"
NOW = int(time.time())
TWICE = b'{"alg":"none","alg":"none"}'


@pytest.fixture
def shopper(new_user):
    client = client_of("jwt")
    client.log_in(new_user())
    return client


@pytest.fixture
def browser(new_user):
    """Somebody who has logged in on the HTML pages."""
    browser = Browser()
    browser.log_in(new_user())
    return browser


def ask(body, **headers):
    """Send a body to the endpoint as the page's script does: with the CSRF cookie and its token."""
    client = Client(enforce_csrf_checks=True)
    client.get(PAGE)
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value} | headers
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(CHECK, data, content_type="application/json", headers=headers)


def results(token):
    return {check["name"]: check["result"] for check in ask({"token": token}).json()["checks"]}


def failing(token):
    """Return the names of the failing checks, none where all pass."""
    return [name for name, result in results(token).items() if result == "fail"]


def with_claims(**claims):
    """Return what makes a token, properly signed, with some claims changed."""
    return lambda h, p, s: signed(decode(h), decode(p) | claims)


def with_header(**members):
    return lambda h, p, s: signed(decode(h) | members, decode(p))


# The checks ------------------------------------------------------------------------------------------------------

BROKEN = {  # how -> the check that finds it, and what makes such a token
    "5000 characters": ("length", lambda h, p, s: f"{h}.{p}.{'A' * 5000}"),
    "two parts": ("three parts", lambda h, p, s: f"{h}.{p}"),
    "no signature": ("three parts", lambda h, p, s: f"{h}.{p}."),
    "a null byte": ("three parts", lambda h, p, s: f"{h}.{p}\x00.{s}"),
    "half a character": ("three parts", lambda h, p, s: f"{h}.{p}\ud800.{s}"),
    "a header that is not base64": ("header", lambda h, p, s: f"A.{p}.{s}"),
    "a header that is a list": ("header", lambda h, p, s: f"{encode([])}.{p}.{s}"),
    "alg twice": ("header", lambda h, p, s: f"{encode(TWICE)}.{p}.{s}"),
    "a bomb of brackets": ("header", lambda h, p, s: f"{encode(b'[' * 2000)}.{p}.{s}"),
    "jku": ("its members", with_header(jku="http://127.0.0.1:9/keys.json")),
    "no typ": ("its members", lambda h, p, s: signed({"alg": "HS256", "kid": decode(h)["kid"]}, decode(p))),
    "another typ": ("typ", with_header(typ="JWT")),
    "an unknown kid": ("kid", with_header(kid="00000000")),
    "alg none": ("alg", with_header(alg="none")),
    "another role": ("signature", lambda h, p, s: f"{h}.{encode(decode(p) | {'role': 'manager'})}.{s}"),
    "a signature that is not base64": ("signature", lambda h, p, s: f"{h}.{p}.{s[:-4]}"),
    "a payload that is a text": ("payload", lambda h, p, s: signed(decode(h), "ada")),
    "a claim twice": ("payload", lambda h, p, s: signed(decode(h), b'{"sub":"1","sub":"2"}')),
    "another issuer": ("iss", with_claims(iss="elsewhere")),
    "another audience": ("aud", with_claims(aud="other-api")),
    "sub a number": ("sub", with_claims(sub=1)),
    "made in the future": ("iat", with_claims(iat=NOW + 3600)),
    "an end that is a text": ("exp", with_claims(exp="tomorrow")),
    "a jti with a tag": ("jti", with_claims(jti="<script>")),
    "no sid": ("sid", with_claims(sid=None)),
    "a name with a blank": ("name", with_claims(name="a b")),
    "an unknown role": ("role", with_claims(role="admin")),
    "an unknown right": ("scope", with_claims(scope="everything")),
    "expired": ("not expired", with_claims(exp=NOW - 90)),
    "expired for ever": ("not expired", with_claims(exp=-(10**400))),
    "too early": ("not before", with_claims(nbf=NOW + 3600)),
}


@pytest.mark.parametrize("how", BROKEN)
def test_the_failing_check_is_named(shopper, how):
    name, broken = BROKEN[how]
    told = ask({"token": broken(*shopper.access.split("."))}).json()["checks"]
    place = list(checks.GOOD_FOR).index(name)
    assert [check["result"] for check in told] == [
        *["pass"] * place,
        "fail",
        *["not reached"] * (len(told) - place - 1),
    ]
    assert [bool(check["reason"]) for check in told] == [at == place for at in range(len(told))]


def test_each_check_can_fail():
    assert {name for name, _ in BROKEN.values()} == set(checks.GOOD_FOR)


def test_a_valid_token_passes_all_checks(shopper):
    answer = ask({"token": shopper.access}).json()
    assert {check["result"] for check in answer["checks"]} == {"pass"}
    assert (answer["result"], answer["verdict"]) == ("pass", f"Valid: all {len(checks.GOOD_FOR)} checks pass.")


def test_the_checks_are_listed_in_order(shopper):
    assert tuple(checks.GOOD_FOR) == tokens.CHECKS


def test_it_says_how_long_ago_a_token_expired(shopper):
    expired = with_claims(exp=int(time.time()) - 90)(*shopper.access.split("."))
    assert re.search(r"not expired: expired 9\d s ago", ask({"token": expired}).json()["verdict"])


def test_without_a_token_no_check_is_reached(db):
    answer = ask({"token": "  "}).json()
    assert {check["result"] for check in answer["checks"]} == {"not reached"}
    assert answer["verdict"] == "There is no token yet."


def agrees(shopper, token):
    """Say whether the inspector and the API are of one opinion about a token; no API has heard of one it cannot get."""
    status = shopper.get("me/", Authorization=f"Bearer {token}").status_code
    assert status in (200, 401)
    return (set(results(token).values()) == {"pass"}) == (status == 200)


def test_it_agrees_with_the_api_on_mutations(shopper):
    chance = random.Random(9068)  # noqa: S311 - the same mutations each time
    alphabet = "ABCXYZabcxyz0189-_.=+/ "
    for _ in range(300):
        letters = list(shopper.access)
        for _ in range(chance.choice([0, 1, 1, 2])):
            letters[chance.randrange(len(letters))] = chance.choice(alphabet)
        del letters[len(letters) - chance.choice([0, 0, 0, 1, 4]) :]
        token = "".join(letters)
        assert agrees(shopper, token), token


def test_it_agrees_with_the_api_on_all_cases(shopper):
    parts = header, claims, _ = shopper.access.split(".")
    tokens_ = [make(*parts) for make in cases.TEXTS.values() if make(*parts).isprintable() and make(*parts).isascii()]
    tokens_ += [signed(decode(header) | members, decode(claims)) for members in cases.HEADERS.values()]
    tokens_ += [signed(decode(header), decode(claims) | {name: value}) for name, value in cases.CLAIM_CASES]
    tokens_ += [f"  {shopper.access} ", f"\t{shopper.access}"]
    for token in tokens_:
        assert agrees(shopper, token) or token == "", token  # an empty one is "no token yet"


@pytest.mark.parametrize("algorithm", ["RS256", "Ed25519"])
def test_the_list_knows_the_other_algorithms(settings, new_user, algorithm):
    settings.JWT_ALGORITHM = algorithm
    client = client_of("jwt")
    client.log_in(new_user())
    header, claims, _ = client.access.split(".")
    assert failing(client.access) == []
    assert failing(signed(decode(header) | {"alg": "HS256"}, decode(claims), keys.keyring().signing())) == ["alg"]


# What it is sent -------------------------------------------------------------------------------------------------


BODIES = ["", "{", "[]", "null", "1", '"token"', "{}", '{"token": 1}', '{"token": null}', '{"token": ["x"]}', "\x00"]
BODIES += ["[" * 60000, '{"token":' * 6000, "9" * 60000, b"\xff\xfe", '{"token": NaN}']


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_without_a_token_is_refused(db, body):
    response = ask(body)
    assert response.status_code == 400
    assert response.json() == {"detail": 'Send JSON: {"token": "…"}.', "code": "invalid"}


@pytest.mark.parametrize("token", ["\x00", "\ud800.\udfff.\x00", "\u202e", "😀" * 3000, "." * 4096, "A" * 4097])
def test_odd_text_fails_a_check_and_nothing_else(db, token):
    assert failing(token) in (["three parts"], ["length"])


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", [PAGE, CHECK])
def test_a_megabyte_is_too_much(db, path, kind):
    client = Client()
    response = client.post(path, "token=" + "A" * 1_000_000, content_type=kind)
    assert response.status_code in ({CHECK: (413,), PAGE: (200, 413)}[path])


def test_a_check_needs_the_csrf_token(db):
    assert ask({"token": "x"}, **{"X-CSRFToken": "wrong"}).status_code == 403


def test_only_posts_are_checked(client):
    assert client.get(CHECK).status_code == 405


def test_nothing_is_logged(shopper, caplog, capfd):
    caplog.set_level(logging.DEBUG, "accounts")
    header, claims, _ = shopper.access.split(".")
    caplog.clear()
    for token in (shopper.access, f"{header}.{claims}.AAAA", "x"):
        ask({"token": token})
    assert caplog.messages == []
    assert capfd.readouterr() == ("", "")


def test_the_answer_never_repeats_the_token(shopper):
    assert shopper.access.split(".")[2] not in ask({"token": shopper.access}).content.decode()


# The page --------------------------------------------------------------------------------------------------------


def test_the_page_works_without_javascript(shopper):
    page = text(Browser().post(PAGE, page=PAGE, token=shopper.access + "A"))
    assert "Refused at check 8 of 21, signature: the signature does not match." in page
    assert page.count('data-result="not reached"') == 13


def test_hostile_text_comes_back_as_text(db):
    hostile = "</textarea><script>alert(1)</script>\"'<img src=x onerror=alert(1)>"
    page = text(Browser().post(PAGE, page=PAGE, token=hostile))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in page


def test_the_page_keeps_to_the_policy(client, db):
    response = client.get(PAGE)
    page = response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_the_scripts_write_text_and_nothing_else(settings):
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


# The session -----------------------------------------------------------------------------------------------------


def test_your_own_row_is_shown_decoded(browser):
    page = text(browser.get(PAGE))
    row = Session.objects.get()
    for column in row._meta.concrete_fields:
        assert f"<code>{column.name}</code>" in page
    for shown in (str(row.sign_in), "_auth_user_id", "_auth_user_backend", f"{row.expire_date:%Y-%m-%d %H:%M:%S} UTC"):
        assert shown in page


def test_no_secret_is_on_the_page(browser):
    page = text(browser.get(PAGE))
    row = Session.objects.get()
    for secret in (row.session_key, row.session_key[:8], row.session_data, browser.http.cookies["csrftoken"].value):
        assert secret not in page
    for part in row.session_data.split(":"):
        assert part[:8] not in page or len(part) < 8
    assert row.get_decoded()["_auth_user_hash"] not in page


def test_nothing_of_another_user_is_shown(browser, new_user):
    other = Browser()
    other.log_in(new_user("grace"))
    theirs = Session.objects.get(user__username="grace")
    page = text(browser.get(PAGE))
    assert str(Session.objects.get(user__username="ada").sign_in) in page
    for fact in ("grace", str(theirs.sign_in), theirs.session_key[:4] + "…"):
        assert fact not in page


def test_another_session_of_the_user_is_not_shown(browser, new_user):
    here = text(browser.get(PAGE))
    elsewhere = Browser()
    elsewhere.post("/accounts/login/", username="ada", password="correct-horse-battery")
    ids = {str(row.sign_in) for row in Session.objects.all()}
    assert len(ids) == 2
    assert sum(sign_in in here for sign_in in ids) == sum(sign_in in text(elsewhere.get(PAGE)) for sign_in in ids) == 1


def test_anonymous_sees_no_row_but_the_way_in(browser):
    page = text(Browser().get(PAGE))
    assert 'href="/accounts/login/?next=/lab/inspector/"' in page
    assert "session_key" not in page
    assert "_auth_user" not in page


def test_a_made_up_session_id_shows_nothing(db):
    client = Client()
    client.cookies["sessionid"] = "z" * 32
    page = text(client.get(PAGE))
    assert "zzzz" not in page
    assert "session_key" not in page


def test_a_hostile_label_is_shown_as_text(new_user):
    browser = Browser()
    browser.http = Client(enforce_csrf_checks=True, headers={"User-Agent": "<img src=x onerror=alert(1)>\u202eevil"})
    browser.log_in(new_user())
    page = text(browser.get(PAGE))
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_signs_that_cannot_be_seen_are_written_out():
    assert own_session.visible("a\u202eb\x00c\ud800d\né") == r"a\u202eb\x00c\ud800d" + "\né"


@pytest.mark.parametrize(
    ("store", "said"), [("cache", "in the cache"), ("file", "in a file"), ("signed_cookies", "in your cookie itself")]
)
def test_a_store_without_rows_is_said_to_have_none(settings, tmp_path, new_user, store, said):
    settings.SESSION_ENGINE, settings.SESSION_FILE_PATH = settings.SESSION_STORES[store], tmp_path
    browser = Browser()
    browser.log_in(new_user())
    page = text(browser.get(PAGE))
    assert f"This server keeps sessions {said}" in page
    assert "_auth_user_backend" in page
    assert "session_key" not in page
    assert browser.http.cookies["sessionid"].value not in page


def test_the_store_with_a_cache_has_rows_too(settings, new_user):
    settings.SESSION_ENGINE = settings.SESSION_STORES["cached_db"]
    browser = Browser()
    browser.log_in(new_user())
    assert "session_data" in text(browser.get(PAGE))


def test_a_cached_session_without_a_row_is_shown(settings, new_user):
    settings.SESSION_ENGINE = settings.SESSION_STORES["cached_db"]
    browser = Browser()
    browser.log_in(new_user())
    Session.objects.all().delete()
    assert "yours has just been deleted" in text(browser.get(PAGE))
