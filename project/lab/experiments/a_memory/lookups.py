"""What must the server look up to know who is calling, and what does each request carry for that?

Source: RFC 7519 section 1 (compact, for HTTP Authorization headers); RFC 6265 section 6.1 (4096 bytes for a cookie);
RFC 9068 section 4 (what to check in an access token); Django documentation, "How to use sessions", section "Configuring
the session engine". What is looked up, the recorder tells.
"""

from accounts import jwt_checked_scheme, jwt_scheme, session_scheme, tokens
from accounts.schemes import schemes
from project.lab.experiments.kit.laboratory import STORES
from project.lab.experiments.kit.statement import DEPENDS, FAILS, Statement

STATEMENTS = [
    Statement(
        7,
        "Every session request makes the server look up the session.",
        expected=DEPENDS,
        because="An id says nothing by itself, so the server asks wherever the session is kept: a table, a cache or a "
        "file. The store of signed cookies asks nobody, as the data comes with the request. The user’s row is read "
        "with every store, because Django wants to know whether the account is still open and its password the same.",
        settled=["Django documentation, How to use sessions, Configuring the session engine"],
    ),
    Statement(
        8,
        "Checking a token needs no lookup.",
        expected=DEPENDS,
        because="To check the signature and to read the claims takes a key and a clock, and no database. But many "
        "authenticators load the user afterwards, and a server that wants to know whether the sign-in has ended must "
        "look it up. RFC 7009 section 3 names both designs: self-contained tokens, and handles that are looked up "
        "each time.",
        settled=["RFC 7009 section 3", "RFC 6749 section 1.4"],
    ),
    Statement(
        9,
        "The stateless server does not know who is calling.",
        expected=FAILS,
        because="Stateless means that the server keeps nothing between two requests, not that it knows nothing during "
        "one. A token tells it anew each time who is calling, in claims such as sub, and a signed cookie does the "
        "same; the signature is why it trusts them.",
        settled=["RFC 7519 section 4.1.2"],
    ),
    Statement(
        10,
        "A token is compact.",
        expected=DEPENDS,
        because="Compact is what a JWT aims to be: its names are short, and it fits into a header and, as long as it "
        "is no larger than browsers must take, into a cookie (RFC 6265 section 6.1). But it carries all its claims "
        "and the signature with every request, and grows with each claim; a session’s id only names what the server "
        "keeps. A session in a signed cookie carries its data as well.",
        settled=["RFC 7519 section 1", "RFC 7519 section 4.1", "RFC 6265 section 6.1"],
    ),
]
NEXT_QUESTION = (
    "Start the demo with SESSION_STORE=cache, log in, and start it again: who is still logged in? Do the same with "
    "signed_cookies and with a token, and say what was given up for the faster lookup."
)
DECIDED_BY = [
    session_scheme.CookieSession,
    jwt_scheme.Jwt,
    jwt_checked_scheme.CheckedJwt,
    tokens.verify,
]

HOW = {  # what is checked, under each token scheme; of one that is not named here, what it says about itself
    "jwt": "signature and claims alone",
    "jwt-checked": "also whether its grant lives, and its user",
    "jwt-cookie": "the same token as at jwt, in a cookie",
    "opaque": "a random token, of which the server keeps a hash",
    "simplejwt": "the library as tutorials use it",
}
OF_THE_SESSION = {"session row", "cached session", "session file"}
ROOM = 4096  # bytes that a browser must have for a cookie, and that this shop allows a token


def run(lab):
    owner, friend = lab.account(), lab.account("friend")

    lab.step("The owner asks who they are: with a session in each store, with a token under each token scheme")
    token_schemes = {scheme.name: scheme for scheme in schemes() if scheme.side == "token"}
    mounts = [*[f"session-{store}" for store in STORES], *token_schemes]
    clients = {mount: lab.client("owner", mount) for mount in mounts}
    for mount, client in clients.items():
        known = client.log_in(owner).get("me/")
        if mount not in token_schemes:
            looked_up = known.status == 200 and OF_THE_SESSION & set(known.lookups)
            lab.case(7, f"store {mount.removeprefix('session-')}", looked_up, tell(known))
        else:
            how = HOW.get(mount, token_schemes[mount].about)
            lab.case(8, f"{mount}: {how}", known.status == 200 and not known.lookups, tell(known))

    lab.step("Two customers in turn, where the server keeps nothing about them")
    for mount in ("session-signed_cookies", "jwt"):
        for client, account in ((clients[mount], owner), (lab.client("friend", mount).log_in(friend), friend)):
            known = client.get("me/", what=f"with the {client.who}'s credential")
            right = known.status == 200 and (known.body["id"], known.body["username"]) == (account.id, account.username)
            who = known.body["username"] if known.status == 200 else "nobody"
            lab.case(9, f"{mount}: the {client.who} calls", not right, f"the server says it is {who}; {tell(known)}")
        without = lab.client("owner", mount).get("me/", what="without it: what the server knew it does not remember")
        lab.note("Without a credential, who is calling?", without.body.get("username", "nobody"))

    lab.step("What do they send with each request? An id or a whole session in a cookie, and tokens")
    with_id = bytes_sent(clients["session-db"].get("cart/", what="a session's id"))
    lab.note("Bytes:", with_id)
    lab.note(
        "Bytes:", bytes_sent(clients["session-signed_cookies"].get("cart/", what="a session in the cookie itself"))
    )
    given = {"scope": "cart:read", "expires_in": 60, "label": "third party"}
    tokens_sent = {
        "login": clients["jwt"].credential,
        "one right, for a third party": clients["jwt"].post("delegate/", given).body.get("access"),
        "signed by RS256": lab.token(owner, lab.key("RS256")),
    }
    for kind, token in tokens_sent.items():
        client = lab.client("owner", "jwt")
        client.credential = token
        answer = client.get("cart/", what=f"a token: {kind}")
        known, size = answer.status == 200, bytes_sent(answer)
        lab.note("Bytes:", size)
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
