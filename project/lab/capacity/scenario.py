"""The scenario: how many people sign in, how often they send requests, and how the schemes are set up.

How often something happens follows from it.
"""

from dataclasses import dataclass, replace

from django.conf import settings

from project.lab.capacity.measured import token_size
from project.lab.capacity.numbers import DAY, rounded

RENEWED_AFTER = settings.SESSION_COOKIE_AGE / 2  # seconds after which a session notes that it is in use
START = {  # what the page begins with; the lifetimes are the shop's own
    "people": 100_000,
    "sign_ins": 2,
    "requests": 1_000,
    "per_visit": 10,
    "access": int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
    "lasts": settings.GRANT_LIFETIME.days,
    "purged_after": 1,
    "store": "db",
}


@dataclass(frozen=True)
class Scenario:
    """One set of assumptions."""

    people: int
    sign_ins: int  # of each person: their devices
    requests: float  # per second, of all people together
    per_visit: int  # requests that a client sends in one visit
    access: int  # seconds that an access token lives
    lasts: int  # days from login to the end of the sign-in
    purged_after: int  # days that an expired sign-in stays
    token: int  # bytes of an access token
    store: str  # of sessions
    checked: bool  # whether each request looks the token up

    @property
    def alive(self):
        """Return how many sign-ins have not ended."""
        return self.people * self.sign_ins

    @property
    def rows(self):
        """Return how many sign-ins are stored: those that are alive, and the expired ones until the purge."""
        return self.alive * (self.lasts + self.purged_after) / self.lasts

    @property
    def logins(self):
        """Return logins per second: as many as sign-ins that end."""
        return self.alive / (self.lasts * DAY)

    @property
    def per_token(self):
        """Return how many requests one access token serves: those of a visit, and later ones while it still lives."""
        return self.per_visit + self.requests * self.access / self.alive

    @property
    def refreshes(self):
        return self.requests / rounded(self.per_token)

    @property
    def renewals(self):
        """Return how often a second a session notes its use; the same sum as for a token, with another lifetime."""
        return self.requests / (self.per_visit + self.requests * RENEWED_AFTER / self.alive)

    def for_people(self, people):
        """Return the same for so many people with the same habits."""
        return replace(self, people=people, requests=self.requests * people / self.people)

    def lifetime(self, per_token):
        """Return the seconds that an access token must live to serve so many requests."""
        return (per_token - self.per_visit) * self.alive / self.requests


def start(measured):
    """Return the Scenario that the page begins with."""
    return Scenario(**START, token=token_size(measured), checked=False)
