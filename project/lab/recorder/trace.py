"""What happens while one request is served, and what of it is told."""

import re
import time
from contextvars import ContextVar
from functools import lru_cache

from project.api import events
from project.lab.recorder.credentials import described, presented, scheme_of, what_it_says
from project.lab.recorder.rules import rule
from project.lab.recorder.sizes import request_bytes, response_bytes

ROWS = {  # table -> what a class calls its rows
    "accounts_session": "session row",
    "accounts_user": "user row",
    "accounts_grant": "grant row",
    "accounts_opaquetoken": "opaque token row",
    "token_blacklist_outstandingtoken": "issued refresh token",
    "token_blacklist_blacklistedtoken": "blacklisted refresh token",
    "shop_cartitem": "cart lines",
    "shop_product": "product row",
    "shop_order": "order row",
    "shop_orderline": "order lines",
    "axes_accessattempt": "login attempts",
    "axes_accessattemptexpiration": "login attempts",
}
TABLES = re.compile(r'\b(?:FROM|INTO|UPDATE|JOIN) "?(\w+)')
PHASES = {True: "authenticating", False: "serving"}
current = ContextVar("trace", default=None)  # the trace of the request that is being served


@lru_cache(maxsize=1000)
def rows_in(sql):
    """Return whose rows a statement is about, first those it is mainly about."""
    return tuple(dict.fromkeys(ROWS.get(table, table) for table in TABLES.findall(sql)))


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
        self.known = None  # whose the credential is, and what it says of them
        self.error = None  # why the request was refused
        self.since = None  # when the check of the credential began

    def hear(self, signal, facts):
        """Note what the request does: see `project.api.events`."""
        if signal is events.credential_read:
            self.authenticating, self.since = True, time.perf_counter()
        elif signal is events.signature_verified:
            self.signatures += 1
        elif signal is events.looked_up:
            self.loads.append((self.authenticating, facts["what"], facts["seconds"]))
        elif signal is events.user_found:
            self.checked()
            self.known = (facts["user"], facts["auth"]) if facts["auth"] is not None else None
        elif signal is events.refused:
            self.checked()
            self.error = facts["error"]

    def checked(self):
        """Note that the check of the credential is over."""
        if self.authenticating:
            self.authenticating = False
            self.authentication += time.perf_counter() - self.since

    def statement(self, execute, sql, params, many, context):
        """Time one SQL statement and note whose rows it is about: an `execute_wrapper` of Django."""
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = time.perf_counter() - started
            self.seconds[self.authenticating] += seconds
            # A statement without a table begins or ends a transaction: its time counts, but it is no lookup.
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
        scheme = scheme_of(self.request)
        kind, place, credential = presented(self.request, scheme)
        return {
            "scheme": scheme and scheme.name,
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
            "rule": rule(self.request, response, scheme, credential, self.known, self.error),
        }

    def read(self, scheme, credential):
        """Return what the credential said to its reader."""
        if credential and scheme is None:
            return {"note": "Nobody looked: this address is open to everyone."}
        if credential and (note := what_it_says(scheme)):
            return {"note": note}
        return self.known[1] if self.known else None


def hear(sender, signal, **facts):
    """Hand a signal to the trace of the request that sends it."""
    if trace := current.get():
        trace.hear(signal, facts)


for signal in (
    events.credential_read,
    events.signature_verified,
    events.looked_up,
    events.user_found,
    events.refused,
):
    signal.connect(hear)
