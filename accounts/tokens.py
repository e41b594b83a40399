"""Access tokens: what goes into one, and how one is verified, from top to bottom.

Source: RFC 9068 sections 2 and 4 (JWT profile for access tokens), RFC 8725 section 3 (best practices), RFC 7515
section 5.2 (verifying a signature), RFC 7519 section 4 (claims).
"""

import binascii
import json
import re
import time
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

import jwt
from django.conf import settings
from rest_framework.exceptions import APIException, AuthenticationFailed

from accounts.keys import keyring
from accounts.models import User
from accounts.scopes import SCOPES
from project.api.events import signature_verified
from project.api.strict_json import refuse_constant

TYPE = "at+jwt"  # RFC 9068 section 2.1
MAX_LENGTH = 4096  # characters
CLOCK_LEEWAY = 5  # seconds that another server's clock may be ahead of ours, for `iat` and `nbf`; none for `exp`


class InvalidToken(AuthenticationFailed):
    """The credential is no valid token (401). The answer is always the same.

    Args:
        check: the name of the check that failed, see CHECKS; "refresh token", "token", "sign-in" for a lookup.
        reason: for the log and the lab.
    """

    default_detail = "The token is invalid or has expired."
    default_code = "invalid_token"
    challenge = 'error="invalid_token"'  # RFC 6750 section 3.1

    def __init__(self, check, reason):
        super().__init__()
        self.check, self.reason = check, reason


class CannotMint(APIException):
    """This server has public keys alone: it verifies tokens and makes none (503)."""

    status_code = 503
    default_detail = "This server cannot issue tokens. Another one does."
    default_code = "cannot_mint"


def mint(claims):
    """Return a signed token with these claims, valid from claims["iat"] to claims["exp"] (seconds since 1970)."""
    key = keyring().signing()
    if key is None:
        raise CannotMint
    everywhere = {"iss": settings.TOKEN_ISSUER, "aud": settings.TOKEN_AUDIENCE}
    return jwt.encode(everywhere | claims, key.private, key.alg, headers={"typ": TYPE, "kid": key.kid})


# What each claim must look like. Exact types: a `sub` of true, 2.9 or "\uff12" is nobody's account.
CLAIMS = {
    "iss": lambda value: value == settings.TOKEN_ISSUER,
    "aud": lambda value: value == settings.TOKEN_AUDIENCE,
    "sub": lambda value: re.fullmatch(r"[1-9][0-9]{0,17}", value),
    "iat": lambda value: type(value) is int and value <= time.time() + CLOCK_LEEWAY,
    "exp": lambda value: type(value) is int,
    "jti": lambda value: re.fullmatch(r"[0-9a-f.-]{1,60}", value),
    "sid": lambda value: str(uuid.UUID(value)) == value,
    "name": lambda value: re.fullmatch(r"[\w.@+-]{1,150}", value),
    "role": lambda value: value in User.Role.values,
    "scope": lambda value: set(value.split(" ")) <= SCOPES,
}
# The checks in their order: the first one that fails ends the verification.
CHECKS = ("length", "three parts", "header", "its members", "typ", "kid", "alg", "signature", "payload")
CHECKS += (*CLAIMS, "not expired", "not before")


def verify(token, even_expired=False):
    """Return the claims of an access token. No query: no user row and no grant row is looked up.

    Raises InvalidToken for anything except a token that this shop signed, for itself, and that has not expired;
    `even_expired` accepts one whose time is over. The parts are read here and not by `jwt.decode`, which accepts a key
    that comes twice, and which must be told the key: so the header has to be read first. This costs about half of
    reading the header and then calling `jwt.decode` (`python -m project.lab.benchmark.verify_cost`).
    """
    if len(token) > MAX_LENGTH:
        raise InvalidToken("length", f"longer than {MAX_LENGTH} characters")
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
        raise InvalidToken("three parts", "not three base64url parts")
    header = read_object("header", decode_part("header", token.partition(".")[0]))
    payload = signed_payload(token, key_for(header))
    claims = read_object("payload", payload)  # only now: nobody reads what a stranger may have written
    check_claims(claims)
    check_time(claims, even_expired)
    return {name: claims[name] for name in CLAIMS}  # others mean nothing here (RFC 7519 section 4)


def key_for(header):
    """Return the key that a token's header names; raises InvalidToken for a header that is not one of ours."""
    # Why: members such as jku, jwk, x5u or crit would have the verifier fetch or obey what the token's author wrote.
    if header.keys() != {"typ", "alg", "kid"} or not all(isinstance(value, str) for value in header.values()):
        raise InvalidToken("its members", "the header has other members than typ, alg and kid")
    if header["typ"] != TYPE:
        raise InvalidToken("typ", "not an access token")
    key = keyring().by_kid.get(header["kid"])
    if key is None:
        raise InvalidToken("kid", "the shop has no such key")
    if header["alg"] != key.alg:  # the key decides, not the token (RFC 8725 section 3.1)
        raise InvalidToken("alg", f"the key that kid names is for {key.alg} alone")
    return key


def signed_payload(token, key):
    """Return the payload of a token; raises InvalidToken when the signature is not the key's."""
    signed, _, signature = token.rpartition(".")
    signature_verified.send(signed_payload)
    if not key.algorithm.verify(signed.encode(), key.public, decode_part("signature", signature)):
        raise InvalidToken("signature", "the signature does not match")
    # Under the same name: what is signed is the text, so a text that could be decoded in two ways is none of ours.
    return decode_part("signature", signed.partition(".")[2])


def check_claims(claims):
    """Raise InvalidToken unless each claim that we know is there and looks right."""
    for name, looks_right in CLAIMS.items():
        try:
            right = looks_right(claims[name])
        except (KeyError, ValueError, TypeError, AttributeError):
            right = False
        if not right:
            raise InvalidToken(name, f"the claim {name} is {'not valid' if name in claims else 'missing'}")


def check_time(claims, even_expired):
    """Raise InvalidToken unless the token is valid now (RFC 7519 sections 4.1.4 and 4.1.5)."""
    now = int(time.time())
    if claims["exp"] <= now and not even_expired:
        raise InvalidToken("not expired", f"expired {now - claims['exp']} s ago")
    not_before = claims.get("nbf", 0)
    if type(not_before) is not int or not_before > now + CLOCK_LEEWAY:
        raise InvalidToken("not before", "not valid yet")


def decode_part(check, text):
    """Return the bytes of one part; raises InvalidToken unless `text` is just what they encode to, without padding."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise InvalidToken(check, "not base64url") from error
    if urlsafe_b64encode(data).rstrip(b"=") != text.encode():
        raise InvalidToken(check, "not base64url")
    return data


def read_object(check, data):
    """Return the JSON object in UTF-8 `data`; raises InvalidToken."""
    try:
        members = json.loads(data.decode(), object_pairs_hook=tuple, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidToken(check, f"not JSON: {error}") from error
    if not isinstance(members, tuple):  # which only an object becomes
        raise InvalidToken(check, "JSON, but no object")
    found = dict(members)
    if len(found) < len(members):  # which of the two counts? Another reader may take the other one
        raise InvalidToken(check, "not JSON: a key comes twice")
    return found
