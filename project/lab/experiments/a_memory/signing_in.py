"""Who keeps what after a login?

Source: RFC 6265 sections 8.4 to 8.6 (session identifiers; what cookies do and do not isolate); Django
documentation, "How to use sessions", section "Using cookie-based sessions".
"""

import re
import zlib

from requests import Request
from requests.cookies import get_cookie_header

from accounts import grants, jwt_scheme, session_scheme
from accounts.models import Grant, Session
from project.lab.experiments.kit.by_hand import claims_of, session_in
from project.lab.experiments.kit.laboratory import STORES
from project.lab.experiments.kit.statement import DEPENDS, FAILS, HOLDS, Statement

STATEMENTS = [
    Statement(
        3,
        "A session login makes the server create a record and hands the client only its id.",
        expected=HOLDS,
        because="Django’s login writes a row into the session table and sends its key in a cookie; the body of the "
        "answer adds nothing that proves who you are. What the server knows of the sign-in stays in the row. Such a "
        "session identifier is useful only for asking this server (RFC 6265 section 8.4).",
        settled=["RFC 6265 section 8.4", "Django documentation, How to use sessions, Using database-backed sessions"],
    ),
    Statement(
        4,
        "The content of the session cookie is encrypted so that other sites cannot read it.",
        expected=FAILS,
        because="The cookie’s value is a random id in clear text: there is nothing in it to decrypt. Other sites do "
        "not get it because a browser sends a cookie only to the hosts it was set for (RFC 6265 section 5.4), not "
        "because it is hidden. Section 8.3 does advise to encrypt what one stores in a cookie, and section 8.5 warns "
        "that cookies are not kept apart by port or by scheme.",
        settled=["RFC 6265 section 5.4", "RFC 6265 section 8.3", "RFC 6265 section 8.4", "RFC 6265 section 8.5"],
    ),
    Statement(
        5,
        "A token login leaves nothing on the server.",
        expected=DEPENDS,
        because="An access token is signed and handed out, and the server need not keep it. A refresh token that can "
        "be revoked and can be used once needs memory: this shop keeps a row per sign-in, the grant, and no "
        "token in it. With rotation the server has to remember which refresh tokens belong together (RFC 9700 section "
        "4.14.2).",
        settled=["RFC 9700 section 4.14.2"],
    ),
    Statement(
        6,
        "The client keeps the token, the server keeps the session.",
        expected=DEPENDS,
        because="Mostly both sides keep something: a session’s cookie lies with the client, and a refresh token has a "
        "row behind it. An access token alone leaves nothing on the server. The store of signed cookies moves the "
        "session to the client too, signed but readable.",
        settled=["Django documentation, How to use sessions, Using cookie-based sessions"],
    ),
]
NEXT_QUESTION = (
    "On /lab/ log in as alice twice in both columns. How many rows does the server hold now for each scheme, and why "
    "is it not the same number?"
)
DECIDED_BY = [session_scheme.start_session, Session, jwt_scheme.Jwt.sign_in, grants.open_grant, Grant]


def run(lab):
    account = lab.account()
    about_me = {"id": account.id, "username": account.username, "role": "customer"}

    lab.step("They log in. What is new on the server, and what does the client hold?")
    owner, before = lab.client("owner", "session"), keys(account)
    login = owner.post("login/", {"username": account.username, "password": account.password})
    new = [key for key in keys(account) if key not in before]
    lab.case(3, "the server's side", len(new) == 1, f"session rows of this account: {len(before)}, then {len(new)}")
    same = new == [owner.credential]
    lab.case(3, "the cookie", same, f"{str(owner.credential)[:4]}… is {'' if same else 'not '}the key of the new row")
    names = {line.partition("=")[0] for line in login.cookies}
    tells = login.body != {"user": about_me} or any(account.username in line for line in login.cookies)
    seen = f"cookies {', '.join(sorted(names))}; a csrftoken proves which page sent a write, not who you are"
    lab.case(3, "all else that the client got", names == {"csrftoken", "sessionid"} and not tells, seen)
    keeps(lab, owner, account, "store db")
    owner = lab.client("owner", "jwt").log_in(account)
    left = Grant.objects.filter(user_id=account.id).count()
    lab.case(5, "access and refresh token", left == 0, f"grant rows left by the login: {left}")
    keeps(lab, owner, account, "access and refresh token")

    lab.step("The same where the server keeps nothing: a session in a signed cookie, an access token without refresh")
    account = lab.account()
    keeps(lab, lab.client("owner", "session-signed_cookies").log_in(account), account, "store signed_cookies")
    bearer = lab.client("owner", "jwt")
    bearer.credential = lab.token(account)
    status, left = keeps(lab, bearer, account, "access token alone")
    lab.case(5, "access token alone", (status, left) == (200, 0), f"{status}, grant rows: {left}")

    lab.step("What can anyone read in a session cookie, or in a token, without a key?")
    for store in STORES:
        cookie = lab.client("owner", f"session-{store}").log_in(account).credential or ""
        bare_id, inside = re.fullmatch("[a-z0-9]{32}", cookie), read(cookie)
        in_clear = bare_id or inside.get("_auth_user_id") == str(account.id)
        seen = "an id of 32 random letters and digits" if bare_id else f"read without a key: {', '.join(inside)}"
        lab.case(4, f"store {store}", not in_clear, seen)
        lab.note("In the cookie:", seen)
    token = lab.client("owner", "jwt").log_in(account).credential
    lab.note("In the token:", f"read without a key: {', '.join(claims_of(token))}")

    lab.step("To which addresses does a browser send the cookie? It is not encrypted; its scope keeps others out")
    owner, other_port = lab.client("owner", "session").log_in(account), re.sub(r"(:\d+)?$", ":9", lab.url, count=1)
    for where, url in (("the shop", lab.url), ("another site", "http://other.invalid"), ("another port", other_port)):
        sent = get_cookie_header(owner.http.cookies, Request("GET", f"{url}/").prepare()) or ""
        lab.note(f"Sent to {where}:", "sessionid" in sent)


def keys(account):
    return list(Session.objects.filter(user_id=account.id).values_list("session_key", flat=True))


def keeps(lab, owner, account, what):
    """Note who keeps what of a sign-in (statement 6); return what the owner is answered and how many rows there are."""
    status, by_session = owner.get("me/").status, owner.mount.startswith("session")
    rows = (Session if by_session else Grant).objects.filter(user_id=account.id).count()
    says = read(owner.credential or "") if by_session else claims_of(owner.credential)
    as_said = rows == 1 and not says if by_session else rows == 0
    seen = f"{status}; rows on the server: {rows}; with the client: {', '.join(says) or 'an id'}"
    lab.case(6, what, status == 200 and as_said, seen)
    return status, rows


def read(cookie):
    """Return what a session cookie says to anyone; an id says nothing."""
    try:
        return session_in(cookie)
    except (ValueError, zlib.error):
        return {}
