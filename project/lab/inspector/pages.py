"""Two inspectors: what is in a token and what the server checks of it; what is in the row behind your own cookie."""

import json
from datetime import datetime

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil
from django.views.decorators.http import require_http_methods, require_POST

from accounts import tokens
from accounts.models import Session
from accounts.pages import DEMO_CUSTOMERS
from accounts.session_stores.db import UserSessionMixin

# The checks of `tokens.verify`, in its order -> what must be so, and what it is good for.
CHECKS = {
    "length": f"At most {tokens.MAX_LENGTH} characters.",
    "three parts": "Of base64url, with dots between.",
    "header": "A JSON object, no key twice.",
    "its members": "typ, alg, kid alone: jku could bring a key.",
    "typ": f"{tokens.TYPE}: made to be an access token.",
    "kid": "Names a key that the shop has.",
    "alg": "The key’s own. Else “none” would do.",
    "signature": "Of this key, over header and payload.",
    "payload": "JSON too. Read only once the signature is right.",
    "iss": "This shop made it.",
    "aud": "It is meant for this API.",
    "sub": "A user’s number. Not looked up.",
    "iat": "Not made in the future.",
    "exp": "A time, in seconds since 1970.",
    "jti": "The token’s own name.",
    "sid": "A sign-in. Not looked up: it may have ended.",
    "name": "A username. Not looked up.",
    "role": "Believed, even if it has changed since.",
    "scope": "Rights that the shop knows.",
    "not expired": "exp is still to come.",
    "not before": "nbf, where there is one, has come.",
}
ROW = {  # column -> what it is
    "session_key": "The value of your cookie. Whoever has it is you.",
    "session_data": "Signed text, in three parts like a token. It never leaves the server.",
    "expire_date": "When it ends if you do not come back. Moves on with use.",
    "user": "Who you are: for ending all sessions of a user at once.",
    "sign_in": "The row’s name where its key must not be shown.",
    "label": "What your browser calls itself.",
    "created": "When you logged in.",
    "renewed": "When its end was last moved.",
}
DATA = {  # key in the decoded data -> what it is
    "_auth_user_id": "Who you are. The user’s row is read at each request.",
    "_auth_user_backend": "What checked your password.",
    "_auth_user_hash": "A keyed hash of your password’s hash. A new password ends the session.",
    "sign_in": "This sign-in: for the columns beside the data.",
}
STORES = {  # SESSION_STORE -> where the data is, when there is no row
    "cache": "in the cache: no row, and no list of a user’s sessions.",
    "file": "in a file for each: no row, and no list of a user’s sessions.",
    "signed_cookies": "in your cookie itself, signed: there is no row, and logging out ends no copy of the cookie.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """Show both inspectors. A POST brings a token from a browser without JavaScript."""
    token = request.POST.get("token", "")
    checks = inspect(token)
    context = {
        "token": token,
        "checks": [{**check, "good_for": CHECKS[check["name"]]} for check in checks],
        **verdict(checks),
        "session": own_session(request) if request.user.is_authenticated else None,
        # Their password is no secret: the login page shows it.
        "demo_accounts": [] if settings.PRODUCTION else DEMO_CUSTOMERS,
        "demo_password": settings.DEMO_PASSWORD,
    }
    return render(request, "lab/inspector/inspector.html", context)


@require_POST
def check(request):
    """Answer what each check of the server says of a token: JSON {"token"} in, {"checks", "result", "verdict"} out."""
    try:
        token = json.loads(request.body)["token"]
    except (ValueError, RecursionError, LookupError, TypeError):
        token = None
    if not isinstance(token, str):
        return JsonResponse({"detail": 'Send JSON: {"token": "…"}.', "code": "invalid"}, status=400)
    checks = inspect(token)
    return JsonResponse({"checks": checks, **verdict(checks)})


def inspect(token):
    """Return what each check of the server says: [{"name", "result": "pass", "fail" or "not reached", "reason"}].

    The token is taken as the API takes it from the header Authorization, where blanks around it do not count.
    """
    failed, reason, reached = None, "", token.strip(" ") != ""
    if reached:
        try:
            tokens.verify(token.strip(" "))
        except tokens.InvalidToken as error:
            failed, reason = error.check, error.reason
    checks = []
    for name in CHECKS:
        result = "not reached" if not reached else "fail" if name == failed else "pass"
        reached = reached and name != failed
        checks.append({"name": name, "result": result, "reason": reason if name == failed else ""})
    return checks


def verdict(checks):
    """Return what comes of the checks, as a result and in a sentence."""
    for number, check in enumerate(checks, 1):
        if check["result"] == "fail":
            refused = f"Refused at check {number} of {len(checks)}, {check['name']}: {check['reason']}."
            return {"result": "fail", "verdict": refused}
    if checks[-1]["result"] == "pass":
        return {"result": "pass", "verdict": f"Valid: all {len(checks)} checks pass."}
    return {"result": "not reached", "verdict": "There is no token yet."}


def own_session(request):
    """Return what the server keeps behind the cookie that this request came with, secrets shortened."""
    kept = {
        "key": "" if settings.SESSION_ENGINE.endswith("signed_cookies") else shortened(request.session.session_key),
        "data": [about(name, value, DATA) for name, value in request.session.items()],
        "cookie": settings.SESSION_COOKIE_NAME,
        "row": [],
    }
    if not isinstance(request.session, UserSessionMixin):
        kept["instead"] = STORES[settings.SESSION_ENGINE.rpartition(".")[2]]
    elif row := Session.objects.filter(session_key=request.session.session_key).first():
        kept["row"] = [about(field.name, field.value_from_object(row), ROW) for field in row._meta.concrete_fields]
    else:
        kept["instead"] = "in rows, and yours has just been deleted."
    return kept


def about(name, value, notes):
    """Return one line of a table: a name, its value as text and as what it is, a note."""
    if name in ("session_key", "_auth_user_hash"):
        value = shortened(value)
    parts = [shortened(part) for part in value.split(":")] if name == "session_data" else []
    return {"name": name, "value": "" if parts else as_text(value), "parts": parts, "note": notes.get(name, "")}


def as_text(value):
    if isinstance(value, datetime):
        distance = f"in {timeuntil(value)}" if value > timezone.now() else f"{timesince(value)} ago"
        return f"{value:%Y-%m-%d %H:%M:%S} UTC, {distance}"
    if isinstance(value, dict | list):
        return visible(json.dumps(value, indent=2, ensure_ascii=False, default=str))
    return visible(str(value))


def shortened(secret):
    """Return enough of a secret to recognise it by, and how long it is."""
    return f"{secret[:4]}… ({len(secret)} characters)"


def visible(text):
    """Return a text in which what cannot be seen is written out: a label may try to turn the line around."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else sign.encode("unicode_escape").decode() for sign in text
    )


urls = [
    path("inspector/", page, name="inspector"),
    path("inspector/check/", check, name="inspector-check"),
]
