"""The keyring: one file, one signing key, any number that verify."""

import json
import os
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from accounts import keys
from accounts.schemes import scheme_named
from tests.at_once import at_once

SECRET = "A" * 43  # 32 bytes
HMAC = {"kty": "oct", "kid": "one", "alg": "HS256", "k": SECRET}


def run(*args):
    """Run `manage.py keys` and return its lines."""
    out = StringIO()
    call_command("keys", *args, stdout=out)
    return out.getvalue().splitlines()


def write(*jwks):
    keys.key_file().write_text(json.dumps({"keys": jwks}))


@pytest.fixture
def scheme():
    return scheme_named("jwt")


def test_first_start_makes_a_private_file():
    assert len(keys.keyring().by_kid) == 1
    assert keys.key_file().stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_parallel_starts_make_one_key():
    rings = at_once(*[lambda: json.loads(keys.update(keys.key_file(), keys.with_signing_key))] * 20)
    assert len({ring["keys"][0]["kid"] for ring in rings}) == 1
    assert all(len(ring["keys"]) == 1 for ring in rings)


@pytest.mark.parametrize(
    ("jwk", "because"),
    [
        (HMAC | {"k": "A" * 42}, "256 bits"),
        (HMAC | {"kty": "RSA"}, "needs a key of type oct"),
        (HMAC | {"alg": "RS256"}, "needs a key of type RSA"),
        (HMAC | {"alg": "none"}, "unknown algorithm 'none'"),
        (HMAC | {"alg": "HS512"}, "unknown algorithm 'HS512'"),
        (HMAC | {"alg": ["HS256"]}, "unknown algorithm"),
        (HMAC | {"kid": ""}, "kid"),
        (HMAC | {"kid": 1}, "kid"),
        ({"kty": "oct", "alg": "HS256", "k": SECRET}, "'kid' is missing"),
        ({"kty": "oct", "kid": "one", "alg": "HS256"}, "after 0 good keys, 'k' is missing"),
        ({"kty": "RSA", "kid": "one", "alg": "RS256", "n": "AQAB", "e": "AQAB"}, "after 0 good keys, e must be"),
        ({"kty": "OKP", "kid": "one", "alg": "EdDSA", "crv": "Ed448", "x": "A" * 76}, "Ed25519"),
        ({"kty": "OKP", "kid": "one", "alg": "EdDSA", "crv": "Ed25519", "x": "AAAA"}, "after 0 good keys, Invalid key"),
        ("one", "keys.json"),
    ],
)
def test_invalid_key_is_explained(db, jwk, because):
    write(jwk)
    with pytest.raises(ImproperlyConfigured, match=because):
        keys.keyring()
    assert [error.id for error in run_checks()] == ["accounts.E001"]


@pytest.mark.parametrize("text", ["", " ", "{", "[]", "null", '{"keys": []}', '{"keys": {}}', '{"keys": [1]}', "\x00"])
def test_invalid_file_is_refused(text):
    keys.key_file().write_text(text or "\n")
    with pytest.raises(ImproperlyConfigured, match=r"keys\.json cannot be used"):
        keys.keyring()
    assert keys.key_file().read_text() == (text or "\n")


def test_duplicate_kid_is_refused():
    write(HMAC, HMAC)
    with pytest.raises(ImproperlyConfigured, match="same kid"):
        keys.keyring()


def test_small_rsa_key_is_refused():
    from cryptography.hazmat.primitives.asymmetric import rsa

    small = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
    write(keys.ALGORITHMS["RS256"][2].to_jwk(small, as_dict=True) | {"kid": "one", "alg": "RS256"})
    with pytest.raises(ImproperlyConfigured, match="2048 bits"):
        keys.keyring()


def test_bad_file_keeps_the_old_keys(shopper, caplog):
    keys.key_file().write_text("{")
    assert shopper.get("me/").status_code == 200
    assert "cannot be used" in caplog.text


def test_key_change_keeps_tokens_valid(shopper):
    """Make, promote, retire: at each step the tokens that are out there work, and so do new ones."""
    [old] = run("list")
    old_kid, old_access = old.split()[0], shopper.access
    new_kid = run("make")[-1].split()[0]
    assert shopper.log_in(shopper.user).status_code == 200
    assert f'"kid":"{old_kid}"' in header(shopper.access)
    assert "signs" in run("promote", new_kid)[0]
    shopper.log_in(shopper.user)
    assert f'"kid":"{new_kid}"' in header(shopper.access)
    assert shopper.get("me/", Authorization=f"Bearer {old_access}").status_code == 200
    assert [line.split()[0] for line in run("retire", old_kid)] == [new_kid]
    assert shopper.get("me/").status_code == 200
    assert shopper.get("me/", Authorization=f"Bearer {old_access}").status_code == 401


def header(token):
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(token.split(".")[0] + "==").decode()


def test_signing_key_cannot_be_retired():
    kid = run("list")[0].split()[0]
    with pytest.raises(CommandError, match="is the key that signs"):
        run("retire", kid)
    assert len(keys.keyring().by_kid) == 1


@pytest.mark.parametrize("command", ["promote", "retire"])
def test_unknown_kid_is_named(command):
    before = run("list")
    with pytest.raises(CommandError, match="There is no key nonsense"):
        run(command, "nonsense")
    assert run("list") == before


def test_other_algorithm_is_not_promoted():
    kid = run("make", "Ed25519")[-1].split()[0]
    with pytest.raises(CommandError, match="JWT_ALGORITHM is HS256"):
        run("promote", kid)


def test_command_explains_a_bad_file():
    keys.key_file().write_text("{")
    with pytest.raises(CommandError, match=r"keys\.json cannot be used"):
        run("list")


@pytest.mark.race
def test_parallel_keys_are_all_kept():
    run("list")
    at_once(*[lambda: run("make")] * 10)
    assert len(keys.keyring().by_kid) == 11


@pytest.mark.parametrize(("algorithm", "count"), [("HS256", 0), ("RS256", 1), ("Ed25519", 1)])
def test_jwks_has_public_keys_only(client, settings, algorithm, count):
    settings.JWT_ALGORITHM = algorithm
    response = client.get("/.well-known/jwks.json")
    published = response.json()["keys"]
    assert len(published) == count
    assert response["Cache-Control"] == "public, max-age=300"
    for key in published:
        assert set(key) & {"d", "p", "q", "dp", "dq", "qi", "oth", "k"} == set()
        assert {"kty", "kid", "alg", "use"} <= set(key)


@pytest.mark.parametrize("algorithm", ["RS256", "Ed25519"])
def test_public_keys_verify_only(settings, shopper, algorithm):
    settings.JWT_ALGORITHM = algorithm
    write(keys.make_jwk(algorithm))
    assert shopper.log_in(shopper.user).status_code == 200
    write(keys.keyring().jwks()["keys"][0])
    assert shopper.get("me/").status_code == 200
    response = shopper.post("refresh/", {"refresh": shopper.refresh})
    assert response.status_code == 503
    assert response.json()["code"] == "cannot_mint"
    assert keys.keyring().signing() is None


def test_hmac_secret_is_never_published(client, settings):
    settings.JWT_ALGORITHM = "Ed25519"
    write(HMAC, keys.make_jwk("Ed25519"))
    assert [key["alg"] for key in client.get("/.well-known/jwks.json").json()["keys"]] == ["EdDSA"]
