"""Is a request with a token faster than one with a session?

Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13: the intervals. What is measured is
the CPU time of the server's process a request, on servers of the experiment's own: see `manage.py benchmark`.
"""

import time
from dataclasses import dataclass
from threading import Lock

from project.lab.benchmark import short, statistics
from project.lab.benchmark.client import Refused
from project.lab.benchmark.statistics import CHEAPER, NO_DIFFERENCE, Estimate, ratio, verdict
from project.lab.experiments.kit.answer import NoAnswer
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        59,
        "Tokens are faster per request.",
        expected=DEPENDS,
        because="To check a signature is work for the processor, to look up a row is work for the database: which is "
        "less depends on the algorithm, on the store, and on whether the token is looked up all the same. Refreshing "
        "belongs into the bill, and a token that serves few requests never earns it back. A difference counts only if "
        "it is larger than the one between two servers that do the same; what is smaller stands in the transcript as "
        "no significant difference, and decides nothing.",
    ),
]
NEXT_QUESTION = (
    "Run manage.py benchmark session jwt with --database on PostgreSQL, and once more with --redis and session-cache. "
    "Which of the differences that you saw here are still there, and which have changed sides?"
)
DECIDED_BY = [short.compare, statistics.ratio, statistics.verdict]

PAIRS = [  # a token, and the session it is compared with
    ("jwt", "session", "a signature checked instead of a session looked up in the database"),
    ("jwt", "session-signed_cookies", "a signature on either side"),
    ("jwt-RS256", "session", "another algorithm, instead of a session looked up in the database"),
    ("jwt-checked", "session", "a token that is looked up, instead of a session that is"),
]
KINDS = ("me", "read cart", "refresh")
PER_TOKEN = (2, 10, 100)  # requests that one access token serves before it is refreshed
SHARED = 60  # seconds for which those who asked meanwhile share a result
TOO_BUSY = (
    "This machine is too busy to tell a request with a token from one with a session: all differences are within "
    "the noise. End what else runs on it, and try again in a minute."
)
SECONDS, ROUNDS = 6.0, 20  # many short rounds: what disturbs one of them is not in the median

one_at_a_time = Lock()  # two at once would measure each other
latest = {}  # "at" and "results" of the last measurement


def run(lab):
    lab.step("What is measured: requests like these")
    account = lab.account()
    for mount in ("session", "jwt"):
        owner = lab.client("owner", mount).log_in(account)
        owner.get("me/")
        owner.get("cart/")
    owner.refresh()

    results, age = measure()
    lab.step("Each server is asked in turn, in random order, round by round")
    if age:
        lab.note("Measured for somebody who asked at the same time, seconds ago:", f"{age:.0f}")
    for cell in results["cells"]:
        about = f"{cell['cpu']['median']:,.0f} µs of CPU ({cell['cpu']['low']:,.0f} to {cell['cpu']['high']:,.0f})"
        lab.note(f"{cell['variant']}, {cell['kind']}:", f"{about}, SQL statements: {len(cell['statements'])}")
    lab.step("One variant on two servers that are the same (A/A): what differs here is noise")
    for kind, control in results["control"].items():
        lab.note(f"{results['control_variant']} over itself, {kind}:", tell(Estimate(**control)))

    tell_comparisons(lab, results)


def tell_comparisons(lab, results):
    """Note each comparison, and make a case of those that are significant.

    Raises NoAnswer where no comparison of requests is significant. Why a refresh in the bill does not do: it is so
    expensive that it is found in any noise, and alone it would look as if a token were never faster.
    """
    of_requests, with_refreshes = compare_requests(results), compare_with_refreshes(results)
    if not any(one.is_significant for one in of_requests):
        raise NoAnswer(TOO_BUSY)
    lab.step("A token’s request over a session’s: a difference is significant if it is larger than the noise")
    for one in (*of_requests, *with_refreshes):
        lab.note(f"{one.condition}:", str(one))
        if one.is_significant:
            lab.case(59, one.condition, one.verdict == CHEAPER, str(one))


def measure():
    """Return the results of a run, and how many seconds old they are: 0 where it was made for this experiment."""
    with one_at_a_time:
        age = time.monotonic() - latest.get("at", -SHARED)
        if age < SHARED:
            return latest["results"], age
        names = list(dict.fromkeys(name for token, session, _ in PAIRS for name in (token, session)))
        try:
            results = short.compare(names, KINDS, SECONDS, ROUNDS)
        except Refused as error:
            raise NoAnswer(f"The benchmark's own servers cannot be measured. {error}") from error
        latest.update(at=time.monotonic(), results=results)
        return results, 0


@dataclass(frozen=True)
class Comparison:
    """The CPU time of a token's request over that of a session's."""

    condition: str
    ratio: Estimate
    verdict: str  # as `statistics.verdict` returns it

    @property
    def is_significant(self):
        return self.verdict != NO_DIFFERENCE

    def __str__(self):
        return f"{tell(self.ratio)} of the CPU time: {self.verdict}"


def compare_requests(results):
    return [
        compare(results, f"{kind}, {token} over {session}: {why}", kind, token, session)
        for token, session, why in PAIRS
        for kind in ("me", "read cart")
    ]


def compare_with_refreshes(results):
    condition = "read cart, jwt over session, with a refresh for every {} requests"
    return [compare(results, condition.format(count), "read cart", "jwt", "session", 1 / count) for count in PER_TOKEN]


def compare(results, condition, kind, token, session, refreshes=0):
    """Return the Comparison of a kind of request.

    Args:
        refreshes: that come to each request of the token.
    """
    rounds = {(cell["variant"], cell["kind"]): [one["cpu"] for one in cell["rounds"]] for cell in results["cells"]}
    refresh = rounds[token, "refresh"]
    costs = [cpu + refreshes * extra for cpu, extra in zip(rounds[token, kind], refresh, strict=True)]
    found = ratio(costs, rounds[session, kind])
    return Comparison(condition, found, verdict(found, Estimate(**results["control"][kind])))


def tell(found):
    return f"{found.median:.2f} ({found.low:.2f} to {found.high:.2f})"
