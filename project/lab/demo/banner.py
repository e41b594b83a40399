"""What the terminal shows when the demo is ready: where to click, who to log in as, and lines of curl to paste."""

import json
import shlex

from django.conf import settings


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


# What the lines below use is in every curl of the last ten years (`--json` is not), and in every POSIX shell.
JSON = "-H 'Content-Type: application/json' -d"


def products(url):
    return f"curl -s {shlex.quote(f'{url}/api/products/')}"


def by_cookie(url, login):
    api = f"{url}/api/session"
    csrf = """-H "X-CSRFToken: $(awk '/csrftoken/ {print $7}' jar.txt)\""""
    return (
        f"curl -s -c jar.txt {shlex.quote(f'{api}/csrf/')}"
        f" && curl -s -b jar.txt -c jar.txt {csrf} {JSON} {login} {shlex.quote(f'{api}/login/')}"
        f" && curl -s -b jar.txt {shlex.quote(f'{api}/cart/')}"
    )


def by_token(url, login):
    api = f"{url}/api/jwt"
    cut_out = """sed 's/.*"access":"\\([^"]*\\)".*/\\1/'"""
    return (
        f"TOKEN=$(curl -s {JSON} {login} {shlex.quote(f'{api}/login/')} | {cut_out})"
        f' && curl -s -H "Authorization: Bearer $TOKEN" {shlex.quote(f"{api}/cart/")}'
    )
