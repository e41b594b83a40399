"""What a run shows of itself: steps, and in each what was sent, answered and noted, in its order.

Why credentials are cut: nobody must get in with what a transcript shows. The accounts of a run are gone when it is
shown, but a token that is verified without a lookup is accepted until its `exp`.
"""

import hashlib
import re

from accounts.schemes import scheme_named

JWT = re.compile(r"\b(eyJ[\w-]+\.[\w-]+\.)([\w-]{9,})")


class Transcript:
    """The steps of a run: [{"title", "events": […]}].

    An event is an exchange, as a client hands it over, or {"note", "value"}. Its "lane" is "session" or "token"; a note
    stands where the exchange before it stands, in no lane at the beginning of a step.
    """

    def __init__(self):
        self.steps = []

    def step(self, title):
        """Begin a step; what the clients do from here on belongs to it."""
        self.steps.append({"title": title, "events": []})

    def note(self, text, value=""):
        """Note what was done or computed without a request."""
        events = self.present_events()
        lane = events[-1]["lane"] if events else ""
        events.append({"lane": lane, "note": text, "value": without_signatures(str(value))})

    def record(self, exchange):
        """Note a request with its answer."""
        lane = scheme_named(exchange["scheme"]).side
        self.present_events().append({"lane": lane} | without_signatures(exchange))

    def present_events(self):
        if not self.steps:
            self.step("To begin with")
        return self.steps[-1]["events"]


def without_signatures(value):
    """Return a value in which each token, wherever it stands, has lost most of its signature."""
    if isinstance(value, str):
        return JWT.sub(cut, value)
    if isinstance(value, list | tuple):
        return [without_signatures(one) for one in value]
    if isinstance(value, dict):
        return {name: without_signatures(one) for name, one in value.items()}
    return value


def cut(token):
    """Return the beginning of a token's signature, and a mark by which equal ones can be told from others."""
    mark = hashlib.sha256(token[2].encode()).hexdigest()[:4]
    return f"{token[1]}{token[2][:6]}…{mark}"
