"""Can what a token says be hidden?

Source: RFC 7515 section 3.1 (JWS) and RFC 7516 section 9 (`enc` tells a JWE from a JWS); RFC 7518 sections 4.1
and 5.1 (algorithms); Django documentation, "How to use sessions", section "Using cookie-based sessions".
"""

import json
import re
import time
from importlib.metadata import metadata

from joserfc import jwe, jwk
from joserfc.errors import JoseError

from accounts import session_scheme, tokens
from project.lab.experiments.kit.by_hand import claims_of, decode, encode, header_of, session_in
from project.lab.experiments.kit.statement import FAILS, HOLDS, Statement

STATEMENTS = [
    Statement(
        22,
        "Sensitive content can be hidden by encrypting the payload.",
        expected=HOLDS,
        because="JWE encrypts the content and protects it against change as well (RFC 7516 section 1). Anyone without "
        "the key, the client that carries it included, sees the header and the length, and no claim. RFC 7519 section "
        "12 names this as one way among others; the simplest is to leave private things out.",
        settled=["RFC 7516 section 1", "RFC 7519 section 12"],
    ),
    Statement(
        23,
        "RFC 7515 is JWE and RFC 7516 is JWS.",
        expected=FAILS,
        because="It is the other way round: RFC 7515 is JSON Web Signature (JWS), RFC 7516 is JSON Web Encryption "
        "(JWE). Both came out in May 2015 with RFC 7518 (JWA) and RFC 7519 (JWT), and they share one form of header.",
        settled=["RFC 7515 section 3", "RFC 7516 section 1"],
    ),
]
NEXT_QUESTION = (
    "Look at your token in /lab/inspector/. Which claims would you rather hide from the client, and would you encrypt "
    "them, or leave them out?"
)
DECIDED_BY = [tokens.mint, tokens.verify, session_scheme.start_session]
CONTENT = "A256GCM"  # encrypts the payload
HASHED = "PBES2-HS256+A128KW"  # makes a key of a password, by hashing it as often as the token says


def run(lab):
    account = lab.account()

    lab.step("What a login returns: an id says nothing, a signed text says everything to anyone who has it")
    lab.note("Cookie with the store db:", lab.client("owner", "session").log_in(account).credential)
    cookie = lab.client("owner", "session-signed_cookies").log_in(account).credential
    lab.note("Cookie with the store signed_cookies, read without a key:", session_in(cookie))
    owner = lab.client("owner", "jwt").log_in(account)
    signed, claims = owner.credential, claims_of(owner.credential)
    lab.note("Token, read without a key:", {name: claims[name] for name in ("name", "role", "scope")})

    secret, stranger = (jwk.OctKey.generate_key(256) for _ in range(2))
    pair, other_pair = (jwk.ECKey.generate_key("P-256") for _ in range(2))
    for alg, key, wrong in (("dir", secret, stranger), ("ECDH-ES+A256KW", pair, other_pair)):
        lab.step(f"The same claims, encrypted. Key: {alg}, content: {CONTENT}")
        sealed = jwe.encrypt_compact({"alg": alg, "enc": CONTENT}, json.dumps(claims), key, [alg, CONTENT])
        lab.note("The token:", sealed)
        in_clear = account.username.encode() in b"".join(decode(part) for part in sealed.split("."))
        failed, opened = opening(sealed, wrong, [alg, CONTENT]), opening(sealed, key, [alg, CONTENT])
        hidden = claims["name"] == account.username and not in_clear and failed != opened == claims
        seen = f"the name is {'' if in_clear else 'not '}in it; with another key: {failed}; with the key: "
        seen += f"{'the claims' if opened == claims else opened}; {len(sealed)} bytes instead of {len(signed)}"
        lab.case(22, f"{alg}, {CONTENT}", hidden, seen)

    lab.step("A server that opens encrypted tokens must set limits: the sender says how to unpack them")
    sent = {"alg": "dir", "enc": CONTENT, "zip": "DEF"}
    bomb = jwe.encrypt_compact(sent, bytes(10**7), secret, ["dir", CONTENT, "DEF"])
    slow = jwe.encrypt_compact({"alg": HASHED, "enc": CONTENT, "p2c": 1000}, "{}", secret, [HASHED, CONTENT])
    slow = encode(json.dumps(header_of(slow) | {"p2c": 2**31 - 1}).encode()) + slow[slow.index(".") :]
    for what, token, alg in ((f"{len(bomb)} bytes that unpack to 10 MB", bomb, "DEF"), ("2^31 hashes", slow, HASHED)):
        for allowed in (["dir", CONTENT], ["dir", CONTENT, alg]):
            started = time.perf_counter()
            answer = opening(token, secret, allowed)
            spent = f"{1000 * (time.perf_counter() - started):.1f} ms"
            lab.note(f"{what}, where {', '.join(allowed)} are allowed:", f"{answer} after {spent}")

    lab.step("Which is which? What the shop accepts, and which RFC another library's documentation names for it")
    rfcs = dict(re.findall(r"RFC(\d+): JSON Web (\w+)", metadata("joserfc")["Description"] or ""))
    for rfc, kind, token in (("7515", "signed", signed), ("7516", "encrypted", sealed)):
        owner.credential = token
        answer = owner.get("me/", what=f"a token that is {kind}").status
        members, parts = ", ".join(header_of(token)), len(token.split("."))
        called = rfcs.get(rfc, "nothing that the library names")
        said = {"7515": "Encryption", "7516": "Signature"}[rfc]
        seen = f"{called}; a token that is {kind} has {parts} parts and {members} in its header; the shop: {answer}"
        lab.case(23, f"RFC {rfc}", called == said, seen)


def opening(token, key, allowed):
    """Return what an encrypted token says, or the name of what went wrong."""
    try:
        return json.loads(jwe.decrypt_compact(token, key, allowed).plaintext)
    except (JoseError, ValueError) as error:
        return type(error).__name__
