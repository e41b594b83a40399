"""The recorder: what the server did for one API request, told in headers of the answer.

`Server-Timing` comes with every answer, for the network panels of browsers. A request that says `Lab-Trace: full` gets
the whole trace as JSON in the header `Lab-Trace`. Nothing is stored, so it works with any number of servers.
Source: Server Timing (W3C), section "The Server-Timing Header Field".
"""

import hashlib
import json
import re
import time
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.db import connection

from accounts import jwt_auth, session_auth, tokens
from project.lab.rules import rule

ROWS = {  # table -> what a class calls its rows
    "accounts_session": "session row",
    "accounts_user": "user row",
    "accounts_grant": "grant row",
    "shop_cartitem": "cart lines",
    "shop_product": "product row",
    "shop_order": "order row",
    "shop_orderline": "order lines",
    "axes_accessattempt": "login attempts",
}
TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE) "?(\w+)')
current = ContextVar("trace", default=None)


class Recorder:
    """The middleware. It is there only where the lab is on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        trace = Trace(request)
        token = current.set(trace)
        try:
            with connection.execute_wrapper(trace.statement):
                response = self.get_response(request)
        finally:
            current.reset(token)
        seconds = time.perf_counter() - trace.started
        response["Server-Timing"] = trace.server_timing(seconds)
        if request.headers.get("Lab-Trace") == "full":
            response["Lab-Trace"] = json.dumps(trace.full(response, seconds))
        return response


class Trace:
    """What happens while one request is served."""

    def __init__(self, request):
        self.request = request
        self.started = time.perf_counter()
        self.authenticating = False  # where we are
        self.seconds = {True: 0.0, False: 0.0}  # spent in SQL while authenticating, while serving
        self.authentication = 0.0  # seconds
        self.statements = []  # (authenticating, verb, row, seconds)
        self.signatures = 0
        self.known = None  # what the authenticator made of the credential

    def statement(self, execute, sql, params, many, context):
        """Time one SQL statement and note whose rows it is about: an `execute_wrapper` of Django."""
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = time.perf_counter() - started
            self.seconds[self.authenticating] += seconds
            if table := TABLE.search(sql):
                row = ROWS.get(table[1], table[1])
                self.statements.append((self.authenticating, sql.split(None, 1)[0], row, seconds))

    def count(self, authenticating):
        return sum(1 for statement in self.statements if statement[0] == authenticating)

    def server_timing(self, seconds):
        sql = sum(self.seconds.values())
        return (
            f'auth;dur={1000 * self.authentication:.2f};desc="{self.count(True)} statements", '
            f'serve;dur={1000 * (seconds - self.authentication):.2f};desc="{self.count(False)} statements", '
            f"sql;dur={1000 * sql:.2f}"
        )

    def full(self, response, seconds):
        """Return all of it as a dictionary; the credential itself is never in it."""
        rows = [
            (verb, {"name": row, "phase": "authenticating" if early else "serving", "ms": round(1000 * took, 3)})
            for early, verb, row, took in self.statements
        ]
        scheme, credential = presented(self.request)
        return {
            "scheme": scheme,
            "credential": described(scheme, credential),
            "read": self.read(scheme, credential),
            "lookups": [row for verb, row in rows if verb == "SELECT"],
            "writes": [row for verb, row in rows if verb != "SELECT"],
            "signatures": self.signatures,
            "ms": {
                "authenticating": round(1000 * self.authentication, 3),
                "serving": round(1000 * (seconds - self.authentication), 3),
                "total": round(1000 * seconds, 3),
            },
            "statements": {"authenticating": self.count(True), "serving": self.count(False)},
            "bytes": {
                "credential": len(credential or ""),
                "request": request_bytes(self.request),
                "response": response_bytes(response),
            },
            "status": response.status_code,
            "rule": rule(self.request, response, scheme, credential, self.known),
        }

    def read(self, scheme, credential):
        """Return what the credential said to whoever reads it."""
        if scheme == "session" and credential:
            return {"note": "An id says nothing: the server looks up what it stands for."}
        return self.known[1] if self.known else None


def presented(request):
    """Return the scheme a request is addressed to, and the credential it came with or None."""
    scheme = request.path.split("/")[2]
    if scheme == "session":
        return scheme, request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if scheme in ("jwt", "jwt-checked"):
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        return scheme, token.strip() if kind.lower() == "bearer" else None
    return None, None


def described(scheme, credential):
    """Return how a credential looks from outside: kind, place, length, fingerprint; never the secret itself."""
    if not credential:
        return None
    by_cookie = scheme == "session"
    return {
        "kind": "session id" if by_cookie else "access token",
        "from": f"cookie {settings.SESSION_COOKIE_NAME}" if by_cookie else "header Authorization",
        "bytes": len(credential),
        "fingerprint": hashlib.sha256(credential.encode()).hexdigest()[:8],
    }


def request_bytes(request):
    headers = sum(len(name) + len(value) + 4 for name, value in request.headers.items())
    line = len(request.method) + len(request.get_full_path()) + 12
    return line + headers + 2 + int(request.META.get("CONTENT_LENGTH") or 0)


def response_bytes(response):
    headers = sum(len(name) + len(value) + 4 for name, value in response.items() if name != "Lab-Trace")
    cookies = sum(len(cookie.output()) + 2 for cookie in response.cookies.values())
    return headers + cookies + 17 + len(response.content)


def watch():
    """Have the two schemes' authenticators, and the check of signatures, tell the trace when they are at work."""
    for scheme in (session_auth, jwt_auth):
        scheme.Authentication.authenticate = authenticating(scheme.Authentication.authenticate)
    tokens.signed_payload = counting(tokens.signed_payload)


def authenticating(authenticate):
    @wraps(authenticate)
    def watched(self, request):
        trace = current.get()
        if trace is None:
            return authenticate(self, request)
        started = time.perf_counter()
        trace.authenticating = True
        try:
            trace.known = authenticate(self, request)
            return trace.known
        finally:
            trace.authenticating = False
            trace.authentication += time.perf_counter() - started

    return watched


def counting(signed_payload):
    @wraps(signed_payload)
    def watched(token, key):
        if trace := current.get():
            trace.signatures += 1
        return signed_payload(token, key)

    return watched
