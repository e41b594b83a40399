"""Can a credential be changed, or made up?

Source: RFC 7515 sections 3.1 and 5.1 (what a signature covers); RFC 8725 sections 2.1 (forged algorithms) and 3.1
(one algorithm for each key); RFC 7519 section 6 (alg none); RFC 6265 section 8.4 (session fixation); Django
documentation, "How to use sessions", section "Using cookie-based sessions".
"""

import secrets

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.utils.crypto import get_random_string

from accounts import keys, session_auth, tokens
from project.lab.experiments.by_hand import (
    claims_of,
    decode,
    hmac_with,
    make,
    session_in,
    signing_with,
    unsigned,
    with_claims,
    with_one_bit_changed,
    with_session,
)
from project.lab.experiments.laboratory import STORES
from project.lab.stores import DOORS

STATEMENTS = {
    16: "Changing the payload (role, expiry, user) is noticed.",
    17: "Nobody without the key can mint a token.",
    18: "A session id cannot be forged either.",
}
DECIDED_BY = [tokens.signed_payload, tokens.key_for, keys.Key, session_auth.sign_in]
PART = {"scope": "cart:read", "expires_in": 60, "label": "a third party"}


def run(lab):
    owner, victim = lab.account(), lab.account("victim")
    change(lab, owner, victim)
    mint(lab, victim)
    invent(lab, owner, victim)


def holder(lab, who, door, credential):
    """Return a client that has nothing but a credential."""
    client = lab.client(who, door)
    client.credential = credential
    return client


def change(lab, account, victim):
    """Change what a credential says and keep its signature: statement 16."""
    for door in ("jwt", "jwt-checked"):
        lab.step(f"The owner changes the token. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        token, part = owner.credential, owner.post("delegate/", PART).body["access"]
        changed = {
            "role: manager": with_claims(token, role="manager"),
            "exp: an hour later": with_claims(token, exp=claims_of(token)["exp"] + 3600),
            "sub: another's account": with_claims(token, sub=str(victim.id)),
            "name: another's": with_claims(token, name=victim.username),
            "scope: all, where it was a part": with_claims(part, scope=claims_of(token)["scope"]),
            "one bit of the signature": with_one_bit_changed(token, "."),
            "no signature": token.rpartition(".")[0] + ".",
        }
        noticed(lab, owner, changed, "invalid_token")

    lab.step("The same with a session whose content is in the cookie: the store signed_cookies")
    owner = lab.client("owner", "session-signed_cookies").log_in(account)
    changed = {
        "another's account": with_session(owner.credential, _auth_user_id=str(victim.id)),
        "another sign-in": with_session(owner.credential, sign_in={}),
        "one bit of the signature": with_one_bit_changed(owner.credential, ":"),
    }
    noticed(lab, owner, changed, "not_authenticated")


def noticed(lab, owner, changed, code):
    """Send the credential as it is, then as it was changed: the one must be taken, the other refused."""
    untouched = owner.get("me/").status
    for what, credential in changed.items():
        answer = holder(lab, "forger", owner.door, credential).get("me/")
        as_said = untouched == 200 and (answer.status, answer.code) == (401, code)
        lab.case(16, f"{owner.door}: {what}", as_said, f"{untouched} as it was, {answer.status} {answer.code} changed")


def mint(lab, victim):
    """Make up a token in another's name: statement 17."""
    stranger, rsa = keys.parse_key(keys.make_jwk(settings.JWT_ALGORITHM)), lab.key("RS256")
    published = rsa.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    jwks = lab.client("forger", "jwt").get("", url="/.well-known/jwks.json").body["keys"]
    secret = next((decode(jwk["k"]) for jwk in jwks if "k" in jwk), b"no secret is there")
    forgeries = {
        "a key of one's own, named as the shop's": (lab.header(), signing_with(stranger)),
        "a key of one's own, under its own name": (lab.header(stranger), signing_with(stranger)),
        "the public RSA key as an HMAC secret": (lab.header(rsa) | {"alg": "HS256"}, hmac_with(published)),
        "a secret out of what is published": (lab.header(), hmac_with(secret)),
        "alg none, and some signature": (lab.header() | {"alg": "none"}, lambda signed: secrets.token_bytes(32)),
    }
    for none in ("none", "None", "NONE", "nOnE"):
        forgeries[f"alg {none}, no signature"] = (lab.header() | {"alg": none}, unsigned)

    for door in ("jwt", "jwt-checked"):
        lab.step(f"A forger knows what a token of the victim's says; only the key is missing. Door: {door}")
        said = claims_of(lab.client("victim", door).log_in(victim).credential)
        for how, (header, sign) in forgeries.items():
            refused(lab, holder(lab, "forger", door, make(header, said, sign)), how)

        lab.step(f"The shop's own key has leaked. Door: {door}")
        for what, changes in {"is": {"sid": said["sid"]}, "is not": {}}.items():
            thief = holder(lab, "thief", door, lab.token(victim, role="manager", **changes))
            refused(lab, thief, f"with the leaked key, for a sign-in that there {what}")

    lab.step("The session's counterpart: the secret that signs cookies has leaked. Store: signed_cookies")
    thief = lab.client("thief", "session-signed_cookies").log_in(lab.account("thief"))
    content = session_in(thief.credential) | {"_auth_user_id": str(victim.id)}
    salt = "django.contrib.sessions.backends.signed_cookies"
    thief.credential = signing.dumps(content, salt=salt, serializer=JSONSerializer)
    lab.note("A cookie in the victim's name, without the hash of the victim's password:", thief.get("me/").status)


def refused(lab, forger, how):
    answer = forger.get("me/")
    seen = f"taken for a {answer.body['role']}" if answer.status == 200 else answer.code
    lab.case(17, f"{forger.door}: {how}", answer.status in (401, 403), f"{answer.status}, {seen}")


def invent(lab, account, victim):
    """Make up a session id, or have another log in on one that is known: statement 18."""
    for store in STORES:
        lab.step(f"A guesser tries ids. Store: {store}")
        owner = lab.client("owner", f"session-{store}").log_in(account)
        real, invented = owner.credential, get_random_string(32, VALID_KEY_CHARS)
        guesses = (invented, real[:-1] + ("a" if real[-1] != "a" else "b"), "1")
        answers = [holder(lab, "guesser", owner.door, guess).get("me/").status for guess in guesses]
        known = owner.get("me/").status
        seen = f"invented, off by one character, 1: {answers}; the real one: {known}"
        lab.case(18, f"{store}: guesses", answers == [401] * 3 and known == 200, seen)

        lab.step(f"An attacker puts an id into the victim's browser; the victim logs in. Store: {store}")
        fixate(lab, owner.copy("attacker"), victim, "the attacker's own session")
        anonymous = DOORS[owner.door]()
        anonymous["seen"] = "a page"
        anonymous.save()
        try:
            fixate(lab, holder(lab, "attacker", owner.door, anonymous.session_key), victim, "a visitor's session")
        finally:
            anonymous.delete()


def fixate(lab, attacker, account, whose):
    victim, planted = lab.client("victim", attacker.door), attacker.credential
    victim.plant(planted)
    victim.log_in(account)
    known = attacker.get("me/").body.get("username", "nobody")
    as_said = victim.credential != planted and known != account.username
    after = "the same" if victim.credential == planted else "another"
    seen = f"after the login the victim's id is {after}; the planted one opens as {known}"
    lab.case(18, f"{attacker.door.removeprefix('session-')}: {whose}, planted", as_said, seen)
