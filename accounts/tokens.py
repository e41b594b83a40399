"""Access tokens: what goes into one, and what it takes to believe one.

Source: RFC 9068 (JWT profile for access tokens), RFC 8725 (best practices), RFC 7519 section 4 (claims).
"""

import json
import re
import time
import uuid
from base64 import urlsafe_b64decode

import jwt
from django.conf import settings
from rest_framework.exceptions import AuthenticationFailed

from accounts.keys import keyring
from project.strict_json import unique

TYPE = "at+jwt"  # RFC 9068 section 2.1
MAX_LENGTH = 4096  # characters
CLOCK_LEEWAY = 5  # seconds that another server's clock may be ahead of ours; none for `exp`


class InvalidToken(AuthenticationFailed):
    """The credential is no valid token (401). `reason` is for the log and the lab; the answer is always the same."""

    default_detail = "The token is invalid or has expired."
    default_code = "invalid_token"
    challenge = 'error="invalid_token"'  # RFC 6750 section 3.1

    def __init__(self, reason):
        super().__init__()
        self.reason = reason


def mint(claims):
    """Return a signed token with these claims, valid from claims["iat"] to claims["exp"] (seconds since 1970)."""
    key = keyring().signing()
    everywhere = {"iss": settings.TOKEN_ISSUER, "aud": settings.TOKEN_AUDIENCE}
    return jwt.encode(everywhere | claims, key.private, key.alg, headers={"typ": TYPE, "kid": key.kid})


def verify(token):
    """Return the claims of a token, having asked nobody: no user row, no grant row.

    Raises InvalidToken for anything but an access token that this shop signed, for itself, and that has not expired.
    """
    if len(token) > MAX_LENGTH or not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
        raise InvalidToken("not three base64url parts")
    key = signing_key(token)
    try:
        # Checks the signature, `exp`, `iss` and `aud`.
        jwt.decode(
            token,
            key.public,
            algorithms=[key.alg],
            issuer=settings.TOKEN_ISSUER,
            audience=settings.TOKEN_AUDIENCE,
            options={"require": ["exp"], "verify_iat": False, "verify_nbf": False},
        )
        claims = read_part(token.split(".")[1])
    except jwt.InvalidSignatureError as error:
        raise InvalidToken("the signature does not match") from error
    except jwt.ExpiredSignatureError as error:
        raise InvalidToken("expired") from error
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise InvalidToken(str(error)) from error
    check_claims(claims)
    return claims


def signing_key(token):
    """Return the key that a token's header names; raises InvalidToken for a header that is not one of ours."""
    try:
        header = read_part(token.split(".")[0])
    except (ValueError, RecursionError) as error:
        raise InvalidToken("the header is not JSON") from error
    # Why: members such as jku, jwk, x5u or crit would have the verifier fetch or obey what the token's author wrote.
    if header.keys() != {"typ", "alg", "kid"} or not all(isinstance(value, str) for value in header.values()):
        raise InvalidToken("the header has other members than typ, alg and kid")
    key = keyring().by_kid.get(header["kid"])
    if key is None:
        raise InvalidToken("unknown key")
    if header["alg"] != key.alg or header["typ"] != TYPE:
        raise InvalidToken("wrong algorithm or type")
    return key


def read_part(text):
    """Return the JSON object in one base64url part of a token; raises ValueError."""
    value = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)), object_pairs_hook=unique)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


# What each claim must look like. Exact types: a `sub` of true, 2.9 or "\uff12" is nobody's account.
CLAIMS = {
    "iss": lambda value: value == settings.TOKEN_ISSUER,
    "aud": lambda value: value == settings.TOKEN_AUDIENCE,
    "sub": lambda value: re.fullmatch(r"[1-9][0-9]{0,18}", value),
    "iat": lambda value: type(value) is int and value <= time.time() + CLOCK_LEEWAY,
    "exp": lambda value: type(value) is int and value > time.time(),
    "jti": lambda value: type(value) is str,
    "sid": lambda value: str(uuid.UUID(value)) == value,
    "name": lambda value: type(value) is str,
    "role": lambda value: value in ("customer", "manager"),
    "scope": lambda value: type(value) is str,
}


def check_claims(claims):
    """Raise InvalidToken unless every claim of CLAIMS is there and valid. Others are ignored (RFC 7519 section 4)."""
    for name, is_valid in CLAIMS.items():
        try:
            valid = is_valid(claims[name])
        except (KeyError, ValueError, TypeError, AttributeError):
            valid = False
        if not valid:
            raise InvalidToken(f"the claim {name} is missing or not valid")
