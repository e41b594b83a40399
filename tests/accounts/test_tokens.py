"""What is no valid access token, in cases: each is refused, with the same 401, under each algorithm."""

import base64
import hashlib
import hmac
import json
import socket
import time
import uuid
from functools import cache

import pytest
from cryptography.hazmat.primitives import serialization

from accounts import keys, tokens
from accounts.scopes import FULL_SCOPE
from tests.clients import client_of

NOW = int(time.time())


@cache
def key_file(algorithm):
    """Return the text of a keys.json; made once, since making RSA keys takes its time."""
    return json.dumps({"keys": [keys.make_jwk(algorithm)]})


parse = cache(keys.parse)  # reading an RSA key takes its time too


@pytest.fixture(params=["HS256", "RS256", "Ed25519"])
def shopper(request, settings, monkeypatch):
    """Someone with a valid token, under each algorithm. Nothing here needs a database."""
    settings.JWT_ALGORITHM = request.param
    keys.key_file().write_text(key_file(request.param))
    monkeypatch.setattr(keys, "parse", parse)
    client = client_of("jwt")
    client.access = tokens.mint(
        {
            "sub": "7",
            "iat": NOW,
            "exp": NOW + 10**6,
            "jti": "0a1b.0",
            "sid": str(uuid.UUID(int=7)),
            "name": "ada",
            "role": "customer",
            "scope": FULL_SCOPE,
        }
    )
    return client


def encode(data):
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def decode(text):
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def signed(header, claims, key=None):
    """Return a token with this header and these claims (dicts or raw bytes), properly signed with the shop's key."""
    key = key or keys.keyring().signing()
    text = f"{encode(header)}.{encode(claims)}"
    return f"{text}.{encode(key.algorithm.sign(text.encode(), key.private))}"


def assert_refused(shopper, token):
    with pytest.raises(tokens.InvalidToken):
        tokens.verify(token)


def test_valid_signature_is_accepted(shopper):
    """Else each refusal below would prove nothing."""
    header, claims, _ = shopper.access.split(".")
    token = signed(decode(header), decode(claims))
    assert shopper.get("me/", Authorization=f"Bearer {token}").status_code == 200
    more = signed(decode(header), decode(claims) | {"nbf": NOW, "unknown": [1]})
    assert shopper.get("me/", Authorization=f"Bearer {more}").status_code == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "x" * 5000, "ä", "{0}x", "x{0}", "{0} ", "{0}\n", "{0}.{0}"])
def test_all_refusals_answer_alike(shopper, token):
    response = shopper.get("me/", Authorization="Bearer " + token.format(shopper.access))
    if token != "{0} ":  # the header's value ends before its blanks
        assert response.status_code == 401
        assert response.json() == {"detail": "The token is invalid or has expired.", "code": "invalid_token"}
        assert response["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'


# The text --------------------------------------------------------------------------------------------------------

TEXTS = {
    "empty": lambda h, p, s: "",
    "one part": lambda h, p, s: h,
    "two parts": lambda h, p, s: f"{h}.{p}",
    "four parts": lambda h, p, s: f"{h}.{p}.{s}.{s}",
    "five parts, as a JWE has": lambda h, p, s: f"{h}.{p}.{s}.{s}.{s}",
    "no signature": lambda h, p, s: f"{h}.{p}.",
    "no payload": lambda h, p, s: f"{h}..{s}",
    "no header": lambda h, p, s: f".{p}.{s}",
    "padding": lambda h, p, s: f"{h}=.{p}==.{s}=",
    "a line break": lambda h, p, s: f"{h}.{p}\n.{s}",
    "a blank inside": lambda h, p, s: f"{h} .{p}.{s}",
    "the alphabet of base64": lambda h, p, s: f"{h}.{p}.+/{s[2:]}",
    "a quoted token": lambda h, p, s: f'"{h}.{p}.{s}"',
    "a null byte": lambda h, p, s: f"{h}.{p}.{s}\x00",
    "letters of another script": lambda h, p, s: f"{h}.{p}.ä{s[1:]}",
    "a signature cut short": lambda h, p, s: f"{h}.{p}.{s[:-4]}",
    "a signature with more": lambda h, p, s: f"{h}.{p}.{s}AAAA",
    "a signature in other case": lambda h, p, s: f"{h}.{p}.{s.swapcase()}",
    "another payload": lambda h, p, s: f"{h}.{encode(decode(p) | {'role': 'manager'})}.{s}",
    "another user": lambda h, p, s: f"{h}.{encode(decode(p) | {'sub': '1'})}.{s}",
    "a later end": lambda h, p, s: f"{h}.{encode(decode(p) | {'exp': NOW + 10**6})}.{s}",
    "header and payload swapped": lambda h, p, s: f"{p}.{h}.{s}",
    "5000 characters": lambda h, p, s: f"{h}.{p}{'A' * 5000}.{s}",
    "3000 brackets": lambda h, p, s: f"{encode(b'[' * 3000)}.{p}.{s}",
}


@pytest.mark.parametrize("case", TEXTS)
def test_malformed_token_is_refused(shopper, case):
    assert_refused(shopper, TEXTS[case](*shopper.access.split(".")))


@pytest.mark.parametrize("part", [0, 1, 2])
def test_any_flipped_bit_is_refused(shopper, part):
    parts = shopper.access.split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place in range(0, len(parts[part]), 7):
        text = parts[part]
        flipped = text[:place] + alphabet[alphabet.index(text[place]) ^ 32] + text[place + 1 :]
        assert_refused(shopper, ".".join([*parts[:part], flipped, *parts[part + 1 :]]))


# The header, properly signed -------------------------------------------------------------------------------------

HEADERS = {
    "alg none": {"alg": "none"},
    "alg None": {"alg": "None"},
    "alg NONE": {"alg": "NONE"},
    "alg empty": {"alg": ""},
    "alg null": {"alg": None},
    "alg a list": {"alg": ["HS256"]},
    "alg in lower case": {"alg": "hs256"},
    "alg with a blank": {"alg": "HS256 "},
    "alg HS384": {"alg": "HS384"},
    "alg HS512": {"alg": "HS512"},
    "alg PS256": {"alg": "PS256"},
    "alg ES256": {"alg": "ES256"},
    "typ JWT": {"typ": "JWT"},
    "typ in upper case": {"typ": "AT+JWT"},
    "typ of a logout token": {"typ": "logout+jwt"},
    "typ null": {"typ": None},
    "kid unknown": {"kid": "00000000"},
    "kid empty": {"kid": ""},
    "kid null": {"kid": None},
    "kid a number": {"kid": 1},
    "kid a path": {"kid": "../../../../dev/null"},
    "kid SQL": {"kid": "x' UNION SELECT 'key' --"},
    "kid a command": {"kid": "keys.json|id"},
    "jku": {"jku": "http://127.0.0.1:9/keys.json"},
    "x5u": {"x5u": "http://127.0.0.1:9/cert.pem"},
    "jwk": {"jwk": {"kty": "oct", "k": "AAAA"}},
    "x5c": {"x5c": ["MIIB"]},
    "crit": {"crit": ["exp"]},
    "b64 false": {"b64": False, "crit": ["b64"]},
    "zip": {"zip": "DEF"},
    "cty": {"cty": "JWT"},
    "an unknown member": {"colour": "red"},
}


@pytest.mark.parametrize("case", HEADERS)
def test_foreign_header_is_refused(shopper, case):
    header, claims, _ = shopper.access.split(".")
    assert_refused(shopper, signed(decode(header) | HEADERS[case], decode(claims)))


@pytest.mark.parametrize("member", ["typ", "alg", "kid"])
def test_missing_member_is_refused(shopper, member):
    header, claims, _ = shopper.access.split(".")
    assert_refused(shopper, signed({k: v for k, v in decode(header).items() if k != member}, decode(claims)))


RAW_HEADERS = {
    "a member twice": lambda h: h[:-1] + b',"alg":"none"}',
    "a list": lambda h: b"[]",
    "a text": lambda h: b'"at+jwt"',
    "null": lambda h: b"null",
    "no JSON": lambda h: b"at+jwt",
    "UTF-16": lambda h: h.decode().encode("utf-16"),
    "a byte order mark": lambda h: b"\xef\xbb\xbf" + h,
    "bytes that are no text": lambda h: b"\xff\xfe\xfd",
    "something after the end": lambda h: h + b"{}",
}


@pytest.mark.parametrize("case", RAW_HEADERS)
def test_malformed_header_is_refused(shopper, case):
    header, claims, _ = shopper.access.split(".")
    raw = json.dumps(decode(header)).encode()
    assert_refused(shopper, signed(RAW_HEADERS[case](raw), decode(claims)))


# The claims, properly signed -------------------------------------------------------------------------------------

NO_ID = [
    True,
    1,
    2.9,
    -1,
    None,
    "",
    "0",
    "01",
    "-1",
    " 2 ",
    "2 ",
    "2\n",
    "1e3",
    "0x1",
    "２",
    "١",
    "2.9",
    "9" * 19,
    [1],
    {},
]
NO_TIME = ["1", str(NOW + 300), None, True, NOW + 0.5, [NOW + 300], {}]
CLAIMS = {
    "iss": ["", "Shop", "shop ", None, 1, ["shop"], {"shop": 1}],
    "aud": ["", "other-api", None, 1, ["shop-api"], ["shop-api", "other"], {}],
    "sub": NO_ID,
    "iat": [*NO_TIME, NOW + 10**6, 10**400],
    "exp": [*NO_TIME, NOW - 1, 0, -1],
    "nbf": [*NO_TIME, NOW + 10**6],
    "jti": ["", None, 1, ["x"], "x" * 100, "<script>", "a\n"],
    "sid": ["", None, 1, "x", "{}", "0" * 32, "00000000-0000-0000-0000-00000000000G", ["x"]],
    "name": ["", None, 1, "a b", "<b>", "x" * 151, "\ud800", "a\nb", "ada\n", ["ada"]],
    "role": ["", None, 1, "admin", "Manager", ["manager"], {"manager": 1}],
    "scope": ["", None, 1, "everything", "cart:read  cart:write", ["cart:read"], "cart:read\x00"],
}
CLAIM_CASES = [(name, value) for name, values in CLAIMS.items() for value in values]


@pytest.mark.parametrize(
    ("name", "value"), CLAIM_CASES, ids=[f"{name}-{number}" for name in CLAIMS for number in range(len(CLAIMS[name]))]
)
def test_invalid_claim_is_refused(shopper, name, value):
    header, claims, _ = shopper.access.split(".")
    assert_refused(shopper, signed(decode(header), decode(claims) | {name: value}))


@pytest.mark.parametrize("name", tokens.CLAIMS)
def test_missing_claim_is_refused(shopper, name):
    header, claims, _ = shopper.access.split(".")
    assert_refused(shopper, signed(decode(header), {k: v for k, v in decode(claims).items() if k != name}))


RAW_CLAIMS = {
    "a claim twice": lambda p: p[:-1] + b',"role":"manager"}',
    "NaN": lambda p: p[:-1] + b',"nbf":NaN}',
    "an endless number": lambda p: p[:-1] + b',"nbf":1e999}',
    "a list": lambda p: b"[" + p + b"]",
    "a text": lambda p: b'"ada"',
    "no JSON": lambda p: b"sub=1",
    "bytes that are no text": lambda p: b"\xff" + p,
    "2000 brackets": lambda p: b"[" * 2000,
}


@pytest.mark.parametrize("case", RAW_CLAIMS)
def test_malformed_claims_are_refused(shopper, case):
    header, claims, _ = shopper.access.split(".")
    raw = json.dumps(decode(claims)).encode()
    assert_refused(shopper, signed(decode(header), RAW_CLAIMS[case](raw)))


# The key ---------------------------------------------------------------------------------------------------------


def test_other_key_is_refused(shopper, settings):
    header, claims, _ = shopper.access.split(".")
    other = keys.parse_key(keys.make_jwk(settings.JWT_ALGORITHM) | {"kid": decode(header)["kid"]})
    assert_refused(shopper, signed(decode(header), decode(claims), other))


def test_missing_signature_is_refused(shopper):
    header, claims, _ = shopper.access.split(".")
    for alg in ("none", decode(header)["alg"]):
        assert_refused(shopper, f"{encode(decode(header) | {'alg': alg})}.{claims}.AA")


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("algorithm", ["RS256", "Ed25519"])
def test_public_key_is_no_hmac_secret(settings, new_user, algorithm, alg):
    """RFC 8725 section 2.1: a server that takes the algorithm from the token takes the public key for the secret."""
    settings.JWT_ALGORITHM = algorithm
    client = client_of("jwt")
    client.log_in(new_user())
    header, claims, _ = client.access.split(".")
    public = keys.keyring().signing().public
    forms = [
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
        json.dumps(keys.keyring().jwks()["keys"][0]).encode(),
    ]
    text = f"{encode(decode(header) | {'alg': alg})}.{claims}"
    for secret in forms:
        signature = hmac.digest(secret, text.encode(), hashlib.new("sha" + alg[2:]).name)
        assert_refused(client, f"{text}.{encode(signature)}")


def test_key_has_one_algorithm(settings, new_user):
    """Two keys of two algorithms in the ring: the kid of the one with the algorithm of the other is refused."""
    client = client_of("jwt")
    client.log_in(new_user())
    by_hmac = client.access
    settings.JWT_ALGORITHM = "RS256"
    client.log_in(client.user)
    assert client.get("me/").status_code == 200
    assert client.get("me/", Authorization=f"Bearer {by_hmac}").status_code == 200
    header = decode(client.access.split(".")[0])
    hmac_key = next(key for key in keys.keyring().by_kid.values() if key.alg == "HS256")
    assert_refused(client, signed(header, decode(by_hmac.split(".")[1]), hmac_key))


# What the standards print ----------------------------------------------------------------------------------------

JOES_CLAIMS = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
VECTORS = {
    "RFC 7515 A.1, HS256": (
        {
            "kty": "oct",
            "alg": "HS256",
            "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        },
        f"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{JOES_CLAIMS}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        b"joe",
    ),
    "RFC 7515 A.2, RS256": (
        {
            "kty": "RSA",
            "alg": "RS256",
            "e": "AQAB",
            "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
            "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS"
            "-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2et"
            "hFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        },
        f"eyJhbGciOiJSUzI1NiJ9.{JOES_CLAIMS}."
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"
        "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOL"
        "n6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtV"
        "rBp0igcN_IoypGlUPQGe77Rw",
        b"joe",
    ),
    "RFC 8037 A.4, Ed25519": (
        {"kty": "OKP", "alg": "EdDSA", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        b"Example of Ed25519 signing",
    ),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_rfc_example_verifies(vector):
    jwk, token, payload = VECTORS[vector]
    assert payload in tokens.signed_payload(token, keys.parse_key(jwk | {"kid": "x"}))


@pytest.mark.parametrize("vector", VECTORS)
def test_rfc_example_is_no_access_token(vector):
    assert_refused(client_of("jwt"), VECTORS[vector][1])


# What it costs ---------------------------------------------------------------------------------------------------


def test_verifying_needs_no_lookup(shopper, monkeypatch):
    """No query (a test without a database may make none), no connection, no file except the time of keys.json."""
    tokens.verify(shopper.access)
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr("builtins.open", None)
    tokens.verify(shopper.access)
