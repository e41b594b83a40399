"""The session behind the cookie that a request came with: the row, and the data in it, decoded."""

import json
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil

from accounts.models import Session
from accounts.session_stores.db import UserSessionMixin

ROW = {  # column -> what it is
    "session_key": "The value of your cookie. Anyone who has it is you.",
    "session_data": "Signed text, in three parts like a token. It never leaves the server.",
    "expire_date": "When it ends if you do not come back. Moves on with use.",
    "user": "Who you are. Needed to end all sessions of a user at once.",
    "sign_in": "The id of the row where its key must not be shown.",
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


def own_session(request):
    """Return what the server keeps behind the cookie of this request, secrets shortened."""
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
