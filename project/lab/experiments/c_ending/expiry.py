"""When does a credential expire, and who checks it?

Source: RFC 7519 section 4.1.4 (exp: on or after it a token must not be accepted).
"""

import time
from datetime import timedelta

import jwt
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from joserfc import jwt as joserfc
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from accounts import grants, tokens
from accounts.models import Grant, Session
from accounts.session_stores.db import UserSessionMixin
from project.lab.experiments.kit.by_hand import claims_of
from project.lab.experiments.kit.statement import DEPENDS, HOLDS, Statement

STATEMENTS = [
    Statement(
        24,
        "Tokens stop working by themselves.",
        expected=HOLDS,
        because="On or after the moment that exp names, a token must not be accepted (RFC 7519 section 4.1.4). "
        "Nothing is deleted and nobody is told: the verifier’s clock ends it. Sessions end by themselves "
        "too, by the date in their row or by the age of a signed cookie.",
        settled=["RFC 7519 section 4.1.4", "RFC 9068 section 2.2"],
    ),
    Statement(
        25,
        "The library checks `exp` for you.",
        expected=DEPENDS,
        because="To compare exp with the clock is a part of validating an access token (RFC 9068 section 4), but "
        "which call does it depends on the library. PyJWT’s decode does it unasked; joserfc’s decode checks the "
        "signature alone, and exp is looked at only when its claims registry is asked to validate. Decoding is not "
        "validating.",
        settled=["RFC 7519 section 4.1.4", "RFC 9068 section 4"],
    ),
    Statement(
        26,
        "A stolen token is worthless after expiry.",
        expected=HOLDS,
        because="After exp the token is refused. Until then the thief can do with it whatever its "
        "owner can, which is why RFC 6750 section 5.3 asks for short lives. A stolen session ends earlier if its "
        "owner logs out, and later if nobody does.",
        settled=["RFC 7519 section 4.1.4", "RFC 6750 section 5.3"],
    ),
]
NEXT_QUESTION = (
    "In /lab/inspector/ press “Live a day” and check the token. Its exp is later now: which check refuses it, and why "
    "can nobody lengthen their own session that way either?"
)
DECIDED_BY = [tokens.check_claims, grants.refreshable, UserSessionMixin]
MOUNTS = {"session": "a session, the counterpart", "jwt": "token at jwt", "jwt-checked": "token at jwt-checked"}


def run(lab):
    account = lab.account()

    lab.step("A thief has a copy and watches the clock: what is it worth with so many seconds left?")
    for mount, what in MOUNTS.items():
        owner, thief, answered = lab.client("owner", mount).log_in(account), lab.client("thief", mount), {}
        for left in (300, 60, 20, 0, -60):
            thief.credential = with_time_left(lab, account, owner, left)
            answered[left] = thief.get("me/", what=f"{left} s left").status
        ended = list(answered.values()) == [200, 200, 200, 401, 401]
        lab.case(24, what, ended, f"with 20 s left {answered[20]}, with none {answered[0]}")
        thief.credential = with_time_left(lab, account, owner, 60)
        owner.post("logout/")
        thief.get("me/", what="60 s left, but its owner has logged out")
    owner = lab.client("owner", "jwt").log_in(account)
    before, day = owner.refresh().status, settings.REFRESH_TOKEN_LIFETIME
    Grant.objects.filter(id=claims_of(owner.credential)["sid"]).update(refreshed=F("refreshed") - day)
    lab.note("The refresh token lies unused for:", day)
    after = owner.refresh().status
    lab.case(24, "a refresh token", (before, after) == (200, 401), f"in use {before}, unused for a day {after}")

    lab.step("Time is up. What is the copy still good for, and what did the thief give away before?")
    item, part = {"product": lab.product(), "quantity": 1}, {"scope": "cart:read"}
    for mount, what in MOUNTS.items():
        owner = lab.client("owner", mount).log_in(account)
        thief = owner.copy("thief")
        given = thief.post("delegate/", part, what="in time").body  # 404 for a session: there is no such address
        thief.credential = with_time_left(lab, account, owner, 0)
        uses = [thief.get("cart/", what="too late"), thief.post("cart/items/", item, what="too late")]
        if mount != "session":
            uses += [thief.post("delegate/", part), thief.post("verify/", {"token": thief.credential})]
            statuses = [use.status for use in uses]
            lab.case(26, what, set(statuses) == {401}, f"read, add, give away, verify: {statuses}")
            thief.keep(given)
            thief.get("cart/", what=f"with what was given away, which lives its own {given['expires_in']} s")

    lab.step("Who notices? The shop and libraries are shown a token in time, and one that has expired")
    key, anyone = lab.key("HS256"), lab.client("anyone", "jwt")
    shown = {"in time": lab.token(account, key), "expired": lab.token(account, key, exp=int(time.time()) - 60)}
    told = [anyone.post("verify/", {"token": token}, what=what).status for what, token in shown.items()]
    lab.case(25, "the shop's own check", told == [200, 401], f"{told[0]}, then {told[1]}")
    secret, rules = OctKey.import_key(key.public), joserfc.JWTClaimsRegistry()
    for library, read in {
        "PyJWT, decode": lambda token: jwt.decode(token, key.public, [key.alg], audience=settings.TOKEN_AUDIENCE),
        "joserfc, decode": lambda token: joserfc.decode(token, secret),
        "joserfc, asked to validate": lambda token: rules.validate(joserfc.decode(token, secret).claims),
    }.items():
        told = [outcome(read, token) for token in shown.values()]
        lab.case(25, library, told[0] == "accepted" != told[1], f"{told[0]}, then {told[1]}")


def with_time_left(lab, account, owner, seconds):
    """Return the owner's credential as it is when it has so many seconds left."""
    if owner.mount == "session":
        end = timezone.now() + timedelta(seconds=seconds)
        Session.objects.filter(session_key=owner.credential).update(expire_date=end)
        lab.note("The end in the session's row is set to now, and seconds:", seconds)
        return owner.credential
    now = int(time.time())
    return lab.token(account, sid=claims_of(owner.credential)["sid"], iat=now - 300, exp=now + seconds)


def outcome(read, token):
    """Return what comes of reading a token: accepted, or the name of the error."""
    try:
        read(token)
    except (jwt.InvalidTokenError, JoseError) as error:
        return type(error).__name__
    return "accepted"
