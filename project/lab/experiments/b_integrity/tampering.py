"""Can a credential be changed, or made up?

Source: RFC 7515 sections 3.1 and 5.1 (what a signature covers); RFC 8725 sections 2.1 (forged algorithms) and 3.1
(one algorithm for each key); RFC 7519 section 6 (alg none); RFC 6265 section 8.4 (session fixation); Django
documentation, "How to use sessions", section "Using cookie-based sessions".
"""

import secrets

from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.utils.crypto import get_random_string

from accounts import keys, session_scheme, tokens
from accounts.schemes import scheme_named
from project.lab.experiments.kit.by_hand import (
    claims_of,
    header_of,
    hmac_with,
    make,
    session_in,
    with_claims,
    with_one_bit_changed,
    with_session,
)
from project.lab.experiments.kit.forgeries import forgeries
from project.lab.experiments.kit.laboratory import STORES
from project.lab.experiments.kit.statement import DEPENDS, HOLDS, Statement

STATEMENTS = [
    Statement(
        16,
        "Changing the payload (role, expiry, user) is noticed.",
        expected=HOLDS,
        because="The signature covers header and payload, so another payload needs another signature, and that needs "
        "the key. A token whose signature does not fit must be taken for invalid, whatever else it says (RFC 7515 "
        "section 5.2).",
        settled=["RFC 7515 section 5.2"],
    ),
    Statement(
        17,
        "Nobody without the key can mint a token.",
        expected=DEPENDS,
        because="Without the key a forger can try a key of their own, alg none, or a public key as an HMAC secret. "
        "All this fails where each key has one algorithm and the server, not the token, says which (RFC 8725 section "
        "3.1). To the server, anyone with the key is the issuer: then every token is genuine.",
        settled=["RFC 8725 section 2.1", "RFC 8725 section 3.1", "RFC 8725 section 3.2"],
    ),
    Statement(
        18,
        "A session id cannot be forged either.",
        expected=HOLDS,
        because="A session’s id is drawn at random from so many that guessing is hopeless, and an id that the server "
        "did not hand out opens nothing. Login makes a new id, so that one planted beforehand logs in nobody (session "
        "fixation, RFC 6265 section 8.4). OWASP asks for both.",
        settled=["RFC 6265 section 8.4", "OWASP ASVS 5.0 V7.2.3", "OWASP ASVS 5.0 V7.2.4"],
    ),
]
NEXT_QUESTION = (
    "In accounts/tokens.py take out the last check of key_for, the one of alg, and run this again. Does any forged "
    "token get in now, and if not, what still stops it?"
)
DECIDED_BY = [tokens.signed_payload, tokens.key_for, keys.Key, session_scheme.start_session]
TOKENS = ("jwt", "jwt-checked")
SALT = "django.contrib.sessions.backends.signed_cookies"


def run(lab):
    account, victim = lab.account(), lab.account("victim")

    lab.step("The owner changes what the credential says; it is signed, and they have no key")
    owner = lab.client("owner", "session-signed_cookies").log_in(account)
    noticed(lab, owner, {"user: another's account": with_session(owner.credential, _auth_user_id=str(victim.id))}, ":")
    for mount in TOKENS:
        owner = lab.client("owner", mount).log_in(account)
        token = owner.credential
        changed = {
            "role: manager": with_claims(token, role="manager"),
            "exp: an hour later": with_claims(token, exp=claims_of(token)["exp"] + 3600),
            "sub: another's account": with_claims(token, sub=str(victim.id)),
        }
        noticed(lab, owner, changed, ".")
    owner = lab.client("owner", "simplejwt").log_in(account)
    changed = {
        "exp: an hour later": with_claims(owner.credential, exp=claims_of(owner.credential)["exp"] + 3600),
        "user_id: another's account": with_claims(owner.credential, user_id=str(victim.id)),
    }
    noticed(lab, owner, changed, ".")

    lab.step("A forger makes up a credential: guesses a session's id, or writes a token and signs it somehow")
    for store in STORES:
        guess(lab, lab.client("owner", f"session-{store}").log_in(account))
    said = claims_of(lab.client("victim", "jwt").log_in(victim).credential)
    jwks = lab.client("forger", "jwt").get("", url="/.well-known/jwks.json").body["keys"]
    forged = forgeries(lab, said, jwks)
    for mount in TOKENS:
        for how, made in forged.items():
            asked = [(token, f"{how}; alg: {header_of(token)['alg']}") for token in made]
            answers = [send(lab.client("forger", mount), token, what).status for token, what in asked]
            lab.case(17, f"{mount}: {how}", set(answers) == {401}, f"answered {', '.join(map(str, answers))}")

    stock = lab.client("victim", "simplejwt").log_in(victim).credential
    header, stock_claims = header_of(stock), claims_of(stock)
    for how, token in {
        "a key of one's own": make(header, stock_claims, hmac_with(secrets.token_bytes(32))),
        "alg none, some signature": make(header | {"alg": "none"}, stock_claims, lambda data: secrets.token_bytes(32)),
    }.items():
        status = send(lab.client("forger", "simplejwt"), token, how).status
        lab.case(17, f"simplejwt: {how}", status == 401, f"answered {status}")

    lab.step("The shop's own key has leaked: the one that signs cookies, the one that signs tokens")
    thief = lab.client("thief", "session-signed_cookies").log_in(lab.account("thief"))
    content = session_in(thief.credential) | {"_auth_user_id": str(victim.id)}
    cookie = signing.dumps(content, salt=SALT, serializer=JSONSerializer)
    send(thief, cookie, "a cookie in the victim's name, without the hash of the victim's password")
    for mount in TOKENS:
        for which, claims in {"a sign-in that there is": {"sid": said["sid"]}, "one that there is not": {}}.items():
            token = lab.token(victim, role="manager", **claims)
            answer = send(lab.client("thief", mount), token, f"says manager, for {which}")
            seen = f"{answer.status}, {answer.code or 'taken for a ' + answer.body['role']}"
            lab.case(17, f"{mount}: an attacker with the key, for {which}", answer.status == 401, seen)
    token = make(header, stock_claims | {"jti": secrets.token_hex(16)}, hmac_with(settings.SECRET_KEY.encode()))
    status = send(lab.client("thief", "simplejwt"), token, "signed by SECRET_KEY, the library's default").status
    lab.case(17, "simplejwt: an attacker with the key, which is SECRET_KEY", status == 401, f"answered {status}")

    lab.step("An attacker puts the id of a visitor's session into the victim's browser, and the victim logs in")
    for store in STORES:
        fixate(lab, victim, f"session-{store}")
    attacker = lab.client("attacker", "jwt").log_in(account)
    attacker.copy("victim").log_in(victim)
    lab.note("The same with a token. The planted one opens:", attacker.get("me/").body.get("username", "nobody"))


def send(client, credential, what):
    """Ask who somebody is that has nothing but a credential."""
    client.credential = credential
    return client.get("me/", what=what)


def noticed(lab, owner, changed, mark):
    """Send a credential as it is, then as it was changed: the one must be taken, the other refused (statement 16)."""
    untouched = owner.get("me/", what="as it was").status
    changed |= {"one bit of the signature": with_one_bit_changed(owner.credential, mark)}
    for what, credential in changed.items():
        answer = send(lab.client("forger", owner.mount), credential, what)
        seen = f"{untouched} as it was, {answer.status} {answer.code} changed"
        lab.case(16, f"{owner.mount}: {what}", (untouched, answer.status) == (200, 401), seen)


def guess(lab, owner):
    """Try ids, one of them close to a real one (statement 18)."""
    real = owner.credential
    near = real[:-1] + ("a" if real[-1] != "a" else "b")
    ids = {"invented": get_random_string(32, VALID_KEY_CHARS), "off by one character": near, "1": "1"}
    answers = [send(lab.client("guesser", owner.mount), id, f"an id: {what}").status for what, id in ids.items()]
    known = owner.get("me/", what="the real one").status
    seen = f"{', '.join(ids)}: {answers}; the real one: {known}"
    lab.case(18, f"{owner.mount}: guesses", answers == [401] * 3 and known == 200, seen)


def fixate(lab, account, mount):
    """Plant an id in a victim's browser, then see whether it opens the victim's session (statement 18)."""
    anonymous, victim = scheme_named(mount).session_store(), lab.client("victim", mount)
    anonymous["seen"] = "a page"
    anonymous.save()
    planted = anonymous.session_key
    try:
        victim.plant(planted)
        victim.log_in(account)
        answer = send(lab.client("attacker", mount), planted, "with the planted id")
    finally:
        anonymous.delete()
    known, same = answer.body.get("username", "nobody"), victim.credential == planted
    seen = f"after the login the victim's id is {'the same' if same else 'another'}; the planted one opens as {known}"
    lab.case(18, f"{mount}: a planted id", not same and known != account.username, seen)
