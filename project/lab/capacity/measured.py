"""`measured.json`: what the last full run of the benchmark measured; `manage.py benchmark --measured` writes it.

{
  "date": "2026-11-22", "machine": {"processor", "cores", "memory_gib", "system"}, "versions": {name: version},
  "redis": false,                whether the cache was Redis; if not, it was the memory of each server
  "cores_in_use": 0.65,          share of the machine that all programs used; near 1, others disturbed the run
  "variants": {
    "ours: session, store db": {   a title, for readers; programs look for what is below it
      "side": "session",           or "token"; null for a baseline without authentication
      "store": "db",               of our sessions; "" for all else
      "ends_at_once": true,        whether an ended sign-in is refused at the next request; null for a baseline
      "kept": 786,                 bytes that the server keeps for one sign-in; null where that was not measured
      "credential": 92,            bytes of the headers that say who sends a request
      "requests": {
        "read cart": {
          "cpu": 1100.0,           microseconds of CPU of the server's process, the median
          "cpu_interval": [1050.0, 1160.0],      its 95 % interval
          "sent": 190.0, "received": 1000.0,     bytes on the wire, headers and body
          "statements": 3          SQL statements
        }, …                       a request that the variant does not answer is missing
      }
    }, …
  }
}
"""

import json
from pathlib import Path

FILE = Path(__file__).with_name("measured.json")
REQUEST = "read cart"  # what everybody does all day
TOKEN_HEADER = len("Authorization: Bearer \r\n")


def read(path=FILE):
    return json.loads(path.read_text("utf-8"))


def write(content, path=FILE):
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def session_variant(measured, store):
    """Return what was measured of our sessions in a store."""
    return next(variant for variant in measured["variants"].values() if variant["store"] == store)


def token_variant(measured, checked):
    """Return what was measured of the first token scheme that is refreshed, and that is looked up or not."""
    return next(
        variant
        for variant in measured["variants"].values()
        if variant["side"] == "token" and variant["ends_at_once"] is checked and "refresh" in variant["requests"]
    )


def baseline(measured):
    """Return what the same requests cost without authentication."""
    return next(variant for variant in measured["variants"].values() if variant["side"] is None)


def cart_request(variant):
    """Return what it cost to read a cart."""
    return variant["requests"][REQUEST]


def lookups(measured, variant):
    """Return the SQL statements of a request that authentication takes."""
    return cart_request(variant)["statements"] - cart_request(baseline(measured))["statements"]


def authentication(measured, variant):
    """Return the microseconds of CPU of a request that authentication takes."""
    return max(0, cart_request(variant)["cpu"] - cart_request(baseline(measured))["cpu"])


def token_size(measured):
    """Return the bytes of an access token."""
    return token_variant(measured, checked=False)["credential"] - TOKEN_HEADER


def on_the_wire(cost):
    return round(cost["sent"] + cost["received"])
