"""When does a credential end by itself, and who sees to it?

Source: RFC 7519 section 4.1.4 (exp: on or after it a token must not be accepted); RFC 6750 section 5.3 (short-lived
tokens).
"""

import time
from datetime import timedelta

import jwt
from django.conf import settings
from django.utils import timezone
from joserfc import jwt as joserfc
from joserfc.jwk import OctKey

from accounts import grants, tokens
from accounts.models import Grant, Session
from accounts.session_stores.db import KnowsItsUser
from project.lab.experiments.by_hand import claims_of

STATEMENTS = {
    24: "Tokens stop working by themselves.",
    25: "The library checks exp for you.",
    26: "A stolen token is worthless after expiry.",
}
DECIDED_BY = [tokens.check_claims, grants.refreshable, KnowsItsUser]


def run(lab):
    account, product = lab.account(), lab.product()

    for door in ("jwt", "jwt-checked"):
        lab.step(f"A thief has an access token and watches the clock. Door: {door}")
        owner, thief = lab.client("owner", door).log_in(account), lab.client("thief", door)
        claims = claims_of(owner.credential)
        lab.note("Seconds that the shop gives an access token:", claims["exp"] - claims["iat"])
        now, answered = int(time.time()), {}
        for left in (300, 60, 20, 0, -60):
            thief.credential = lab.token(account, sid=claims["sid"], iat=now - 300, exp=now + left)
            answered[left] = thief.get("me/").status
            lab.note(f"{left} s left:", answered[left])
        ended = list(answered.values()) == [200, 200, 200, 401, 401]
        lab.case(24, f"access token at {door}", ended, f"with 20 s left {answered[20]}, with none {answered[0]}")
        uses = [thief.get("cart/"), thief.post("cart/items/", {"product": product, "quantity": 1})]
        uses += [thief.post("delegate/", {"scope": "cart:read"}), thief.post("verify/", {"token": thief.credential})]
        statuses = [use.status for use in uses]
        lab.case(26, f"access token at {door}", set(statuses) == {401}, f"read, add, give away, verify: {statuses}")

    lab.step("What is renewed by its use, left unused for a day: a refresh token and a session")
    owner = lab.client("owner", "jwt").log_in(account)
    before, long_ago = owner.buy().status, timezone.now() - settings.REFRESH_TOKEN_LIFETIME
    Grant.objects.filter(id=claims_of(owner.credential)["sid"]).update(refreshed=long_ago)
    after = owner.buy().status
    lab.case(24, "refresh token", (before, after) == (200, 401), f"in use {before}, unused for a day {after}")
    owner = lab.client("owner", "session").log_in(account)
    before, a_second_ago = owner.get("me/").status, timezone.now() - timedelta(seconds=1)
    Session.objects.filter(session_key=owner.credential).update(expire_date=a_second_ago)
    after = owner.get("me/").status
    lab.case(24, "beside it, a session", (before, after) == (200, 401), f"in use {before}, unused for a day {after}")

    lab.step("Who notices? A token that is valid and one that has expired, shown to several readers")
    key, anyone = lab.key("HS256"), lab.client("anyone", "jwt")
    valid, expired = lab.token(account, key), lab.token(account, key, exp=int(time.time()))
    told = [anyone.post("verify/", {"token": token}).status for token in (valid, expired)]
    lab.case(25, "the shop's own check", told == [200, 401], f"{told[0]}, then {told[1]}")
    told = [by_pyjwt(token, key) for token in (valid, expired)]
    lab.case(25, "PyJWT", told == ["accepted", "ExpiredSignatureError"], f"{told[0]}, then {told[1]}")
    unchecked = jwt.decode(expired, options={"verify_signature": False})
    lab.note("The expired token read by PyJWT that was told to verify nothing:", unchecked["name"])
    lab.note("Read by a tool that decodes only:", claims_of(expired)["name"])
    signed = joserfc.decode(expired, OctKey.import_key(key.public))
    lab.note("Read by another library's decode (joserfc), which checks the signature alone:", signed.claims["name"])

    lab.step("Before that, a stolen credential is worth much. What its owner can do about it, at either door")
    owner = lab.client("owner", "jwt").log_in(account)
    thief, friend = owner.copy("thief"), lab.client("thief's friend", "jwt")
    given = thief.post("delegate/", {"scope": "cart:read"}).body
    friend.keep(given)
    owner.post("logout/")
    lab.note("The stolen access token after its owner's logout, until exp:", thief.get("cart/").status)
    lab.note(f"What the thief gave away lives its own {given['expires_in']} s:", friend.get("cart/").status)
    owner = lab.client("owner", "session").log_in(account)
    thief = owner.copy("thief")
    lab.note("A stolen session id before its owner's logout:", thief.get("cart/").status)
    owner.post("logout/")
    lab.note("After it:", thief.get("cart/").status)


def by_pyjwt(token, key):
    """Return what the library of most tutorials for Python makes of a token."""
    try:
        jwt.decode(token, key.public, [key.alg], audience=settings.TOKEN_AUDIENCE)
    except jwt.InvalidTokenError as error:
        return type(error).__name__
    return "accepted"
