"""Where do sessions stop scaling, and where do tokens?

Source: project/lab/capacity/measured.json, what `manage.py benchmark` measured of one request and of one sign-in. How
often a request asks the store is observed here; the rest is computed as on /lab/capacity/.
"""

from dataclasses import replace
from datetime import timedelta
from string import ascii_lowercase

from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import Grant, Session
from project.lab.capacity import measured, model, significance
from project.lab.capacity.numbers import DAY, about, amount, number, rough
from project.lab.capacity.scenario import Scenario, start
from project.lab.capacity.tables import NAMES, formula
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        60,
        "Sessions stop scaling.",
        expected=DEPENDS,
        because="One machine has an end, and it comes with either scheme: most of a request’s cost has nothing to do "
        "with who asks. Which scheme gets there first hangs on how often tokens are refreshed, and whether they are "
        "looked up. More machines carry more, as long as what they all share keeps up, and a session asks it at each "
        "request, where a token asks it when it is refreshed.",
    ),
]
NEXT_QUESTION = (
    "On /lab/capacity/ choose checked tokens and one request per visit. How long must an access token live for "
    "both schemes to ask the store equally often, and why does a client that makes ten requests per visit not "
    "care?"
)
DECIDED_BY = [
    model.session_figures,
    model.token_figures,
    Scenario,
    significance.is_significant_in_total,
]

SCALES = (10_000, 10_000_000)  # people
MORE = 1_000  # sign-ins
TOKENS = {  # how tokens are set up, and what that changes in the scenario
    "tokens as the shop has them": {},
    "tokens that live a day": {"access": DAY},
    "tokens that are looked up": {"checked": True},
}


def run(lab):
    lab.step("One request under each scheme, with one sign-in in the table and with a thousand more")
    look_up(lab)

    found = measured.read()
    now = start(found)
    for people in SCALES:
        lab.step(f"On paper: {number(people)} people who behave like those that /lab/capacity/ begins with")
        on_paper(lab, now.for_people(people), found)
    lab.step("On paper: a number of people for whom one machine is enough under one scheme alone")
    for tokens, changes in TOKENS.items():
        on_one_machine(lab, replace(now, **changes), found, tokens)
    lab.step("On paper: any number of machines, and one store that they share")
    for tokens, changes in TOKENS.items():
        on_one_store(lab, replace(now, **changes), found, tokens)


def look_up(lab):
    """Count what it takes to know who asks, before and after the account has a thousand more sign-ins."""
    account = lab.account()
    owners = [lab.client("owner", mount).log_in(account) for mount in ("session", "jwt", "jwt-checked")]
    few = [owner.get("cart/") for owner in owners]
    add_sessions(account)
    add_grants(account)
    for owner, before in zip(owners, few, strict=True):
        after = owner.get("cart/")
        first, then = (answer.trace["statements"]["authenticating"] for answer in (before, after))
        seen = f"{first} SQL statements to know who asks, then {then}"
        lab.note(f"{owner.mount}, {number(MORE)} more sign-ins:", seen)
        if owner.mount.startswith("session"):
            lab.case(60, f"a lookup among {number(MORE)} more rows", then > first or after.status != 200, seen)


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
    """Note what so many people need, and compare it with one machine like the measured one."""
    for scheme, side in model.figures(scenario, found).items():
        for name in ("kept", "store", "cores"):
            told = amount(side[name].value, side[name].unit)
            lab.note(f"{scheme}, {NAMES[name]}: {told}", formula(side[name]))
    one_machine(lab, scenario, found, f"{number(scenario.people)} people, one machine")


def on_one_machine(lab, scenario, found, tokens):
    """Ask for the number of people that lies between what a machine carries with sessions and with tokens."""
    sides = model.figures(scenario, found)
    session, jwt = (model.people_on(found["machine"]["cores"], scenario, side["cores"]) for side in sides.values())
    told = significance.is_significant_in_total(scenario, found)
    unsure = "" if told else ", a difference that the benchmark could not tell from noise"
    carried = f"about {rough(session)} people with sessions, {rough(jwt)} with tokens{unsure}"
    lab.note(f"one machine carries, {tokens}:", carried)
    if told:
        between = scenario.for_people(round((session * jwt) ** 0.5))
        one_machine(lab, between, found, f"about {rough(between.people)} people, one machine, {tokens}")


def one_machine(lab, scenario, found, condition):
    """Note whether sessions take more than one machine where tokens do not: only then it is they that stop."""
    session, jwt = (machines(side, found["machine"]) for side in model.figures(scenario, found).values())
    seen = f"{about(session)} machines for sessions, {about(jwt)} for tokens"
    lab.case(60, condition, session > 1 >= jwt, seen)


def machines(side, machine):
    """Return how many machines like the measured one the CPU takes, all their cores busy all the time."""
    return side["cores"].value / 1e6 / machine["cores"]


def on_one_store(lab, scenario, found, tokens):
    """Note whether a store, whatever it can do, is asked too much by sessions while tokens leave it something to do.

    The SQL of the request itself is in the bill of both: it asks the same store.
    """
    itself = measured.cart_request(measured.baseline(found))["statements"]
    sides = model.figures(scenario, found)
    session, jwt = (side["store"].value / scenario.requests + itself for side in sides.values())
    seen = f"for each request asked {rough(session, digits=2)} times with sessions, {rough(jwt, digits=2)} with tokens"
    lab.note(f"the store, {tokens}:", seen)
    lab.case(60, f"machines enough and one store, of any size, {tokens}", session > jwt, seen)
