"""The JWT scheme for pages: the same access token, in a cookie that no script can read.

What most single-page applications are told to do. The browser adds a cookie to every request, so this scheme needs
what sessions need: a CSRF token with each write. Source: RFC 6265 sections 4.1.2.4 (Path) and 4.1.2.6 (HttpOnly).
"""

from django.conf import settings
from django.middleware.csrf import rotate_token
from django.urls import reverse

from accounts import grants, outputs
from accounts.csrf import refuse_foreign_writes
from accounts.inputs import NothingToSay
from accounts.jwt_scheme import Jwt
from accounts.models import Grant
from accounts.tokens import InvalidToken, verify
from project.api.events import credential_read, user_found


class CookieJwt(Jwt):
    """A signed token in an HttpOnly cookie. No query: the claims are trusted. A write needs a CSRF token."""

    name = "jwt-cookie"
    title = "JWT in a cookie"
    about = "The browser sends a signed token in a cookie. The server verifies it, and looks nothing up."
    carrier = "cookie"
    credential_header = "Cookie"
    needs_csrf = True
    LoginOut = outputs.CookieLoginOut
    SignOut = NothingToSay

    @property
    def cookies(self):
        return (settings.ACCESS_COOKIE, settings.REFRESH_COOKIE)

    def authenticate_header(self, request):
        return 'Cookie realm="api"'

    def credential_of(self, request):
        return request.COOKIES.get(settings.ACCESS_COOKIE)

    def authenticate(self, request):
        token = self.credential_of(request)  # 1. the credential: the browser added it, as to every request
        if token is None:
            return None
        credential_read.send(self)
        claims = verify(token)  # 2. is it ours, and valid now? A key and a clock are asked, no table
        user = self.user_of(claims)  # 3. the user, as the token describes them
        refuse_foreign_writes(request)  # 4. did a page of ours send this? The cookie alone does not prove it
        user_found.send(self, user=user, auth=claims)
        return user, claims

    def before_sign_in(self, request):
        """Refuse a login that another site's page sends: its user would shop in the attacker's cart."""
        refuse_foreign_writes(request)

    def sign_in(self, request, response, user):
        """Open a grant; both tokens go into cookies, and the body tells when to refresh."""
        rotate_token(request._request)  # as Django's login() does: no CSRF token from before stays good
        self.keep(request, response, grants.tokens(self.open_grant(request, user)))

    def sign_out(self, request, response):
        """Revoke the grant and delete both cookies.

        The grant is the access token's, expired or not: the browser keeps it for as long as the refresh token, which
        it does not send here.
        """
        refuse_foreign_writes(request)
        self.forget(request, response)
        try:
            sign_in = verify(self.credential_of(request) or "", even_expired=True)["sid"]
        except InvalidToken:
            return ""
        grant = Grant.objects.select_related("user").filter(id=sign_in).first()
        ended = grant and grants.end(Grant.objects.filter(id=grant.id), "logout")
        return grant.user.username if ended else ""

    def refresh(self, request, response):
        """Exchange the refresh token in the cookie for new tokens; return the grant. Raises InvalidToken."""
        refuse_foreign_writes(request)
        grant, tokens = grants.refresh(request.COOKIES.get(settings.REFRESH_COOKIE, ""))
        response.data = {}
        self.keep(request, response, tokens)
        return grant

    def keep(self, request, response, tokens):
        """Put tokens into cookies, each where it is needed and no script can read it."""
        seconds = int(settings.REFRESH_TOKEN_LIFETIME.total_seconds())
        common = {"max_age": seconds, "secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}
        # The access token's own `exp` says when it is over; its cookie lives longer, so that logging out finds it.
        response.set_cookie(settings.ACCESS_COOKIE, tokens["access"], **common)
        response.set_cookie(settings.REFRESH_COOKIE, tokens["refresh"], path=self.refresh_path(), **common)
        response.data["expires_in"] = tokens["expires_in"]

    def forget(self, request, response):
        """Delete both cookies, each with the path that it was set for."""
        response.delete_cookie(settings.ACCESS_COOKIE, samesite="Lax")
        response.delete_cookie(settings.REFRESH_COOKIE, path=self.refresh_path(), samesite="Lax")

    def refresh_path(self):
        """Return the one path to which the browser sends the refresh token."""
        return reverse(f"{self.name}:refresh")

    def routes(self, access):
        from accounts.urls import cookie_jwt

        return cookie_jwt(self, access)
