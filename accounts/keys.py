"""The keys that sign and verify access tokens.

They live in `keys.json` in VAR_DIR, a JWK Set (RFC 7517 section 5). All of them verify; the first one of the algorithm
JWT_ALGORITHM signs. A key has one algorithm, named by the key and never by the token (RFC 8725 section 3.1).
"""

import json
import logging
import os
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from jwt.algorithms import HMACAlgorithm, OKPAlgorithm, RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from accounts.secret_file import update

logger = logging.getLogger(__name__)

# JWT_ALGORITHM -> the name in a token's header, the key type, PyJWT's implementation.
# Source: RFC 7518 sections 3.1 and 6.1; RFC 8037 sections 2 and 3.1 (EdDSA, of which Ed25519 is one variant).
ALGORITHMS = {
    "HS256": ("HS256", "oct", HMACAlgorithm(HMACAlgorithm.SHA256)),
    "RS256": ("RS256", "RSA", RSAAlgorithm(RSAAlgorithm.SHA256)),
    "Ed25519": ("EdDSA", "OKP", OKPAlgorithm()),
}


@dataclass(frozen=True)
class Key:
    """One key with its one algorithm."""

    kid: str
    alg: str  # as a token's header names it
    algorithm: object  # PyJWT's implementation
    private: object  # what signs; None when this server can only verify
    public: object  # what verifies: the public key, or for HS256 the same secret
    jwk: dict | None  # what may be published; None for HS256


class Keyring:
    def __init__(self, keys):
        self.by_kid = {key.kid: key for key in keys}

    def signing(self):
        """Return the key that signs, or None where there are only keys that verify."""
        alg = ALGORITHMS[settings.JWT_ALGORITHM][0]
        return next((key for key in self.by_kid.values() if key.alg == alg and key.private), None)

    def jwks(self):
        """Return what anyone may know: the public keys as a JWK Set, none under HS256."""
        return {"keys": [key.jwk for key in self.by_kid.values() if key.jwk]}


_known = (None, None)  # the file as it was, and the keyring in it: replaced together


def key_file():
    return settings.VAR_DIR / "keys.json"


def keyring():
    """Return the keys in the file, read again whenever it has changed. At the start a missing file is made.

    Raises ImproperlyConfigured when the file cannot be used. A running server then goes on with the keys it has.
    """
    global _known
    path, (seen, ring) = key_file(), _known
    found = fingerprint(path)  # before reading: what is written meanwhile is noticed the next time
    if found != seen:
        running = seen is not None and seen[0] == path
        try:
            ring = load(path, create=not running)
        except ImproperlyConfigured as error:
            if not running:
                raise
            logger.error("%s The keys read before stay in force.", error)
        _known = (found, ring)
    return ring


def fingerprint(path):
    """Return what changes when the file or what is wanted of it does."""
    try:
        stat = os.stat(path)
    except OSError:
        return path, settings.JWT_ALGORITHM
    return path, settings.JWT_ALGORITHM, stat.st_ino, stat.st_size, stat.st_mtime_ns


def load(path, create):
    """Return the keyring in the file, to which a signing key is added where it lacks one."""
    try:
        text = path.read_text("utf-8") if path.exists() or not create else ""
        if lacks_signing_key(text):
            text = update(path, with_signing_key)
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"keys.json cannot be used: {error}.") from error
    return parse(text)


def lacks_signing_key(text):
    """Say whether a server that is to sign with JWT_ALGORITHM has nothing to do it with.

    One that was given public keys alone is to verify only.
    """
    if not text:
        return True
    alg = ALGORITHMS[settings.JWT_ALGORITHM][0]
    keys = parse(text).by_kid.values()
    return any(key.private for key in keys) and not any(key.alg == alg for key in keys)


def with_signing_key(text):
    """Return the file's text, with a new key added where it lacks one."""
    if not lacks_signing_key(text):
        return text
    jwks = json.loads(text or '{"keys": []}')
    return json.dumps({"keys": [*jwks["keys"], make_jwk(settings.JWT_ALGORITHM)]}, indent=2)


def make_jwk(algorithm):
    """Return a new private key as a JWK."""
    alg, _, implementation = ALGORITHMS[algorithm]
    if algorithm == "HS256":
        key = secrets.token_bytes(32)  # as long as the hash: RFC 7518 section 3.2
    elif algorithm == "RS256":
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        key = ed25519.Ed25519PrivateKey.generate()
    return {**implementation.to_jwk(key, as_dict=True), "kid": secrets.token_hex(4), "alg": alg, "use": "sig"}


def parse(text):
    """Return the keyring written in `text`; raises ImproperlyConfigured that says what is wrong with it."""
    keys = []
    try:
        for jwk in json.loads(text)["keys"]:
            keys.append(parse_key(jwk))
        if not keys:
            raise ValueError("there is no key")
        if len({key.kid for key in keys}) < len(keys):
            raise ValueError("two keys have the same kid")
    except (KeyError, ValueError, TypeError, RecursionError, InvalidKeyError) as error:
        problem = f"{error} is missing" if isinstance(error, KeyError) else str(error).rstrip(".")
        raise ImproperlyConfigured(f"keys.json cannot be used: after {len(keys)} good keys, {problem}.") from error
    return Keyring(keys)


def parse_key(jwk):
    """Return the key written in one JWK; raises KeyError, TypeError, ValueError or InvalidKeyError."""
    kid, alg = jwk["kid"], jwk["alg"]
    if not isinstance(kid, str) or not kid:
        raise ValueError("a kid must be a text")
    kty, implementation = next((rest for name, *rest in ALGORITHMS.values() if name == alg), (None, None))
    if kty is None:
        raise ValueError(f"unknown algorithm {alg!r}")
    if jwk["kty"] != kty:
        raise ValueError(f"{alg} needs a key of type {kty}, not {jwk['kty']!r}")
    material = implementation.from_jwk(jwk)
    if kty == "oct":
        if len(material) < 32:
            raise ValueError("a secret for HS256 has at least 256 bits (RFC 7518 section 3.2)")
        return Key(kid, alg, implementation, material, material, None)
    if kty == "RSA" and material.key_size < 2048:
        raise ValueError("an RSA key has at least 2048 bits (RFC 7518 section 3.3)")
    if kty == "OKP" and jwk["crv"] != "Ed25519":
        raise ValueError(f"the curve must be Ed25519, not {jwk['crv']!r}")
    public = material.public_key() if hasattr(material, "public_key") else material
    published = {**implementation.to_jwk(public, as_dict=True), "kid": kid, "alg": alg, "use": "sig"}
    return Key(kid, alg, implementation, material if public is not material else None, public, published)
