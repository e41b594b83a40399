"""Can a token be revoked before it expires, and what does that cost?

Source: RFC 7009 sections 1 and 3 (revocation; self-contained tokens need a way to tell those who check them); OWASP
ASVS 5.0, V7.4.1.
"""

from accounts import grants, jwt_checked_scheme, jwt_scheme, token_views
from accounts.models import Grant, Session
from project.lab.experiments.kit.laboratory import SCHEMES
from project.lab.experiments.kit.statement import DEPENDS, FAILS, Statement
from project.lab.mounts.simplejwt import kept_of

STATEMENTS = [
    Statement(
        31,
        "One token, or all of one grant, can be revoked.",
        expected=DEPENDS,
        because="A client can have a token revoked, and the server may end the whole grant with it (RFC 7009 section "
        "2.1). What that ends at once depends on who looks: a server that checks the signature alone accepts the "
        "access tokens that are out until exp. Section 3 says what revocation costs: state and communication.",
        settled=["RFC 7009 section 2.1", "RFC 7009 section 3"],
    ),
    Statement(
        32,
        "There is no state anywhere with tokens.",
        expected=FAILS,
        because="Refreshing, rotating, revoking, listing one’s sign-ins: each needs a server that remembers something "
        "about tokens. RFC 9700 section 4.14.2 has it keep how refresh tokens belong together. The state is not gone: "
        "it has moved from every request to the few that refresh and revoke.",
        settled=["RFC 7009 section 3", "RFC 9700 section 4.14.2"],
    ),
    Statement(
        33,
        "Trade-offs of tokens are operational only.",
        expected=FAILS,
        because="Whether a stolen credential can be ended now is a matter of security, not of operation. A token that "
        "is checked without asking anybody cannot be ended before exp, and RFC 7009 section 5 says that this belongs "
        "into the risk analysis. OWASP demands that nothing works any more after logout.",
        settled=["RFC 7009 section 5", "OWASP ASVS 5.0 V7.4.1"],
    ),
]
NEXT_QUESTION = (
    "Give a token away on /accounts/delegate/, end it on /accounts/security/, and send it with curl to /api/jwt/cart/ "
    "and to /api/jwt-checked/cart/. Which of them knows of it, and what does that cost?"
)
DECIDED_BY = [token_views.Revoke, grants.live, grants.end, jwt_scheme.Jwt, jwt_checked_scheme.CheckedJwt]


PART = {"scope": "cart:read"}


def run(lab):
    account, another = lab.account(), lab.account("another")

    lab.step("The phone is lost: its owner ends its sign-in from the laptop")
    for mount in ("session", "session-file", "jwt", "jwt-checked", "simplejwt"):
        phone, laptop = (lab.client(device, mount).log_in(account) for device in ("phone", "laptop"))
        app = third_party(lab, phone) if mount.startswith("jwt") else None
        listed = laptop.get("sign-ins/")  # 409 where the server cannot tell whose a sign-in is
        for row in listed.body if listed.status == 200 else []:
            if row["label"].startswith("phone"):
                laptop.delete(f"sign-ins/{row['id']}/")
        answer = phone.get("me/")
        lab.case(31, f"{mount}: a whole sign-in", answer.status == 401, told(answer))
        if app:
            answer, refreshed = app.get("cart/"), phone.refresh().status
            lab.case(31, f"{mount}: what it gave away", answer.status == 401, told(answer))
            lab.case(
                31, f"{mount}: its refresh token", refreshed == 401, f"{refreshed}; a refresh looks the grant up anyway"
            )
        laptop.get("me/", what="the other sign-in goes on")

    lab.step("One token: the owner revokes the one that a third party was given for the cart")
    whole = lab.client("owner", "session").log_in(account)
    whole.post("delegate/", PART, what="a session gives no parts away, so there is none to revoke")
    for mount in ("jwt", "jwt-checked"):
        owner = lab.client("owner", mount).log_in(account)
        app = third_party(lab, owner)
        before = app.get("cart/")
        owner.post("revoke/", {"token": app.credential})
        after = app.get("cart/")
        lab.case(31, f"{mount}: one token", (before.status, after.status) == (200, 401), told(after))
        owner.get("cart/", what="the owner's own token goes on")

    lab.step("Looking for the state: which rows of this user are on the server?")
    lab.client("owner", "session").log_in(another)
    lab.note("After a login by session, session rows:", Session.objects.filter(user_id=another.id).count())
    lab.client("owner", "simplejwt").log_in(another)
    kept = kept_of([another.id]).count()
    lab.case(32, "simplejwt: a login", not kept, f"rows of refresh tokens that were issued to the user: {kept}")
    rows, owner = Grant.objects.filter(user_id=another.id), lab.client("owner", "jwt").log_in(another)
    lab.case(32, "a login", not rows.count(), f"grant rows of the user: {rows.count()}")
    owner.refresh()
    noted = rows.filter(generation__gt=0).count()
    lab.case(32, "a refresh", not noted, f"rows that note which refresh token is good now: {noted}")
    owner.post("revoke/", {"token": owner.refresh_token})
    noted = rows.filter(revoked__isnull=False).count()
    lab.case(32, "a revocation", not noted, f"rows that note what was revoked: {noted}")
    lab.note("The client keeps both tokens, in characters:", len(owner.access) + len(owner.refresh_token))

    lab.step('"Log me out everywhere, now": can any scheme do it and look nothing up?')
    for mount in (*SCHEMES, "session-signed_cookies"):
        owner = lab.client("owner", mount).log_in(account)
        thief = owner.copy("thief")
        owner.log_out()
        answer = thief.get("me/")
        checked = [name for name in answer.lookups if name != "user row"]
        lab.case(33, mount, answer.status == 401 and not checked, told(answer))


def third_party(lab, client):
    """Return a client with a token of its own, for a part of what the other may do."""
    app = lab.client("third party", client.mount)
    app.keep(client.post("delegate/", PART).body)
    return app


def told(answer):
    """Return what was answered, and what was looked up for that."""
    return f"{answer.status}, having looked up: {', '.join(answer.lookups) or 'nothing'}"
