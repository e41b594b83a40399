"""What the terminal shows when the demo is ready: where to click, who to log in as, and lines of curl to paste."""

import json
import shlex

from django.conf import settings

from project.lab import curl


def banner(urls, classroom, manager_password):
    login = shlex.quote(json.dumps({"username": "alice", "password": settings.DEMO_PASSWORD}))
    manager = f"manager / {manager_password}" + (" (shown here only)" if classroom else "")
    return f"""
  {"Students type this" if classroom else "Open this"}:  {"  or  ".join(urls)}
  Log in as:  alice / {settings.DEMO_PASSWORD}   bob / {settings.DEMO_PASSWORD}   {manager}
{pages(urls[0])}

  The products, for everyone:
{products(urls[0])}

  Alice's cart, with a session cookie:
{by_cookie(urls[0], login)}

  The same cart, with a token:
{by_token(urls[0], login)}

  {"" if classroom else "When you save a file of the code, the shop restarts. "}Ctrl-C ends it.
"""


def pages(url):
    """Return a line for each part of the project that has a page."""
    parts = {"Shop": "/", "Compare": "/lab/", "Experiments": "/lab/experiments/", "API": "/api/docs/"}
    if not settings.LAB:
        del parts["Compare"], parts["Experiments"]
    return "\n".join(f"  {name + ':':<13}{url}{path}" for name, path in parts.items())


def products(url):
    return curl.send(shlex.quote(f"{url}/api/products/"))


def by_cookie(url, login):
    csrf, log_in, cart = (shlex.quote(f"{url}/api/session/{route}/") for route in ("csrf", "login", "cart"))
    jar = "jar.txt"
    return " && ".join(
        [
            curl.send(csrf, f"-c {jar}"),
            curl.send(log_in, f"-b {jar} -c {jar}", curl.csrf(jar), curl.JSON, body=login),
            curl.send(cart, f"-b {jar}"),
        ]
    )


def by_token(url, login):
    log_in, cart = (shlex.quote(f"{url}/api/jwt/{route}/") for route in ("login", "cart"))
    get_token = f"{curl.send(log_in, curl.JSON, body=login)} | {curl.member('access')}"
    return f"TOKEN=$({get_token}) && " + curl.send(cart, '-H "Authorization: Bearer $TOKEN"')
