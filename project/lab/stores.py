"""Sessions in every store on one server: what `/api/session-<store>/` keeps, whatever SESSION_STORE is."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions import middleware
from rest_framework.permissions import SAFE_METHODS

from accounts.session_stores import db


class UntilClosed(db.SessionStore):
    """The database store with a cookie that has no Max-Age: the browser drops it when it is closed."""

    def get_expire_at_browser_close(self):
        return True


STORES = {name: import_module(engine).SessionStore for name, engine in settings.SESSION_STORES.items()}
DOORS = {f"session-{name}": store for name, store in {**STORES, "until_closed": UntilClosed}.items()}


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's own, but that an address of the lab can name the store."""

    def process_request(self, request):
        super().process_request(request)
        if request.path.startswith("/api/session-"):
            store = DOORS.get(request.path.split("/")[2], self.SessionStore)
            request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request, response):
        """Let a mere look at a door drop no cookie there: it may be the one of the shop's own door."""
        response = super().process_response(request, response)
        if request.path.startswith("/api/session-") and request.method in SAFE_METHODS:
            response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return response
