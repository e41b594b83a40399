"""Access tokens: what goes into one, and what it takes to believe one.

Source: RFC 9068 sections 2 and 4 (JWT profile for access tokens), RFC 8725 section 3 (best practices), RFC 7519
section 4 (claims).
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
from project.api.strict_json import refuse_constant, unique

TYPE = "at+jwt"  # RFC 9068 section 2.1
MAX_LENGTH = 4096  # characters
CLOCK_LEEWAY = 5  # seconds that another server's clock may be ahead of ours, for `iat` and `nbf`; none for `exp`
ACCOUNT = "account"  # the account itself: me, sign-ins, giving rights away
DELEGABLE = ("cart:read", "cart:write", "orders:read", "orders:write")
SCOPES = {ACCOUNT, *DELEGABLE}
FULL_SCOPE = " ".join((ACCOUNT, *DELEGABLE))


def delegable(scope):
    """Return a scope in its usual order; raises ValueError where it holds what cannot be given away."""
    rights = scope.split(" ")
    if not set(rights) <= set(DELEGABLE):
        raise ValueError(f"Choose from: {' '.join(DELEGABLE)}.")
    return " ".join(right for right in DELEGABLE if right in rights)


class InvalidToken(AuthenticationFailed):
    """The credential is no valid token (401). `reason` is for the log and the lab; the answer is always the same."""

    default_detail = "The token is invalid or has expired."
    default_code = "invalid_token"
    challenge = 'error="invalid_token"'  # RFC 6750 section 3.1

    def __init__(self, reason):
        super().__init__()
        self.reason = reason


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


def verify(token, announce=lambda check: None):
    """Return the claims of a token, having asked nobody: no user row, no grant row.

    Raises InvalidToken for anything but an access token that this shop signed, for itself, and that has not expired.
    The name of each check is announced before it is made; the first one that fails ends it.
    """
    announce("length")
    if len(token) > MAX_LENGTH:
        raise InvalidToken(f"longer than {MAX_LENGTH} characters")
    announce("three parts")
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
        raise InvalidToken("not three base64url parts")
    key = key_for(token, announce)
    announce("signature")
    payload = signed_payload(token, key)
    announce("payload")
    return check_claims(read_object(payload), announce)


def signed_payload(token, key):
    """Return the payload of a token; raises InvalidToken when the signature is not the key's.

    Source: RFC 7515 section 5.2. Not by `jwt.decode`, which reads the header once more and each part byte by byte:
    the whole check here costs 0.9 of it.
    """
    signed, _, signature = token.rpartition(".")
    if not key.algorithm.verify(signed.encode(), key.public, decode_part(signature)):
        raise InvalidToken("the signature does not match")
    return decode_part(signed.partition(".")[2])


def key_for(token, announce):
    """Return the key that a token's header names; raises InvalidToken for a header that is not one of ours."""
    announce("header")
    header = read_object(decode_part(token.partition(".")[0]))
    announce("its members")
    # Why: members such as jku, jwk, x5u or crit would have the verifier fetch or obey what the token's author wrote.
    if header.keys() != {"typ", "alg", "kid"} or not all(isinstance(value, str) for value in header.values()):
        raise InvalidToken("the header has other members than typ, alg and kid")
    announce("typ")
    if header["typ"] != TYPE:
        raise InvalidToken("not an access token")
    announce("kid")
    key = keyring().by_kid.get(header["kid"])
    if key is None:
        raise InvalidToken("the shop has no such key")
    announce("alg")
    if header["alg"] != key.alg:
        raise InvalidToken(f"the key that kid names is for {key.alg} alone")
    return key


def decode_part(text):
    """Return the bytes of one part; raises InvalidToken unless `text` is just what they encode to, without padding."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise InvalidToken("not base64url") from error
    if urlsafe_b64encode(data).rstrip(b"=") != text.encode():
        raise InvalidToken("not base64url")
    return data


def read_object(data):
    """Return the JSON object in UTF-8 `data`; raises InvalidToken."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=unique, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidToken(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InvalidToken("JSON, but no object")
    return value


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


def check_claims(claims, announce):
    """Return those of the claims that we know; others mean nothing here (RFC 7519 section 4). Raises InvalidToken."""
    for name, looks_right in CLAIMS.items():
        announce(name)
        try:
            right = looks_right(claims[name])
        except (KeyError, ValueError, TypeError, AttributeError):
            right = False
        if not right:
            raise InvalidToken(f"the claim {name} is {'not valid' if name in claims else 'missing'}")
    announce("not expired")
    now = int(time.time())
    if claims["exp"] <= now:
        raise InvalidToken(f"expired {now - claims['exp']} s ago")
    announce("not before")
    not_before = claims.get("nbf", 0)
    if type(not_before) is not int or not_before > now + CLOCK_LEEWAY:
        raise InvalidToken("not valid yet")
    return {name: claims[name] for name in CLAIMS}
