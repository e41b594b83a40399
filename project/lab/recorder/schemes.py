"""What can be said of each scheme's credential."""

from django.conf import settings

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
WORKED = {
    "jwt": "signature, time and claims of the token are right; nobody was asked who this is",
    "jwt-checked": "the token is right, and so are its grant and its user in the database",
}


def by_session(scheme):
    """Say whether a scheme is one of those that know their users by a session."""
    return scheme.startswith("session")


def store_of(scheme):
    """Return the name of the store in which one of the session schemes keeps what it knows."""
    store = scheme.partition("-")[2].replace("until_closed", "db")
    return store if store in SESSION_DATA else settings.SESSION_STORE


def session_says(scheme):
    return SESSION_DATA[store_of(scheme)][1]


def worked(scheme):
    """Return what was so when a credential got somebody in."""
    return SESSION_DATA[store_of(scheme)][0] if by_session(scheme) else WORKED[scheme]


def presented(request):
    """Return (scheme, kind, place, credential) of a request; scheme None at an address that is open to everyone.

    The credential is what it came with, read or not, and None where it came with nothing.
    """
    scheme = request.path.split("/")[2]
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token.strip(" ") if word.lower() == "bearer" else None
    kind = "signed session" if store_of(scheme) == "signed_cookies" else "session id"
    by_cookie = (kind, "cookie", cookie)
    by_header = ("access token", "header Authorization", bearer)
    if by_session(scheme):
        return scheme, *by_cookie
    if scheme in ("jwt", "jwt-checked"):
        return scheme, *by_header
    return None, *(by_header if bearer else by_cookie)
