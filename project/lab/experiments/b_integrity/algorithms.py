"""What are tokens signed with, and who needs which key?

Source: RFC 7518 section 3.1 (HMAC, RSA, ECDSA); RFC 8037 section 3.1 (EdDSA, of which Ed25519 is one variant); RFC 9864
section 2.2 (which gives each variant a name of its own); RFC 7517 section 5 (published keys).
"""

import time
from functools import partial
from statistics import median

from django.conf import settings
from joserfc import jwk, jws

from accounts import keys, token_views
from project.lab.experiments.kit.by_hand import decode, hmac_with, make, signing_with
from project.lab.experiments.kit.second_service import Refused, accept
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        20,
        "A JWT is signed with HMAC or RSA.",
        expected=DEPENDS,
        because="RFC 7518 section 3.1 lists HMAC, RSA in two forms and ECDSA; RFC 8037 section 3.1 adds EdDSA, of "
        "which Ed25519 is one variant. They differ in the size of the signature, in the time to sign and to verify, "
        "and in who can do what.",
        settled=["RFC 7518 section 3.1", "RFC 8037 section 3.1"],
    ),
    Statement(
        21,
        "The verifier needs the same key as the signer.",
        expected=DEPENDS,
        because="With HMAC one secret signs and verifies, so anyone who can check a token can make one. With RSA, "
        "ECDSA and EdDSA a private key signs and a public key verifies: a verifier that has the public key alone can "
        "mint nothing. So public keys can be published, and an HMAC secret never.",
        settled=["RFC 7518 section 3.2", "RFC 8037 section 3.1"],
    ),
]
NEXT_QUESTION = (
    "Start the demo with JWT_ALGORITHM=Ed25519 and open /.well-known/jwks.json. What is published now, and why is the "
    "list empty under HS256?"
)
DECIDED_BY = [keys.make_jwk, keys.Keyring, token_views.Jwks, accept]
TIMES = 7  # that a signature is made and checked; the median counts


def run(lab):
    account = lab.account()
    claims, owner = lab.claims(account), lab.client("owner", "jwt")
    mine = {name: lab.key(name) for name in keys.ALGORITHMS}

    lab.step("The same claims, signed in each way that this shop knows; a signed cookie beside them")
    cookie = lab.client("owner", "session-signed_cookies").log_in(account).credential
    size = len(decode(cookie.rpartition(":")[2]))
    lab.note("Signed by HMAC, with a secret that the shop alone has:", f"{len(cookie)} bytes, {size} of them signature")
    for name, key in mine.items():
        token = owner.credential = make(lab.header(key), claims, signing_with(key))
        taken = owner.get("me/", what=f"signed by {name}").status
        measured = measure(token, signing_with(key), partial(key.algorithm.verify, key=key.public))
        as_said = (taken == 200) == (key.alg[:2] in ("HS", "RS", "PS"))
        lab.case(20, f"{name}, in the header {key.alg}", as_said, f"the shop takes it: {taken}; {measured}")

    lab.step("And signed by ECDSA, with another library: a good token, though not for this shop")
    key, algorithm = jwk.ECKey.generate_key("P-256"), jws.JWSRegistry.algorithms["ES256"]
    sign, header = partial(algorithm.sign, key=key), {"typ": "at+jwt", "alg": "ES256", "kid": "of another shop"}
    token = owner.credential = make(header, claims, sign)
    read = jws.deserialize_compact(token, key, algorithms=["ES256"]).payload
    measured = measure(token, sign, partial(algorithm.verify, key=key))
    asked = owner.get("me/", what="signed by ES256, a key that this shop has not").status
    seen = f"the library takes it; this shop, which has no such key: {asked}; {measured}"
    lab.case(20, "ES256", read != decode(token.split(".")[1]), seen)

    lab.step("HS256: another service is to check tokens, so it is given the secret")
    secret, header = jwk.OctKey.import_key(mine["HS256"].public), lab.header(mine["HS256"])
    token = lab.token(account, key=mine["HS256"])
    reads, others = opens(token, secret), opens(token, jwk.OctKey.generate_key(256))
    owner.credential = make(header, claims | {"role": "manager"}, hmac_with(secret.raw_value))
    minted = owner.get("me/", what="what it mints with the secret: a manager's token").status
    seen = f"it reads with the secret: {reads}, with another: {others}; it mints a manager's token: {minted}"
    lab.case(21, "HS256", reads and not others and minted == 200, seen)

    lab.step("RS256 and Ed25519: the other service has the published keys, and nothing else")
    jwks = owner.get("", url="/.well-known/jwks.json").body
    for name in ("RS256", "Ed25519"):
        key = mine[name]
        token = lab.token(account, key=key)
        try:
            reads = accept(token, jwks, settings.TOKEN_ISSUER, settings.TOKEN_AUDIENCE)["sub"] == str(account.id)
        except Refused:
            reads = False
        answers = []
        for owner.credential in mint(jwks, lab.header(key), claims | {"role": "manager"}):
            answers.append(owner.get("me/", what=f"what it mints with what is published of {name}").status)
        seen = f"it reads: {reads}; what it mints is answered {answers}"
        lab.case(21, name, not reads or 200 in answers, seen)


def measure(token, sign, verify):
    """Return the sizes of a token, and how long it took to sign and to verify it, as text."""
    signed, _, signature = token.rpartition(".")
    data, signature, spent = signed.encode(), decode(signature), ([], [])
    for times, work in zip(spent, (partial(sign, data), partial(verify, data, sig=signature)), strict=True):
        for _ in range(TIMES):
            started = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - started))
    signing, verifying = (f"{median(times):.3f} ms" for times in spent)
    return f"{len(token)} bytes, {len(signature)} of them signature; signed in {signing}, verified in {verifying}"


def opens(token, secret):
    """Say whether a secret fits a token, by another library than the shop's."""
    try:
        return bool(jws.deserialize_compact(token, secret, algorithms=["HS256"]).payload)
    except jws.BadSignatureError:
        return False


def mint(jwks, header, claims):
    """Return the tokens that can be made with what is published of a key: as a secret, and as a key where it is one."""
    published = next((jwk.import_key(each) for each in jwks["keys"] if each["kid"] == header["kid"]), None)
    if published:
        yield make(header | {"alg": "HS256"}, claims, hmac_with(published.as_pem(private=False)))
        sign = jws.JWSRegistry.algorithms[header["alg"]].sign
        yield make(header, claims, partial(sign, key=published) if published.is_private else lambda data: b"no key")
