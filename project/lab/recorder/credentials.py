"""What can be said of the credential that a request came with."""

import hashlib

from django.conf import settings

from accounts.schemes import scheme_named

# Where the data of a session are, by its store; and so what an id is worth.
BY_ID = "An id says nothing: the server looks up what it stands for."
SESSION_DATA = {
    "db": ("the session's row is there, and its user is active", BY_ID),
    "cached_db": ("the session is in the cache or the database, and its user is active", BY_ID),
    "cache": ("the session is in the cache, and its user is active", BY_ID),
    "file": ("the session's file is there, and its user is active", BY_ID),
    "signed_cookies": (
        "the cookie's signature is right, and its user is active",
        "The cookie holds the session itself, signed; the server keeps nothing.",
    ),
}


def scheme_of(request):
    """Return the scheme under which a request was made, None at an address that is open to everyone."""
    return scheme_named(request.path.split("/")[2])


def what_it_says(scheme):
    """Return what a credential says that says nothing of its user; "" for one that does."""
    store = getattr(scheme, "store", "")
    return SESSION_DATA[store][1] if store else scheme.says


def worked(scheme):
    """Return what was so when a credential was accepted."""
    store = getattr(scheme, "store", "")
    return SESSION_DATA[store][0] if store else scheme.accepted


def presented(request, scheme):
    """Return (kind, place, credential) of a request.

    The credential is what it came with, read or not, and None where it came with nothing.
    """
    if scheme:
        return scheme.credential, scheme.place, scheme.credential_of(request)
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    if word.lower() == "bearer" and token.strip(" "):
        return "access token", "header Authorization", token.strip(" ")
    return "session id", "cookie", request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def described(kind, place, credential, used):
    """Return how a credential looks from outside: kind, place, length, fingerprint; never the secret itself."""
    if not credential:
        return None
    fingerprint = hashlib.sha256(credential.encode(errors="replace")).hexdigest()[:8]
    return {"kind": kind, "from": place, "bytes": len(credential), "fingerprint": fingerprint, "used": used}
