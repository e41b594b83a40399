"""What must the server look up to know who is calling, and what does each request carry for that?

Source: RFC 7519 section 1 (compact, for HTTP Authorization headers); RFC 6265 section 6.1 (4096 bytes for a cookie);
RFC 9068 section 4 (what to check in an access token); Django documentation, "How to use sessions", section "Configuring
the session engine". What is looked up, the recorder tells.
"""

from accounts import jwt_auth, jwt_checked_auth, session_auth, tokens
from project.lab.experiments.laboratory import STORES

STATEMENTS = {
    7: "Every session request makes the server look up the session.",
    8: "Checking a token needs no lookup.",
    9: "The stateless server does not know who is calling.",
    10: "A token is compact.",
}
DECIDED_BY = [session_auth.Authentication, jwt_auth.Authentication, jwt_checked_auth.Authentication, tokens.verify]

OF_THE_SESSION = {"session row", "cached session", "session file"}
ROOM = 4096  # bytes that a browser must have for a cookie, and that this shop allows a token


def run(lab):
    owner, friend = lab.account(), lab.account("friend")
    clients = {}

    for store in STORES:
        lab.step(f"The owner asks who they are. Sessions, store: {store}")
        clients[store] = lab.client("owner", f"session-{store}").log_in(owner)
        known = clients[store].get("me/")
        looked_up = known.status == 200 and OF_THE_SESSION & set(known.lookups)
        lab.case(7, f"store {store}", looked_up, tell(known))

    for door in ("jwt", "jwt-checked"):
        lab.step(f"The same with a token. Door: {door}")
        clients[door] = lab.client("owner", door).log_in(owner)
        known = clients[door].get("me/")
        how = "signature and claims alone" if door == "jwt" else "also whether its grant lives, and its user"
        lab.case(8, f"{door}: {how}", known.status == 200 and not known.lookups, tell(known))

    clients["friend"] = lab.client("friend", "jwt").log_in(friend)
    clients["friend, signed_cookies"] = lab.client("friend", "session-signed_cookies").log_in(friend)
    pairs = {"jwt": ("jwt", "friend"), "session-signed_cookies": ("signed_cookies", "friend, signed_cookies")}
    for door, (one, other) in pairs.items():
        lab.step(f"Two customers in turn at a server that keeps nothing about them. Door: {door}")
        for name, account in ((one, owner), (other, friend), (one, owner)):
            known = clients[name].get("me/")
            right = known.status == 200 and (known.body["id"], known.body["username"]) == (account.id, account.username)
            who = known.body["username"] if known.status == 200 else "nobody"
            condition = f"{door}: {clients[name].who} calls with the credential"
            lab.case(9, condition, not right, f"the server says it is {who}; {tell(known)}")
        without = lab.client("owner", door).get("me/")
        lab.note("Without it, who is calling? What the server knew it does not remember:", without.status)

    lab.step("What do they send with each request? A cookie with an id, a cookie with content, tokens")
    given = {"scope": "cart:read", "expires_in": 60, "label": "third party"}
    clients["delegated"] = lab.client("third party", "jwt")
    clients["delegated"].credential = clients["jwt"].post("delegate/", given).body.get("access")
    clients["rs256"] = lab.client("owner", "jwt")
    clients["rs256"].credential = lab.token(owner, lab.key("RS256"))
    with_id = bytes_sent(clients["db"].get("cart/"))
    lab.note("Bytes of a session id:", with_id)
    lab.note("Bytes of a session that is in the cookie itself:", bytes_sent(clients["signed_cookies"].get("cart/")))
    for name, kind in (("jwt", "login"), ("delegated", "one right, for a third party"), ("rs256", "signed by RS256")):
        answer = clients[name].get("cart/")
        known, size = answer.status == 200, bytes_sent(answer)
        lab.case(10, f"{kind}: at most {ROOM} bytes, as a cookie", known and size <= ROOM, f"{size} bytes")
        seen = f"{size} bytes, where a session id has {with_id}"
        lab.case(10, f"{kind}: no longer than a session id", known and size <= with_id, seen)


def tell(answer):
    """Return what an answer cost to authenticate."""
    looked_up = " and ".join(answer.lookups) or "nothing"
    return f"{answer.status}; looked up: {looked_up}; SQL statements: {answer.trace['statements']['authenticating']}"


def bytes_sent(answer):
    """Return the size of the credential that a request came with, as the server counted it."""
    return answer.trace["bytes"]["credential"]
