"""What does logging out end?

Source: Django documentation, "How to use sessions", section "Using cookie-based sessions"; RFC 6265 sections 4.1.2.2
and 5.3 (Max-Age, session cookies); OWASP ASVS 5.0, V7.4.1.
"""

from accounts import jwt_auth, session_auth
from project.lab.experiments.laboratory import STORES

STATEMENTS = {
    27: "Session logout deletes the record, so the old id is dead.",
    28: "The server also tells the browser to drop the cookie.",
    29: "Logging out with tokens is deleting the local copy.",
    30: "Closing the browser leaves you logged in.",
}
DECIDED_BY = [session_auth.sign_out, jwt_auth.sign_out, jwt_auth.Authentication]


def run(lab):
    account = lab.account()

    for store in STORES:
        lab.step(f"The owner logs out; a thief has a copy of the cookie. Store: {store}")
        owner = lab.client("owner", f"session-{store}").log_in(account)
        thief = owner.copy("thief")
        left = owner.post("logout/")
        replayed = thief.get("me/")
        lab.case(27, f"store {store}", replayed.status == 401, f"the old cookie is answered {replayed.status}")
        dropped = [line for line in left.cookies if line.startswith("sessionid=") and "Max-Age=0" in line]
        lab.case(28, f"store {store}", dropped, f"Set-Cookie: {(dropped or ['none'])[0]}")

    for door in ("jwt", "jwt-checked"):
        lab.step(f"The owner forgets the token, then logs out; a thief has a copy. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        thief = owner.copy("thief")
        kept, owner.credential = owner.credential, None
        forgotten, meanwhile = owner.get("me/"), thief.get("me/")
        lab.case(29, f"{door}: the owner", forgotten.status == 401, f"without the token, {forgotten.status}")
        lab.case(29, f"{door}: a copy", meanwhile.status == 401, f"deleting one leaves the other: {meanwhile.status}")
        owner.credential = kept
        owner.post("logout/")
        lab.note("A copy of the access token after a real logout, until exp:", thief.get("me/").status)
        lab.note("A copy of the refresh token after a real logout:", thief.buy().status)

    for door in ("session", "session-until_closed"):
        lab.step(f"The owner closes the browser and opens it again. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        owner.close_browser()
        back = owner.get("me/")
        lab.case(30, f"cookie {'with' if door == 'session' else 'without'} Max-Age", back.status == 200, back.status)

    lab.step("The same with a token: it lies where its client has put it")
    owner = lab.client("owner", "jwt").log_in(account)
    saved, owner.credential = owner.credential, None
    lab.case(30, "token in the page's memory", owner.get("me/").status == 200, "gone with the page")
    owner.credential = saved
    lab.case(30, "token in a file or in localStorage", owner.get("me/").status == 200, "still there")
