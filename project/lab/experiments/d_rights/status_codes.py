"""What does 401 mean, and what 403?

Source: RFC 6750 section 3.1 (invalid_token, insufficient_scope); RFC 9110 sections 11.1 (the scheme's case does not
matter), 15.5.2 (401 Unauthorized) and 15.5.4 (403 Forbidden).
"""

import time

from accounts import jwt_scheme, permissions, tokens
from accounts.models import User
from accounts.schemes import scheme_named
from project.api import errors
from project.lab.experiments.kit.by_hand import with_claims
from project.lab.experiments.kit.laboratory import SCHEMES
from project.lab.experiments.kit.statement import FAILS, HOLDS, Statement

STATEMENTS = [
    Statement(
        39,
        "No token is 401, a bad token is 403.",
        expected=FAILS,
        because='A token that is expired, revoked or malformed is answered 401 with error="invalid_token" (RFC 6750 '
        "section 3.1): the caller is not known, and may come back with another token. No token is 401 too, without an "
        "error code. 403 means that the server understood and refuses, as with a valid token for too little.",
        settled=["RFC 6750 section 3.1", "RFC 9110 section 15.5.2", "RFC 9110 section 15.5.4"],
    ),
    Statement(
        40,
        "The token goes into `Authorization: Bearer`.",
        expected=HOLDS,
        because="Clients should send the token in the header Authorization with the scheme Bearer, and servers must "
        "accept it there (RFC 6750 section 2.1). An address is the worst place, as addresses are logged (section "
        "2.3). The scheme’s name may be written in any case (RFC 9110 section 11.1).",
        settled=["RFC 6750 section 2.1", "RFC 6750 section 2.3", "RFC 9110 section 11.1"],
    ),
    Statement(
        41,
        "Authentication comes before authorisation.",
        expected=HOLDS,
        because="The server must know who is asking before it can decide what they may do. Not known is 401, known "
        "but not allowed is 403. All schemes use the same permission classes, which run after the authenticator.",
        settled=["RFC 9110 section 15.5.2", "RFC 9110 section 15.5.4"],
    ),
]
NEXT_QUESTION = (
    "In accounts/jwt_scheme.py let authenticate_header return None, restart, and ask /api/jwt/me/ with curl -i and no "
    "token. Which status comes now, which header is missing, and whom does that mislead?"
)
DECIDED_BY = [
    jwt_scheme.Jwt,
    tokens.InvalidToken,
    permissions.HasScope,
    permissions.IsManager,
    errors.answer,
]
INVENTED = "0123456789abcdefghijklmnopqrstuv"  # looks like a session id; no scheme has issued it


def run(lab):
    account, other = lab.account(), lab.account("other")

    lab.step("No credential, invalid ones, and a valid one with too few rights: which status does each get?")
    for mount in SCHEMES:
        owner = lab.client("owner", mount).log_in(account)
        owner.delete(f"users/{other.id}/", what="a customer's good credential, to close an account")
        had = owner.credential
        owner.log_out()
        somebody = lab.client("somebody", mount)
        nothing = somebody.get("cart/", what="no credential").status
        for kind, somebody.credential in bad_credentials(lab, account, mount, had).items():
            answer = somebody.get("cart/", what=kind)
            why = answer.headers.get("WWW-Authenticate", "no challenge")
            as_said = (nothing, answer.status) == (401, 403)
            lab.case(39, f"{mount}: {kind}", as_said, f"none: {nothing}; this one: {answer.status}, {why}")

    lab.step("One good credential in many places: where does it count?")
    session = lab.client("owner", "session").log_in(account).credential
    for place, request in {
        "a cookie": {"headers": {"Cookie": f"sessionid={session}"}},
        "Authorization": {"headers": {"Authorization": f"Session {session}"}},
        "the query string": {"url": f"/api/session/me/?sessionid={session}"},
    }.items():
        lab.client("owner", "session").get("me/", what=place, **request)
    token = lab.client("owner", "jwt").log_in(account).credential
    for place, request in {
        "Authorization: Bearer": {"headers": {"Authorization": f"Bearer {token}"}},
        "authorization: bearer, in lower case": {"headers": {"authorization": f"bearer {token}"}},
        "BEARER, in capitals": {"headers": {"Authorization": f"BEARER {token}"}},
        "Authorization: Baerer, misspelt": {"headers": {"Authorization": f"Baerer {token}"}},
        "Authorization: Token": {"headers": {"Authorization": f"Token {token}"}},
        "Authorization without a scheme": {"headers": {"Authorization": token}},
        "a header of another name": {"headers": {"X-Access-Token": token}},
        "a cookie": {"headers": {"Cookie": f"access_token={token}; sessionid={token}"}},
        "the query string": {"url": f"/api/jwt/me/?access_token={token}"},
        "the body": {"body": {"access_token": token}},
    }.items():
        got = lab.client("owner", "jwt").get("me/", what=place, **request)
        right = place.lower().startswith(("authorization: bearer", "bearer"))
        lab.case(40, place, got.status == (200 if right else 401), f"answered {got.status}")

    token = lab.client("owner", "simplejwt").log_in(account).credential
    for place, request in {
        "Authorization: Bearer": {"headers": {"Authorization": f"Bearer {token}"}},
        "the query string": {"url": f"/api/simplejwt/me/?access_token={token}"},
    }.items():
        got = lab.client("owner", "simplejwt").get("me/", what=place, **request)
        as_said = got.status == (200 if place.startswith("Authorization") else 401)
        lab.case(40, f"simplejwt: {place}", as_said, f"answered {got.status}")
    lower = lab.client("owner", "simplejwt").get("me/", headers={"Authorization": f"bearer {token}"})
    lab.note("simplejwt, authorization: bearer, in lower case:", lower.status)

    lab.step("Four clients try to close an account, which only a manager may do")
    for mount in SCHEMES:
        victim = lab.account("victim")
        customer = lab.client("customer", mount).log_in(account)
        liar = customer.copy("liar")
        if is_jwt(customer.credential):
            made_up, liar.credential = "another role in the token", with_claims(customer.credential, role="manager")
        else:
            made_up, liar.credential = f"an invented {scheme_named(mount).credential}", INVENTED
        manager = lab.client("manager", mount).log_in(lab.account("manager", role="manager"))
        for who, someone, expected in (
            ("who says nothing", lab.client("anonymous", mount), 401),
            (f"who has {made_up}", liar, 401),
            ("a customer", customer, 403),
            ("a manager", manager, 204),
        ):
            status = someone.delete(f"users/{victim.id}/", what=who).status
            is_open = User.objects.get(id=victim.id).is_active
            as_said = status == expected and is_open == (expected != 204)
            lab.case(41, f"{mount}: {who}", as_said, f"{status}, the account is {'open' if is_open else 'closed'}")


def bad_credentials(lab, account, mount, had):
    """Return credentials that are not valid, by what is wrong with them; `had` was valid until its owner logged out."""
    scheme, now = scheme_named(mount), int(time.time())
    bad = {"invented": INVENTED}
    if is_jwt(had):
        bad["forged"] = with_claims(had, role="manager")
        if not scheme.stock:
            bad["expired"] = lab.token(account, iat=now - 600, exp=now - 300)
    return bad | {"logged out": had} if scheme.ends_at_once else bad


def is_jwt(credential):
    """Say whether a credential has the three parts of a signed token."""
    return credential.count(".") == 2
