"""What does 401 mean, and what 403?

Source: RFC 6750 section 3.1 (invalid_token, insufficient_scope); RFC 9110 sections 11.1 (the scheme's case does not
matter), 15.5.2 (401 Unauthorized) and 15.5.4 (403 Forbidden).
"""

import time

from accounts import jwt_auth, permissions, tokens
from accounts.models import User
from project import errors
from project.lab.experiments.by_hand import with_claims

STATEMENTS = {
    39: "No token is 401, a bad token is 403.",
    40: "The token goes into Authorization: Bearer.",
    41: "Authentication comes before authorisation.",
}
DECIDED_BY = [jwt_auth.Authentication, tokens.InvalidToken, permissions.HasScope, permissions.IsManager, errors.answer]
INVENTED = "0123456789abcdefghijklmnopqrstuv"  # looks like a session id


def run(lab):
    account, other, now = lab.account(), lab.account("other"), int(time.time())

    for door in ("jwt", "jwt-checked"):
        lab.step(f"No token, bad tokens, and a good one for too little. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        nothing = lab.client("anonymous", door).get("me/")
        bad = {
            "just text": "not-a-token",
            "expired": lab.token(account, iat=now - 600, exp=now - 300),
            "forged": with_claims(owner.credential, role="manager"),
        }
        if door == "jwt-checked":
            given = owner.post("delegate/", {"scope": "cart:read", "expires_in": 60, "label": "an app"}).body
            owner.post("revoke/", {"token": given["access"]})
            bad["revoked"] = given["access"]
        for kind, token in bad.items():
            refused = lab.client("somebody", door).get("cart/", headers={"Authorization": f"Bearer {token}"})
            compare(lab, f"{door}: a token that is {kind}", nothing, refused)
        lab.note("403 is for a missing right. A customer's good token, to close an account:", closes(owner, other))

    lab.step("No cookie, and a cookie that is no session's")
    anonymous, inventor = lab.client("anonymous", "session"), lab.client("somebody", "session")
    inventor.credential = INVENTED
    compare(lab, "session: an invented id", anonymous.get("me/"), inventor.get("me/"))

    lab.step("One good token in many places")
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
        got = lab.client("owner", "jwt").get("me/", **request)
        right = place.lower().startswith(("authorization: bearer", "bearer"))
        lab.case(40, place, got.status == (200 if right else 401), f"answered {got.status}")

    for door in ("session", "jwt", "jwt-checked"):
        lab.step(f"Four clients want to close the same account, which only a manager may. Door: {door}")
        victim = lab.account("victim")
        customer = lab.client("customer", door).log_in(account)
        liar, made_up = customer.copy("liar"), "a session id" if door == "session" else "the role in the token"
        liar.credential = INVENTED if door == "session" else with_claims(customer.credential, role="manager")
        manager = lab.client("manager", door).log_in(lab.account("manager", role="manager"))
        for who, someone, expected in (
            ("who says nothing", lab.client("anonymous", door), 401),
            (f"who has made up {made_up}", liar, 401),
            ("a customer", customer, 403),
            ("a manager", manager, 204),
        ):
            status = closes(someone, victim)
            is_open = User.objects.get(id=victim.id).is_active
            as_said = status == expected and is_open == (expected != 204)
            lab.case(41, f"{door}: {who}", as_said, f"{status}, the account is {'open' if is_open else 'closed'}")


def compare(lab, condition, nothing, refused):
    """Note what no credential and a bad one are answered; the header tells them apart, not the status."""
    as_said = (nothing.status, refused.status) == (401, 403)
    why = refused.headers.get("WWW-Authenticate", "no challenge")
    lab.case(39, condition, as_said, f"none: {nothing.status}; this one: {refused.status}, {why}")


def closes(someone, account):
    """Have someone close an account; return the status of the answer."""
    return someone.delete(f"users/{account.id}/").status
