"""Where do sessions stop scaling, and where do tokens?

Source: project/lab/measured.json, what `manage.py benchmark` measured of one request and of one sign-in. How often a
request asks the store is observed here; the rest is computed as on /lab/capacity/.
"""

from datetime import timedelta
from string import ascii_lowercase

from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import Grant, Session
from project.lab import capacity, costs
from project.lab.benchmark import measured
from project.lab.costs_in_words import NAMES, about, amount, formula, number

STATEMENTS = {60: "Sessions stop scaling."}
DECIDED_BY = [costs.of_sessions, costs.of_tokens, costs.Scenario]

SCALES = (10_000, 1_000_000, 10_000_000)  # people
MORE = 1_000  # sign-ins
FAR_MORE = 2  # times as many machines as tokens need: a difference in kind


def run(lab):
    lab.step("One request at each door, with one sign-in in the table and with a thousand more")
    look_up(lab)

    found = measured.read()
    now = capacity.scenario(found)
    for people in SCALES:
        lab.step(f"On paper: {number(people)} people who behave like those that /lab/capacity/ begins with")
        on_paper(lab, now.for_people(people), found)


def look_up(lab):
    """Count what it takes to know who asks, before and after the account has a thousand more sign-ins."""
    account = lab.account()
    owners = [lab.client("owner", door).log_in(account) for door in ("session", "jwt", "jwt-checked")]
    few = [owner.get("cart/") for owner in owners]
    add_sessions(account)
    add_grants(account)
    for owner, before in zip(owners, few, strict=True):
        after = owner.get("cart/")
        first, then = (answer.trace["statements"]["authenticating"] for answer in (before, after))
        seen = f"{first} SQL statements to know who asks, then {then}"
        lab.note(f"{owner.door}, {number(MORE)} more sign-ins:", seen)
        if owner.door.startswith("session"):
            lab.case(60, f"a look-up among {number(MORE)} more rows", then > first or after.status != 200, seen)


def add_sessions(account):
    end = timezone.now() + timedelta(days=1)
    rows = [
        Session(session_key=get_random_string(32, ascii_lowercase), user_id=account.id, expire_date=end)
        for _ in range(MORE)
    ]
    Session.objects.bulk_create(rows)


def add_grants(account):
    now = timezone.now()
    times = {"created": now, "refreshed": now, "expires": now + timedelta(days=1)}
    Grant.objects.bulk_create(Grant(user_id=account.id, scope="", **times) for _ in range(MORE))


def on_paper(lab, scenario, found):
    """Compare what so many people need with one machine like the measured one, and with what tokens need."""
    sides = costs.figures(scenario, found)
    people = number(scenario.people)
    for scheme, side in sides.items():
        for name in ("kept", "store", "cores"):
            told = amount(side[name].value, side[name].unit)
            lab.note(f"{scheme}, {NAMES[name]}: {told}", formula(side[name]))
    needs = {scheme: machines(side, found["machine"]) for scheme, side in sides.items()}
    seen = f"{machines_in_words(needs['session'])} for sessions, {machines_in_words(needs['jwt'])} for tokens"
    lab.case(60, f"{people} people, one machine", needs["session"] > 1, seen)
    far_more = needs["session"] > FAR_MORE * max(1, needs["jwt"])
    lab.case(60, f"{people} people, {FAR_MORE} times as many machines as tokens need", far_more, seen)


def machines(side, machine):
    """Return how many machines like the measured one the CPU or the memory takes, whichever is more."""
    by_cpu = side["cores"].value / 1e6 / machine["cores"]
    by_memory = side["kept"].value / (machine["memory_gib"] * 2**30)
    return max(by_cpu, by_memory)


def machines_in_words(needed):
    return f"{about(needed)} machine{'' if needed == 1 else 's'}"
