"""The inspectors: what is in a token and what the server checks of it; what is in the row behind your own cookie."""

import json

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from project.lab.inspector.checks import GOOD_FOR, inspect, verdict
from project.lab.inspector.own_session import own_session


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """Show both inspectors. A POST brings a token from a browser without JavaScript."""
    token = request.POST.get("token", "")
    checks = inspect(token)
    context = {
        "token": token,
        "checks": [{**check, "good_for": GOOD_FOR[check["name"]]} for check in checks],
        **verdict(checks),
        "session": own_session(request) if request.user.is_authenticated else None,
        # Their password is no secret: the login page shows it.
        "demo_accounts": [] if settings.PRODUCTION else settings.DEMO_CUSTOMERS,
        "demo_password": settings.DEMO_PASSWORD,
    }
    return render(request, "lab/inspector/inspector.html", context)


@require_POST
def check(request):
    """Answer what each check of the server says of a token: JSON {"token"} in, {"checks", "result", "verdict"} out."""
    try:
        token = json.loads(request.body)["token"]
    except (ValueError, RecursionError, LookupError, TypeError):
        token = None
    if not isinstance(token, str):
        return JsonResponse({"detail": 'Send JSON: {"token": "…"}.', "code": "invalid"}, status=400)
    checks = inspect(token)
    return JsonResponse({"checks": checks, **verdict(checks)})


urls = [
    path("inspector/", page, name="inspector"),
    path("inspector/check/", check, name="inspector-check"),
]
