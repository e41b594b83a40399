"""The shop's routes once more for each session store, so that a class can compare what a store costs and ends."""

from types import SimpleNamespace

from django.urls import path

import accounts.urls
from accounts import session_auth
from project.lab.stores import DOORS
from project.urls import mount


def cannot_tell(user_id):
    raise session_auth.CannotTell


def scheme(name, store):
    """Return the session scheme under another name."""
    same = {**vars(session_auth), "NAME": name}
    if not hasattr(store, "get_model_class"):
        same["sign_ins"] = cannot_tell
    return SimpleNamespace(**same)


urlpatterns = [
    path(f"{name}/", mount(scheme(name, store), accounts.urls.session_only)) for name, store in DOORS.items()
]
