"""The list of checks says of each token what the API says of it."""

import random
import re
import time

import pytest

from accounts import keys, tokens
from project.lab.inspector import checks
from tests.accounts import test_tokens as cases
from tests.accounts.test_tokens import decode, encode, signed
from tests.clients import client_of
from tests.lab.inspector.asking import ask, failing, results

NOW = int(time.time())
TWICE = b'{"alg":"none","alg":"none"}'


def with_claims(**claims):
    """Return what makes a token, properly signed, with some claims changed."""
    return lambda h, p, s: signed(decode(h), decode(p) | claims)


def with_header(**members):
    return lambda h, p, s: signed(decode(h) | members, decode(p))


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
def test_failing_check_is_named(shopper, how):
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


def test_valid_token_passes_all_checks(shopper):
    answer = ask({"token": shopper.access}).json()
    assert {check["result"] for check in answer["checks"]} == {"pass"}
    assert (answer["result"], answer["verdict"]) == ("pass", f"Valid: all {len(checks.GOOD_FOR)} checks pass.")


def test_checks_are_listed_in_order(shopper):
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
def test_list_knows_the_other_algorithms(settings, new_user, algorithm):
    settings.JWT_ALGORITHM = algorithm
    client = client_of("jwt")
    client.log_in(new_user())
    header, claims, _ = client.access.split(".")
    assert failing(client.access) == []
    assert failing(signed(decode(header) | {"alg": "HS256"}, decode(claims), keys.keyring().signing())) == ["alg"]
