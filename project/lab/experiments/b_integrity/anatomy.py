"""What is in a token, and what does its signature prove?

Source: RFC 7515 sections 3.1 and 5.1 (three parts; signing); RFC 2104 section 2 (HMAC); RFC 7519 sections 4.1
to 4.3 (kinds of claims) and 5.1 (typ); RFC 9068 section 2.1 (at+jwt); IANA registry "JSON Web Token Claims".
"""

import json
from hashlib import sha256

from accounts import grants, keys, tokens
from accounts.keys import keyring, parse_key
from accounts.models import Grant
from project.lab.experiments.kit.by_hand import decode, encode, make, session_in, signing_with
from project.lab.experiments.kit.statement import FAILS, HOLDS, Statement

STATEMENTS = [
    Statement(
        11,
        "A JWT is header, payload, signature, base64url, dot-separated.",
        expected=HOLDS,
        because="A signed token is three base64url parts with dots between them, in this order (RFC 7515 section "
        "3.1). base64url is a way of writing bytes that anybody can undo: it hides nothing. An encrypted token has "
        "five parts (RFC 7516 section 3.1), so the sentence is about the signed ones.",
        settled=["RFC 7515 section 3.1", "RFC 7516 section 3.1"],
    ),
    Statement(
        12,
        "The login token is encrypted.",
        expected=FAILS,
        because="A signature protects against change, not against reading: header and payload are only encoded, and "
        "decoding takes no key. RFC 7519 section 12 therefore asks, where the content is private, to encrypt it, to "
        "send it through TLS alone, or, simplest, to leave it out. A session’s data stays on the server, unless it is "
        "kept in a signed cookie, which can be read just so.",
        settled=["RFC 7519 section 12", "RFC 9068 section 6"],
    ),
    Statement(
        13,
        "The signature is the text plus the secret, encoded.",
        expected=FAILS,
        because="A signature is computed over the encoded header, a dot and the encoded payload; the secret is the "
        "key of that computation and no part of the text (RFC 7515 section 5.1). With HMAC anyone with the key can "
        "repeat it. RSA and EdDSA share no secret at all: one key signs, another verifies.",
        settled=["RFC 7515 section 5.1", "RFC 7518 section 3.2"],
    ),
    Statement(
        14,
        '`typ` is always "JWT".',
        expected=FAILS,
        because="RFC 7519 section 5.1 makes typ optional and only recommends the value JWT. RFC 9068 section 2.1 "
        "requires access tokens to say at+jwt, so that no other kind of JWT is taken for one. RFC 8725 section 3.11 "
        "recommends such explicit types for every new use.",
        settled=["RFC 7519 section 5.1", "RFC 9068 section 2.1", "RFC 8725 section 3.11"],
    ),
    Statement(
        15,
        "There are two kinds of claims.",
        expected=FAILS,
        because="RFC 7519 section 4 knows three classes of claim names: registered, public and private. Registered "
        "names stand in a public list, public names are chosen so that they cannot collide, private names are agreed "
        "between two sides. In this shop’s token sub and exp are registered, and role is private.",
        settled=["RFC 7519 section 4.1", "RFC 7519 section 4.2", "RFC 7519 section 4.3"],
    ),
]
NEXT_QUESTION = (
    "In /lab/inspector/ write a claim of your own into the payload of a token. It decodes as before: which check "
    "refuses it, and which ones are not even reached?"
)
DECIDED_BY = [tokens.mint, grants.access_token, tokens.key_for, tokens.signed_payload, keys.make_jwk]

REGISTERED = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}  # by RFC 7519 itself, section 4.1
PUBLIC = {"name", "scope", "sid"}  # in IANA's registry since: by OpenID Connect, RFC 8693 section 4.2, OpenID Connect


def run(lab):
    account = lab.account()

    lab.step("The owner logs in. Split what they get and decode each part; no key is needed")
    cookie = lab.client("owner", "session-signed_cookies").log_in(account).credential
    lab.note("A signed cookie is content, time, signature, with colons between. Content:", session_in(cookie))
    owner = lab.client("owner", "jwt").log_in(account)
    parts = owner.access.split(".")
    lab.case(11, "dot-separated", len(parts) == 3, f"{len(parts)} parts")
    decoded = [decode(part) for part in parts]
    again = [encode(data) for data in decoded] == parts
    lab.case(11, "base64url", again, f"decoded and encoded, each part is as before: {again}")
    header, claims = read(decoded[0]), read(decoded[1])
    lab.note("Header:", header)
    lab.note("Payload:", claims)
    seen = f"{len(header)} members, {len(claims)} claims"
    lab.case(11, "header, payload", "alg" in header and "sub" in claims, seen)
    key, signed = keyring().by_kid.get(header.get("kid")), ".".join(parts[:2]).encode()
    proves = key is not None and key.algorithm.verify(signed, key.public, decoded[2])
    seen = f"{len(decoded[2])} bytes; by it the key that kid names verifies the first two parts: {proves}"
    lab.case(11, "signature", proves, seen)
    hidden = account.username.encode() not in b"".join(decoded)
    lab.case(12, "access token", hidden, f"read without a key: {claims.get('name')}, role {claims.get('role')}")
    sign_ins = map(str, Grant.objects.filter(user_id=account.id).values_list("id", flat=True))
    inside = [sign_in for sign_in in sign_ins if sign_in in owner.refresh_token]
    lab.case(12, "refresh token", not inside, f"read without a key: the sign-in {(inside or ['none'])[0][:8]}…")

    sign_with_a_secret(lab, account)
    sign_without_a_secret(lab, account)

    lab.step('What does typ say? And what does this shop make of "JWT"?')
    lab.case(14, "an access token of this shop", header.get("typ") == "JWT", f"typ is {header.get('typ')}")
    other, key = lab.client("owner", "jwt"), keyring().signing()
    other.credential = make(lab.header(key) | {"typ": "JWT"}, lab.claims(account), signing_with(key))
    status = other.get("me/", what="well signed, but typ says JWT").status
    lab.case(14, 'the same with typ "JWT"', status == 200, f"{status}: a JWT of some kind is not yet an access token")

    lab.step("Sort the claims of the login token by who has settled their names")
    kinds = {"registered": claims.keys() & REGISTERED, "public": claims.keys() & PUBLIC}
    kinds["private"] = claims.keys() - REGISTERED - PUBLIC
    found = {kind: sorted(names) for kind, names in kinds.items() if names}
    for kind, names in found.items():
        lab.note(f"{kind.capitalize()}:", ", ".join(names))
    lab.case(15, "the login token", len(found) == 2, f"{len(found)} kinds: {', '.join(found)}")


def read(data):
    """Return the JSON that a part is, or {} where it is something else, such as encrypted."""
    try:
        return json.loads(data)
    except ValueError:
        return {}


def sign_with_a_secret(lab, account):
    """Sign a text as the statement says, and by HMAC, with a secret that the shop shares: what does it accept?"""
    lab.step("Sign the same text with a secret of the shop: by HMAC, and as the statement says")
    key = lab.key("HS256")
    text = lab.token(account, key).rpartition(".")[0].encode()
    block = key.private.ljust(64, b"\0")  # RFC 2104 section 2: H(K xor opad, H(K xor ipad, text))
    inner = sha256(bytes(byte ^ 0x36 for byte in block) + text).digest()
    outer = sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()
    lab.note("SHA-256 of the secret xor 36 36 36… and the text:", inner.hex())
    lab.note("SHA-256 of the secret xor 5c 5c 5c… and that, encoded:", encode(outer))
    signer, plain = lab.client("signer", "jwt"), text + key.private
    signer.credential = f"{text.decode()}.{encode(outer)}"
    right = signer.get("me/", what="signed by HMAC, made by hand").status
    for way, signature in (("encoded", plain), ("hashed and encoded", sha256(plain).digest())):
        signer.credential = f"{text.decode()}.{encode(signature)}"
        status = signer.get("me/", what=f"signed by the text plus the secret, {way}").status
        seen = f"{len(signature)} bytes: {status}; the {len(outer)} of an HMAC made by hand: {right}"
        lab.case(13, f"HS256: text plus secret, {way}", status == 200 or right != 200, seen)


def sign_without_a_secret(lab, account):
    """Sign with a private key of the shop, and verify as anyone can, with the key that the shop publishes."""
    lab.step("Sign with a private key, verify with what the shop publishes")
    signers = {algorithm: lab.key(algorithm) for algorithm in ("RS256", "Ed25519")}
    published = lab.client("anyone", "jwt").get("", url="/.well-known/jwks.json").body["keys"]
    for algorithm, key in signers.items():
        owner = lab.client("owner", "jwt")
        owner.credential = lab.token(account, key)
        known = owner.get("me/", what=f"signed by {algorithm}").status == 200
        public = next(parse_key(jwk) for jwk in published if jwk["kid"] == key.kid)
        text, _, signature = owner.credential.rpartition(".")
        proves = public.private is None and public.algorithm.verify(text.encode(), public.public, decode(signature))
        lab.case(
            13, f"{algorithm}: no secret is shared", not (known and proves), f"verified by the published key: {proves}"
        )
