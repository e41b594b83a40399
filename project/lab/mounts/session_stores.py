"""Sessions in every store on one server: what `/api/session-<store>/` keeps, whatever SESSION_STORE is."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from rest_framework.permissions import SAFE_METHODS

from accounts.session_stores import db


class UntilClosed(db.SessionStore):
    """The database store with a cookie that has no Max-Age: the browser drops it when it is closed."""

    def get_expire_at_browser_close(self):
        return True


STORES = {name: import_module(engine).SessionStore for name, engine in settings.SESSION_STORES.items()}
MOUNTS = {f"session-{name}": store for name, store in {**STORES, "until_closed": UntilClosed}.items()}


class StoreByMount:
    """Give a request below `/api/session-<store>/` a session in that store. It comes after Django's own middleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        store = MOUNTS.get(request.path.split("/")[2]) if request.path.startswith("/api/session-") else None
        if store:
            request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        response = self.get_response(request)
        if store and request.method in SAFE_METHODS and SESSION_KEY not in request.session:
            # Reading at a mount of the lab deletes no cookie: it may be the one of `/api/session/`.
            del request.session
        return response
