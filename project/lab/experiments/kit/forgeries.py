"""Tokens made up by somebody who has everything but the key.

Source: RFC 8725 sections 2.1 (forged algorithms) and 3.1 (one algorithm for each key); RFC 7519 section 6 (alg none).
"""

import secrets

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from accounts import keys
from project.lab.experiments.kit.by_hand import decode, hmac_with, make, signing_with, unsigned


def forgeries(lab, claims, published):
    """Return {how: [tokens]}, all with the same claims.

    Args:
        published: the keys in the JWK Set of the shop.
    """
    rsa, stranger = lab.key("RS256"), keys.parse_key(keys.make_jwk(settings.JWT_ALGORITHM))
    public = rsa.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    secret = next((decode(jwk["k"]) for jwk in published if "k" in jwk), b"no secret is there")
    ours, without = lab.header(), [lab.header() | {"alg": none} for none in ("none", "None", "NONE", "nOnE")]
    return {
        "a key of one's own, named as the shop's": [make(ours, claims, signing_with(stranger))],
        "the public RSA key as an HMAC secret": [make(lab.header(rsa) | {"alg": "HS256"}, claims, hmac_with(public))],
        "a secret out of what is published": [make(ours, claims, hmac_with(secret))],
        "alg none, no signature": [make(header, claims, unsigned) for header in without],
        "alg none, some signature": [
            make(header, claims, lambda signed: secrets.token_bytes(32)) for header in without
        ],
    }
