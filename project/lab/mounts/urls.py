"""The shop's routes once more for each session store, so that a class can compare what a store costs and ends."""

from types import SimpleNamespace

from django.urls import path

import accounts.urls
from accounts import session_scheme
from accounts.models import Session
from project.lab.mounts.session_stores import MOUNTS
from project.urls import mount


def cannot_tell(user_id):
    raise session_scheme.CannotTell


def ending_in(store):
    """Return the rule that ends sign-ins, for a store that may keep more of them than rows, such as a cache."""

    def end_sign_ins(user_id, *args, **kwargs):
        keys = list(Session.live(user_id).values_list("session_key", flat=True))
        ended = session_scheme.end_sign_ins(user_id, *args, **kwargs)
        for key in set(keys).difference(Session.live(user_id).values_list("session_key", flat=True)):
            store().delete(key)
        return ended

    return end_sign_ins


def scheme(name, store):
    """Return the session scheme under another name."""
    same = {**vars(session_scheme), "NAME": name, "end_sign_ins": ending_in(store)}
    if not hasattr(store, "get_model_class"):
        same["sign_ins"] = cannot_tell
    return SimpleNamespace(**same)


urlpatterns = [
    path(f"{name}/", mount(scheme(name, store), accounts.urls.session_only)) for name, store in MOUNTS.items()
]
