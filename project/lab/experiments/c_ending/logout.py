"""What does logging out end?

Source: Django documentation, "How to use sessions", section "Using cookie-based sessions"; RFC 6265 sections 4.1.2.2
and 5.3 (Max-Age, session cookies); OWASP ASVS 5.0, V7.4.1.
"""

from accounts import jwt_scheme, session_scheme
from accounts.schemes import scheme_named
from project.lab.experiments.kit.laboratory import SCHEMES, STORES
from project.lab.experiments.kit.statement import DEPENDS, HOLDS, Statement

STATEMENTS = [
    Statement(
        27,
        "Session logout deletes the record, so the old id is dead.",
        expected=DEPENDS,
        because="Where the server keeps a record, logout deletes it, and the id leads nowhere. With signed cookies "
        "there is none: Django’s documentation says that logging out does not invalidate such a session, so a copied "
        "cookie works until it is too old.",
        settled=["Django documentation, How to use sessions, Using cookie-based sessions", "OWASP ASVS 5.0 V7.4.1"],
    ),
    Statement(
        28,
        "The server also tells the browser to drop the cookie.",
        expected=HOLDS,
        because="A server deletes a cookie by setting it once more with an end in the past (RFC 6265 section 4.1.2). "
        "Django does it with Max-Age=0, which a browser takes for the earliest date there is (section 5.2.2). It "
        "reaches the browser that logs out, and no copy elsewhere.",
        settled=["RFC 6265 section 4.1.2", "RFC 6265 section 5.2.2"],
    ),
    Statement(
        29,
        "Logging out with tokens is deleting the local copy.",
        expected=DEPENDS,
        because="Deleting a token makes its own client forget, and nothing else: a copy works until exp. To end the "
        "copy too, the server must keep something: OWASP ASVS 5.0 V7.4.1 names a list of ended tokens, a date per "
        "user before which none counts, and a key per user. The scheme jwt-checked of this shop looks the grant up.",
        settled=["OWASP ASVS 5.0 V7.4.1"],
    ),
    Statement(
        30,
        "Closing the browser leaves you logged in.",
        expected=DEPENDS,
        because="A cookie with Max-Age or Expires is kept; one with neither goes when the browser takes its session "
        "to be over (RFC 6265 section 5.3). Some browsers bring such cookies back with the last tabs, as Django’s "
        "documentation warns. A token survives in a file or in localStorage, and not in a page’s memory.",
        settled=[
            "RFC 6265 section 4.1.2.2",
            "RFC 6265 section 5.3",
            "Django documentation, How to use sessions, Browser-length sessions vs. persistent sessions",
        ],
    ),
]
NEXT_QUESTION = (
    "Copy the value of the cookie sessionid from the developer tools, log out, and send it with curl -b to "
    "/api/session/me/. Start the demo with SESSION_STORE=signed_cookies and do it again: what is answered now, and "
    "what would the server have to remember to change that?"
)
DECIDED_BY = [session_scheme.CookieSession.sign_out, jwt_scheme.Jwt.sign_out, jwt_scheme.Jwt.authenticate]


def run(lab):
    account = lab.account()

    lab.step("Both owners log out; a thief has a copy of what each of them had")
    end_session(lab, account, "db")
    end_token(lab, account, "jwt")

    lab.step("The same with sessions in other stores, and under all other token schemes")
    for store in STORES[1:]:
        end_session(lab, account, store)
    for mount in SCHEMES:
        if scheme_named(mount).side == "token" and mount != "jwt":
            end_token(lab, account, mount)

    lab.step("They log in, close the browser and open it again")
    for mount, cookie in (("session", "with Max-Age"), ("session-until_closed", "without Max-Age")):
        owner = lab.client("owner", mount).log_in(account)
        owner.close_browser()
        lab.note("The browser has been closed, and forgets cookies without Max-Age.")
        back = owner.get("me/").status
        lab.case(30, f"a cookie {cookie}", back == 200, f"the browser is answered {back}")
    owner = lab.client("owner", "jwt").log_in(account)
    saved, owner.credential = owner.credential, None
    lab.note("A token in the page's memory is gone with the page; without it:", owner.get("me/").status)
    owner.credential = saved
    lab.note("One in a file, or in localStorage, is read from there again:", owner.get("me/").status)


def end_session(lab, account, store):
    """Log out of a session in one store and see what the cookie is still worth."""
    owner = lab.client("owner", f"session-{store}").log_in(account)
    thief = owner.copy("thief")
    left = owner.post("logout/")
    replayed = thief.get("me/").status
    lab.case(27, f"store {store}", replayed == 401, f"the old cookie is answered {replayed}")
    dropped = [line for line in left.cookies if line.startswith("sessionid=") and "Max-Age=0" in line]
    lab.case(28, f"store {store}", dropped, f"Set-Cookie: {(dropped or ['none'])[0]}")


def end_token(lab, account, mount):
    """Forget a token, then really log out, and see what a copy is still worth."""
    owner = lab.client("owner", mount).log_in(account)
    thief = owner.copy("thief")
    kept, owner.credential = owner.credential, None
    lab.note("The owner deletes their copy.")
    mine, copied = owner.get("me/").status, thief.get("me/").status
    lab.case(29, f"{mount}: for the owner", mine == 401, f"the copy is deleted; the owner is answered {mine}")
    lab.case(29, f"{mount}: for a thief", copied == 401, f"the other copy is answered {copied}")
    owner.credential = kept
    owner.log_out()
    scheme = scheme_named(mount)
    copies = {scheme.credential: thief.get("me/").status}
    if scheme.refreshes:
        copies["refresh token"] = thief.refresh().status
    for what, after in copies.items():
        did = "the server did no more than that" if after == 200 else "the server did more"
        seen = f"a copy {'still gets' if after == 200 else 'gets'} {after}: {did}"
        lab.case(29, f"{mount}: {what}, logged out at the server", after == 200, seen)
