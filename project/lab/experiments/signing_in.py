"""Who keeps what after a login?

Source: RFC 6265 sections 8.4 to 8.6 (session identifiers; what cookies do and do not isolate); Django
documentation, "How to use sessions", section "Using cookie-based sessions".
"""

import json
import re
import zlib

from requests import Request
from requests.cookies import get_cookie_header

from accounts import grants, jwt_auth, session_auth
from accounts.models import Grant, Session
from project.lab.experiments.by_hand import claims_of, decode
from project.lab.experiments.laboratory import STORES

STATEMENTS = {
    3: "A session login makes the server create a record and hands the client only its id.",
    4: "The content of the session cookie is encrypted so that other sites cannot read it.",
    5: "A token login leaves nothing on the server.",
    6: "The client keeps the token, the server keeps the session.",
}
DECIDED_BY = [session_auth.sign_in, Session, jwt_auth.sign_in, grants.open_grant, Grant]


def run(lab):
    account = lab.account()
    about_me = {"id": account.id, "username": account.username, "role": "customer"}

    lab.step("A login by session. What is new on the server, what does the client hold?")
    before = list(keys(account))
    owner = lab.client("owner", "session")
    login = owner.post("login/", {"username": account.username, "password": account.password})
    new = [key for key in keys(account) if key not in before]
    lab.case(3, "the server's side", len(new) == 1, f"session rows of this account: {len(before)}, then {len(new)}")
    same = new == [owner.credential]
    lab.case(3, "the cookie", same, f"{str(owner.credential)[:4]}… is {'' if same else 'not '}the key of the new row")
    names = {line.partition("=")[0] for line in login.cookies}
    tells = login.body != {"user": about_me} or any(account.username in line for line in login.cookies)
    seen = f"cookies {', '.join(sorted(names))}; a csrftoken proves which page sent a write, not who you are"
    lab.case(3, "all else that the client got", names == {"csrftoken", "sessionid"} and not tells, seen)

    lab.step("To which addresses does the client send that cookie? Nothing is encrypted; its scope keeps others out")
    other_port = re.sub(r"(:\d+)?$", ":9", lab.url, count=1)
    for where, url in (("the shop", lab.url), ("another site", "http://other.invalid"), ("another port", other_port)):
        sent = get_cookie_header(owner.http.cookies, Request("GET", f"{url}/").prepare()) or ""
        lab.note(f"Sent to {where}:", "sessionid" in sent)

    for store in STORES:
        lab.step(f"What can be read in the session cookie without a key? Store: {store}")
        cookie = lab.client("owner", f"session-{store}").log_in(account).credential or ""
        bare_id, inside = re.fullmatch("[a-z0-9]{32}", cookie), read(cookie)
        in_clear = bare_id or inside.get("_auth_user_id") == str(account.id)
        seen = "an id of 32 random letters and digits" if bare_id else f"read without a key: {', '.join(inside)}"
        lab.case(4, f"store {store}", not in_clear, seen)

    lab.step("A login by token, with a refresh token that can be revoked")
    before = rows(Grant, account)
    user = lab.client("owner", "jwt").log_in(account)
    left = rows(Grant, account) - before
    known, says = user.get("me/"), claims_of(user.access)["name"]
    lab.case(5, "access and refresh token", left == 0, f"grant rows left by the login: {left}")
    seen = f"the token says {says}, and the server keeps {left} grant row too"
    lab.case(6, "access and refresh token", left == 0 and known.status == 200, seen)

    lab.step("An access token alone, as a shop without refresh and logout would hand it out")
    before = rows(Grant, account) + rows(Session, account)
    bearer = lab.client("owner", "jwt")
    bearer.credential = lab.token(account)
    known, left = bearer.get("me/"), rows(Grant, account) + rows(Session, account) - before
    seen = f"{known.status}, rows on the server: {left}"
    lab.case(5, "access token alone", known.status == 200 and left == 0, seen)
    lab.case(6, "access token alone", known.status == 200 and left == 0, seen)

    for store in ("db", "signed_cookies"):
        lab.step(f"A login by session. Who keeps it? Store: {store}")
        before = rows(Session, account)
        owner = lab.client("owner", f"session-{store}").log_in(account)
        known, left = owner.get("me/"), rows(Session, account) - before
        inside = read(owner.credential or "")
        seen = f"{known.status}; rows on the server: {left}; in the client's cookie: {', '.join(inside) or 'an id'}"
        lab.case(6, f"session, store {store}", known.status == 200 and left == 1 and not inside, seen)
        lab.note("Looked up at the next request:", ", ".join(known.lookups))


def keys(account):
    return Session.objects.filter(user_id=account.id).values_list("session_key", flat=True)


def rows(model, account):
    """Return how many rows the server keeps of an account's own sessions or grants."""
    return model.objects.filter(user_id=account.id).count()


def read(cookie):
    """Return what anyone can read in a session cookie: base64url, and zlib behind a dot. In an id there is nothing."""
    content = cookie.partition(":")[0]
    try:
        return json.loads(zlib.decompress(decode(content[1:])) if content.startswith(".") else decode(content))
    except (ValueError, zlib.error):
        return {}
