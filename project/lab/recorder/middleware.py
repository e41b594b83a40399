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
from functools import lru_cache, wraps

from django.contrib.sessions.backends import cache, cached_db, file
from django.db import connection

from accounts import grants, jwt_scheme, session_scheme, tokens, views
from project.lab.recorder.rules import rule
from project.lab.recorder.schemes import by_session, presented, session_says

ROWS = {  # table -> what a class calls its rows
    "accounts_session": "session row",
    "accounts_user": "user row",
    "accounts_grant": "grant row",
    "shop_cartitem": "cart lines",
    "shop_product": "product row",
    "shop_order": "order row",
    "shop_orderline": "order lines",
    "axes_accessattempt": "login attempts",
    "axes_accessattemptexpiration": "login attempts",
}
TABLES = re.compile(r'\b(?:FROM|INTO|UPDATE|JOIN) "?(\w+)')
PHASES = {True: "authenticating", False: "serving"}
current = ContextVar("trace", default=None)


@lru_cache(maxsize=1000)
def rows_in(sql):
    """Return whose rows a statement is about, first those it is mainly about."""
    return tuple(dict.fromkeys(ROWS.get(table, table) for table in TABLES.findall(sql)))


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
        self.statements = []  # (authenticating, verb, whose rows, seconds)
        self.loads = []  # of sessions that are not in the database alone: (authenticating, where, seconds)
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
            # A statement without a table begins or ends a transaction: its time counts, but it asks nobody.
            if names := rows_in(sql):
                self.statements.append((self.authenticating, sql.lstrip()[:6], names, seconds))

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
            (verb, {"name": name, "with": joined, "phase": PHASES[early], "ms": round(1000 * took, 3)})
            for early, verb, (name, *joined), took in self.statements
        ]
        loads = [
            {"name": name, "with": [], "phase": PHASES[early], "ms": round(1000 * took, 3)}
            for early, name, took in self.loads
        ]
        scheme, kind, place, credential = presented(self.request)
        return {
            "scheme": scheme,
            "credential": described(kind, place, credential, used=scheme is not None),
            "read": self.read(scheme, credential),
            "lookups": loads + [row for verb, row in rows if verb == "SELECT"],
            "writes": [row for verb, row in rows if verb != "SELECT"],
            "signatures": self.signatures,
            "cookies": [
                {"name": cookie.key, "attributes": cookie.OutputString().partition("; ")[2]}
                for cookie in response.cookies.values()
            ],
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
        if credential and scheme is None:
            return {"note": "Nobody looked: this address is open to everyone."}
        if credential and by_session(scheme):
            return {"note": session_says(scheme)}
        return self.known[1] if self.known else None


def described(kind, place, credential, used):
    """Return how a credential looks from outside: kind, place, length, fingerprint; never the secret itself."""
    if not credential:
        return None
    fingerprint = hashlib.sha256(credential.encode(errors="replace")).hexdigest()[:8]
    return {"kind": kind, "from": place, "bytes": len(credential), "fingerprint": fingerprint, "used": used}


def request_bytes(request):
    """Return the size of a request on the wire, but for the header that asks for the trace."""
    headers = [(name, value) for name, value in request.headers.items() if value and name != "Lab-Trace"]
    line = len(f"{request.method} {request.get_full_path()} HTTP/1.1\r\n")
    length = request.META.get("CONTENT_LENGTH") or "0"
    return line + header_bytes(headers) + (int(length) if length.isdecimal() else 0)


def response_bytes(response):
    """Return the size of an answer on the wire, but for what the recorder says and what the server in front adds."""
    headers = [(name, value) for name, value in response.items() if name not in ("Lab-Trace", "Server-Timing")]
    headers += [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
    line = len(f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n")
    return line + header_bytes(headers) + len(response.content)


def header_bytes(headers):
    return sum(len(f"{name}: {value}\r\n") for name, value in headers) + len("\r\n")


def watch():
    """Have whatever checks a credential tell the trace when it is at work."""
    for scheme in (session_scheme, jwt_scheme):
        scheme.Authentication.authenticate = authenticating(scheme.Authentication.authenticate, remember=True)
    views.check_credentials = authenticating(views.check_credentials)
    for store, where in ((cache, "cached session"), (cached_db, "cached session"), (file, "session file")):
        store.SessionStore.load = loading(store.SessionStore.load, where)
    tokens.signed_payload = counting(tokens.signed_payload)
    grants.read_refresh_token = counting(grants.read_refresh_token)


def authenticating(check, remember=False):
    """Count what `check` does as authenticating; `remember` whom it returns."""

    @wraps(check)
    def watched(*args, **kwargs):
        trace = current.get()
        if trace is None or trace.authenticating:
            return check(*args, **kwargs)
        started = time.perf_counter()
        trace.authenticating = True
        try:
            result = check(*args, **kwargs)
            if remember:
                trace.known = result
            return result
        finally:
            trace.authenticating = False
            trace.authentication += time.perf_counter() - started

    return watched


def loading(load, where):
    """Note each time that a session's data are fetched from where no SQL statement tells of it."""

    @wraps(load)
    def watched(store):
        started = time.perf_counter()
        try:
            return load(store)
        finally:
            if trace := current.get():
                trace.loads.append((trace.authenticating, where, time.perf_counter() - started))

    return watched


def counting(check):
    """Count what `check` does as one verified signature."""

    @wraps(check)
    def watched(*args):
        if trace := current.get():
            trace.signatures += 1
        return check(*args)

    return watched
