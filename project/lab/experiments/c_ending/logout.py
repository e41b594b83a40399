"""What does logging out end?

Source: Django documentation, "How to use sessions", section "Using cookie-based sessions"; RFC 6265 sections 4.1.2.2
and 5.3 (Max-Age, session cookies); OWASP ASVS 5.0, V7.4.1.
"""

from accounts import jwt_scheme, session_scheme
from project.lab.experiments.kit.laboratory import STORES

STATEMENTS = {
    27: "Session logout deletes the record, so the old id is dead.",
    28: "The server also tells the browser to drop the cookie.",
    29: "Logging out with tokens is deleting the local copy.",
    30: "Closing the browser leaves you logged in.",
}
DECIDED_BY = [session_scheme.sign_out, jwt_scheme.sign_out, jwt_scheme.Authentication]


def run(lab):
    account = lab.account()

    lab.step("Both owners log out; a thief has a copy of what each of them had")
    end_session(lab, account, "db")
    end_token(lab, account, "jwt")

    lab.step("The same with sessions in other stores, and with tokens that are looked up")
    for store in STORES[1:]:
        end_session(lab, account, store)
    end_token(lab, account, "jwt-checked")

    lab.step("They log in, close the browser and open it again")
    for door, cookie in (("session", "with Max-Age"), ("session-until_closed", "without Max-Age")):
        owner = lab.client("owner", door).log_in(account)
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


def end_token(lab, account, door):
    """Forget a token, then really log out, and see what a copy is still worth."""
    owner = lab.client("owner", door).log_in(account)
    thief = owner.copy("thief")
    kept, owner.credential = owner.credential, None
    lab.note("The owner deletes their copy.")
    mine, copied = owner.get("me/").status, thief.get("me/").status
    lab.case(29, f"{door}: for the owner", mine == 401, f"the copy is deleted; the owner is answered {mine}")
    lab.case(29, f"{door}: for a thief", copied == 401, f"the other copy is answered {copied}")
    owner.credential = kept
    owner.post("logout/")
    for what, after in (("access token", thief.get("me/").status), ("refresh token", thief.buy().status)):
        did = "the server did no more than that" if after == 200 else "the server did more"
        seen = f"a copy {'still gets' if after == 200 else 'gets'} {after}: {did}"
        lab.case(29, f"{door}: {what}, logged out at the server", after == 200, seen)
