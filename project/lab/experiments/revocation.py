"""Can a token be called back before it expires, and what does that cost?

Source: RFC 7009 sections 1 and 3 (revocation; self-contained tokens need a way to tell whoever checks them); OWASP
ASVS 5.0, V7.4.1.
"""

from accounts import grants, jwt_auth, jwt_checked_auth, views
from accounts.keys import keyring
from accounts.models import Grant, Session

STATEMENTS = {
    31: "One token, or all of one grant, can be revoked.",
    32: "There is no state anywhere with tokens.",
    33: "Trade-offs of tokens are operational only.",
}
DECIDED_BY = [views.Revoke, grants.live, grants.end, jwt_auth.Authentication, jwt_checked_auth.Authentication]


def run(lab):
    account = lab.account()

    for door in ("session", "session-file", "jwt", "jwt-checked"):
        lab.step(f"The phone is lost: its owner ends its sign-in from the laptop. Door: {door}")
        phone, laptop = (lab.client(device, door).log_in(account) for device in ("phone", "laptop"))
        app = None if door.startswith("session") else third_party(lab, phone)
        listed = laptop.get("sign-ins/")  # 409 from a store that cannot tell whose a session is
        for row in listed.body if listed.status == 200 else []:
            if row["label"].startswith("phone"):
                laptop.delete(f"sign-ins/{row['id']}/")
        answer = phone.get("me/")
        lab.case(31, f"{door}: a whole sign-in", answer.status == 401, told(answer))
        if app:
            answer, bought = app.get("cart/"), phone.buy().status
            lab.case(31, f"{door}: what it gave away", answer.status == 401, told(answer))
            lab.case(31, f"{door}: its refresh token", bought == 401, f"{bought}; a refresh looks the grant up anyway")
        lab.note("The laptop goes on:", laptop.get("me/").status)

    for door in ("jwt", "jwt-checked"):
        lab.step(f"One token: a third party got one for the cart, and is to have it no more. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        app = third_party(lab, owner)
        before = app.get("cart/")
        owner.post("revoke/", {"token": app.credential})
        after = app.get("cart/")
        lab.case(31, f"{door}: one token", (before.status, after.status) == (200, 401), told(after))
        lab.note("Its owner goes on:", owner.get("cart/").status)

    lab.step("Looking for the state: what stays on the server")
    another = lab.account("another")
    rows = Grant.objects.filter(user_id=another.id)
    owner = lab.client("owner", "jwt")
    owner.credential = lab.token(another)
    status, kept, keys = owner.get("me/").status, rows.count(), len(keyring().by_kid)
    lab.case(32, "an access token alone", not kept and not keys, f"{status}; rows kept: {kept}, keys kept: {keys}")
    owner.credential = None
    owner.log_in(another)
    lab.case(32, "a login", not rows.count(), f"grant rows of the user: {rows.count()}")
    owner.buy()
    noted = rows.filter(generation__gt=0).count()
    lab.case(32, "a refresh", not noted, f"rows that note which refresh token is good now: {noted}")
    owner.post("revoke/", {"token": owner.refresh})
    noted = rows.filter(revoked__isnull=False).count()
    lab.case(32, "a revocation", not noted, f"rows that note what was revoked: {noted}")
    lab.note("The client keeps both tokens, in characters:", len(owner.access) + len(owner.refresh))
    lab.client("owner", "session").log_in(another)
    lab.note(
        "Beside it, a session login: session rows of the user:", Session.objects.filter(user_id=another.id).count()
    )

    for door in ("jwt", "jwt-checked", "session-signed_cookies", "session"):
        lab.step(f'"Log me out everywhere, now": can any door do it and look nothing up? Door: {door}')
        owner = lab.client("owner", door).log_in(account)
        thief = owner.copy("thief")
        owner.post("logout/")
        answer = thief.get("me/")
        checked = [name for name in answer.lookups if name != "user row"]
        lab.case(33, door, answer.status == 401 and not checked, told(answer))


def third_party(lab, client):
    """Return a client with a token of its own, for a part of what the other may do."""
    app = lab.client("third party", client.door)
    app.keep(client.post("delegate/", {"scope": "cart:read"}).body)
    return app


def told(answer):
    """Return what a door answered, and what it had to look up for that."""
    return f"{answer.status}, having looked up: {', '.join(answer.lookups) or 'nothing'}"
