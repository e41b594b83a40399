"""What the shop answers to a client of an experiment."""

import json
from dataclasses import dataclass, field


class NoAnswer(Exception):
    """The shop cannot be reached, or does not share this program's database."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: object  # decoded JSON, or None
    headers: dict  # in which the case of a name does not matter
    cookies: list = field(default_factory=list)  # the Set-Cookie lines
    trace: dict = field(default_factory=dict)  # what the server did, as the recorder tells it
    text: str = ""  # a page of the shop, where it is no JSON

    @property
    def code(self):
        """The error's code, as the shop names it."""
        return self.body.get("code", "") if isinstance(self.body, dict) else ""

    @property
    def lookups(self):
        """What the server looked up in order to know who is asking."""
        return [row["name"] for row in self.trace["lookups"] if row["phase"] == "authenticating"]


def read(response):
    """Return what a response of the library `requests` says."""
    try:
        body = response.json()
    except ValueError:
        body = None
    cookies = response.raw.headers.getlist("Set-Cookie")
    trace = json.loads(response.headers.get("Lab-Trace", "{}"))
    return Answer(response.status_code, body, response.headers, cookies, trace, response.text if body is None else "")
