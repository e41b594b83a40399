"""Pages that ask who you are first."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.urls import reverse


def login_required_page(page):
    """Send an anonymous visitor to the login page, and from there back to a page that can be shown."""

    @wraps(page)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return page(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("products"))

    return guarded
