"""What a scheme is, and the list of all schemes.

A scheme is one way of authenticating the same endpoints. To add one: write a module with a class that does what
`Scheme` says, and add its dotted path to SCHEMES in project/settings.py. All the rest iterates over that list.
"""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException

from accounts import inputs, outputs

MOST_SHOWN = 100  # sign-ins in a list


class SchemeCannot(APIException):
    """The scheme keeps nothing that would allow this (409)."""

    status_code = 409
    default_detail = "This scheme cannot do this: the server keeps nothing about its sign-ins."
    default_code = "scheme_cannot"


class Scheme(BaseAuthentication):
    """One way of authenticating the same endpoints. The REST framework's authenticator, and what goes with it."""

    # What it says about itself. Everybody who must treat schemes differently asks these, never the name.
    name = ""  # its mount is /api/<name>/
    title = ""  # what people call it
    about = ""  # one sentence: what is sent, what is looked up
    side = "token"  # which of the two sides of a comparison it belongs to: "session" or "token"
    carrier = "header"  # what carries the credential: "cookie" (the browser adds it) or "header" (the client does)
    credential_header = "Authorization"  # the request header that carries it: what answers vary by
    credential = "access token"  # what the client presents
    needs_csrf = False  # a write must prove that a page of ours sent it
    refreshes = False  # it has refresh/, where a new credential is got without the password
    ends_at_once = False  # an ended sign-in is refused at its next request
    lists_sign_ins = False  # the server can tell and end a user's sign-ins
    described = True  # it is in the OpenAPI document and on the security page
    stock = False  # login/, refresh/, verify/, logout/ and each 401 are a library's own
    cookies = ()  # the names of the cookies that it sets, its credential first
    says = ""  # what its credential says to a reader; "" where that is its claims
    accepted = ""  # what was checked when a credential is accepted
    kept = ""  # what the server keeps for a sign-in; schemes that say the same share their sign-ins
    ended = ""  # what happens when a sign-in ends

    # What the routes of accounts/ take and answer under it.
    LoginOut = outputs.SessionLoginOut
    SignOut = inputs.NothingToSay

    @property
    def place(self):
        """Where the credential is in a request, in words."""
        return "cookie" if self.carrier == "cookie" else "header Authorization"

    def authenticate_header(self, request):
        """Return the challenge of a 401 (RFC 9110 section 11.6.1)."""
        raise NotImplementedError

    def credential_of(self, request):
        """Return the credential of a request as it came, or None: step one of `authenticate`."""
        raise NotImplementedError

    def authenticate(self, request):
        """Return (user, auth), None for a request without a credential; raise `tokens.InvalidToken` for a bad one."""
        raise NotImplementedError

    def missing(self, request):
        """Return what a 401 says where there is no credential of this scheme: what was seen, and what is wanted."""
        if self.credential_of(request) is not None:
            return f"This {self.credential} is unknown, or has ended."
        word = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[0]
        if self.carrier == "cookie" and word:
            return f"This address wants the cookie {self.cookies[0]}; the request has the header Authorization."
        if self.carrier == "header" and word:
            return "This address wants the header Authorization: Bearer …; the request has another one."
        if self.carrier == "header" and request.COOKIES:
            return "This address wants the header Authorization: Bearer …; the request has cookies."
        return "Authentication credentials were not provided."

    def scope(self, auth):
        """Return the rights of a credential, separated by blanks."""
        raise NotImplementedError

    def before_sign_in(self, request):
        """Refuse a login that must not be tried, before the password is looked at."""

    def sign_in(self, request, response, user):
        """Open a sign-in, and put into the response what the client is to keep."""
        raise NotImplementedError

    def sign_out(self, request, response, **said):
        """End the sign-in of a request; return its user's name, "" where nothing was to end."""
        raise NotImplementedError

    def this_sign_in(self, request):
        """Return the id of the sign-in that an authenticated request comes with."""
        return None

    def sign_ins(self, user_id):
        """Return a user's live sign-ins, the latest first. Raises SchemeCannot where the server cannot tell."""
        raise SchemeCannot

    def end_sign_ins(self, user_id, reason, only=None, keep=None):
        """End a user's sign-ins: all, `only` one, or all except the one to `keep`. Return how many."""
        return 0

    def routes(self, access):
        """Return the routes that only this scheme has. `access` says whom a route lets in: see `permissions.Access`."""
        return []


def schemes():
    """Return the schemes of the list, in its order."""
    return made(tuple(settings.SCHEMES))


def scheme_named(name):
    """Return the scheme that is mounted at /api/<name>/, or None."""
    return next((scheme for scheme in schemes() if scheme.name == name), None)


@cache
def made(paths):
    return tuple(import_string(path)() for path in paths)
