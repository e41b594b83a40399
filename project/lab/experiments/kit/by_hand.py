"""Tokens made and read with nothing but base64 and a signature: what a forger does, and what anyone can.

Source: RFC 7515 sections 2 (base64url), 3.1 and 5.1 (the compact form; signing).
"""

import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(data):
    """Return bytes as base64url without padding (RFC 7515 section 2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    """Return the bytes that a part of a token stands for."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def make(header, claims, sign):
    """Return a token; `sign` takes what is signed and returns the signature, both bytes."""
    signed = f"{encode(json.dumps(header).encode())}.{encode(json.dumps(claims).encode())}"
    return f"{signed}.{encode(sign(signed.encode()))}"


def header_of(token):
    return json.loads(decode(token.split(".")[0]))


def claims_of(token):
    return json.loads(decode(token.split(".")[1]))


def with_claims(token, **changes):
    """Return the token with other claims under the old signature."""
    header, _, signature = token.split(".")
    return f"{header}.{encode(json.dumps(claims_of(token) | changes).encode())}.{signature}"


def hmac_with(secret):
    """Return the function that signs with a secret under HS256."""
    return lambda data: hmac.digest(secret, data, "sha256")


def signing_with(key):
    """Return the function that signs with a private key of the shop's keyring."""
    return lambda data: key.algorithm.sign(data, key.private)


def unsigned(data):
    """Sign nothing: `alg: none` (RFC 7519 section 6)."""
    return b""


def session_in(text):
    """Return the content of a signed session: JSON in base64url, compressed by zlib if it begins with a dot."""
    content = text.split(":")[0]
    return json.loads(zlib.decompress(decode(content[1:])) if content.startswith(".") else decode(content))


def with_session(text, **changes):
    """Return a signed session with other content under the old signature."""
    return f"{encode(json.dumps(session_in(text) | changes).encode())}:{text.partition(':')[2]}"


def with_one_bit_changed(text, mark):
    """Return a token or a signed session with one bit of its signature, which follows the last `mark`, changed."""
    signed, _, signature = text.rpartition(mark)
    first, *others = decode(signature)
    return f"{signed}{mark}{encode(bytes([first ^ 1, *others]))}"
