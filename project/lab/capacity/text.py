"""Sentences: where one scheme overtakes the other, and what statement 60, "Sessions stop scaling.", comes to."""

from project.lab.capacity.model import MEMORY, STORES, figures, overtakes, people_on
from project.lab.capacity.numbers import about, amount, duration, number, rough
from project.lab.capacity.significance import is_significant, is_significant_in_total, overtakes_interval

MANY = 10_000_000  # people: what statement 60 is asked about
NOT_SIGNIFICANT = "the benchmark found no significant difference"


def crossings(scenario, measured):
    """Return where one scheme overtakes the other, sentence by sentence."""
    both = figures(scenario, measured)
    session, token = both["session"], both["token"]
    return [
        cpu(scenario, measured),
        operations(scenario, session["store"], token["store"]),
        bandwidth(session["bandwidth"], token["bandwidth"]),
        storage(scenario, measured, session["kept"], token["kept"]),
    ]


def cpu(scenario, measured):
    if not is_significant(scenario, measured):
        return (
            f"CPU: {NOT_SIGNIFICANT} between one request with a session and one with a token, as the intervals of the "
            "two measurements overlap. So no number of requests can be named above which a token is cheaper."
        )
    between = overtakes_interval(scenario, measured)
    if between is None:
        return "CPU: a request with a token is not cheaper than one with a session, so refreshing never pays off."
    return f"CPU: {above('needs less CPU', scenario, *between)}"


def operations(scenario, session, token):
    needed = overtakes(session, token, scenario.requests)
    if needed is None:
        return "Store: a request with a token queries the store as often or more often, so refreshing never pays off."
    return f"Store: {above('queries it less often', scenario, needed, needed)}"


def above(does, scenario, low, high):
    """Return from how many requests a token is ahead, what lifetime that takes, and on which side the scenario is.

    Args:
        low, high: between which the number of requests lies at which both schemes cost the same.
    """
    if scenario.lifetime(high) <= 0:
        return f"a token {does}, however short its lifetime: one visit already sends {scenario.per_visit} requests."
    serves = number(scenario.per_token)
    ahead = "the token is ahead" if scenario.per_token > high else "the session is ahead"
    if low <= scenario.per_token <= high:
        ahead = "no significant difference"
    return (
        f"with more than about {span(rough(low), rough(high))} requests per token, which takes a lifetime of "
        f"{lifetimes(scenario, low, high)}, the token {does}. Here a token serves {serves}: {ahead}."
    )


def lifetimes(scenario, low, high):
    """Return which lifetimes serve so many requests; one visit may already send the least of them."""
    shortest, longest = (scenario.lifetime(needed) for needed in (low, high))
    if shortest <= 0:
        return f"at most {duration(longest, digits=2)}"
    return f"over {span(duration(shortest, digits=2), duration(longest, digits=2))}"


def span(low, high):
    return low if low == high else f"{low} to {high}"


def bandwidth(session, token):
    less, more = sorted([("sessions", session.value), ("tokens", token.value)], key=lambda side: side[1])
    times, extra = number(more[1] / less[1]), amount(more[1] - less[1], token.unit)
    return f"Bandwidth: {more[0]} take {times} times as much as {less[0]}, {extra} more."


def storage(scenario, measured, session, token):
    place = STORES[scenario.store].place
    sessions = f"{amount(session.value, session.unit)} {place}" if session.value else "nothing"
    said = f"Storage: sessions {sessions}, grants of tokens {amount(token.value, token.unit)} on disk."
    if place != MEMORY:
        return said
    gib = measured["machine"]["memory_gib"]
    people = rough(scenario.people * gib * 2**30 / session.value)
    return f"{said} Above about {people} people the sessions need more than {number(gib)} GiB, the measured machine’s."


def answer(scenario, measured):
    """Return what statement 60 comes to for ten million people with the habits of the scenario."""
    many = scenario.for_people(MANY)
    both = figures(many, measured)
    session, token = ({name: amount(one.value, one.unit) for name, one in side.items()} for side in both.values())
    cores = measured["machine"]["cores"]
    served = [rough(people_on(cores, many, side["cores"])) for side in both.values()]
    ratio = about(both["session"]["cores"].value / both["token"]["cores"].value)
    same = "" if is_significant_in_total(many, measured) else f"; {NOT_SIGNIFICANT}"
    return [
        f"{number(MANY)} people like these send {number(many.requests)} requests per second. Sessions need "
        f"{session['cores']}, {session['kept']} and {session['store']} on the store; tokens need "
        f"{token['cores']}, {token['kept']} and {token['store']}.",
        f"One machine like the measured one, with {cores} cores, serves about {served[0]} of them with sessions "
        f"and {served[1]} with tokens. For more people, either scheme needs more machines: sessions need about {ratio} "
        f"times the CPU of tokens{same}.",
        "On paper, ten times the people cost ten times as much. The shared store is the limit: sessions query it "
        f"{per_request(many, both['session']['store'])}, tokens {per_request(many, both['token']['store'])}.",
    ]


def per_request(scenario, figure):
    return f"{number(figure.value / scenario.requests)} times per request"
