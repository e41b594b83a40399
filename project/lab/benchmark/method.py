"""How a run was made and how its columns are to be read, in words: only what is true of that run."""

from project.lab.benchmark.statistics import ENOUGH
from project.lab.benchmark.words import DASH, UNDECIDED, listed

SERVER = (
    "granian with one worker and one blocking thread. Threads of one process share one interpreter lock, and to pass "
    "it among several costs CPU of its own"
)


def intervals(rounds):
    """Return what an interval is."""
    if rounds < ENOUGH:
        return f"what the medians reach when the rounds are drawn again; {rounds} rounds are too few to trust it"
    return "the interval in which 95 % of the medians fall when the rounds are drawn again"


def columns(results):
    """Return how the columns of a run's tables are to be read, line by line."""
    lines = [
        f"In brackets stands {intervals(results['plan']['rounds'])}. {UNDECIDED}: undecided, as it does not lie wholly "
        "beyond the noise."
    ]
    if any(name.startswith("stock") for name in results["plan"]["variants"]):
        lines.append(
            "Over stock: a variant with “session” in its name over stock-session, every other one over stock-jwt. "
            "Stock opens a connection to the database for each request, and fetches the product of each line of the "
            "cart by a query of its own; its twins called “joined” fetch them with the lines."
        )
        if "login" in results["control"]:
            lines.append(
                f"Login, ours and stock: {DASH}, not compared. Ours hash the password with Argon2id and 19 MiB, stock "
                "with Django's PBKDF2, and nearly all of the figure is the hash."
            )
    return lines


def method(results):
    """Return how a run was made, line by line."""
    copy = "the same database" if results["database"] == "PostgreSQL" else "a copy of it"
    cache = "Redis is the cache" if results["redis"] else "the cache is each server's own memory"
    return [
        f"Each variant has a server of its own: {SERVER}.",
        "Ours and the floors have the production profile, but for access tokens that live twelve hours, as a run may "
        f"outlast the usual minutes; {cache}. They share one database on {results['database']}. The stock ways have "
        f"the settings of a new Django project, and {copy}.",
        *rounds(results),
    ]


def growth_columns(results):
    """Return how the columns of the growth table are to be read, line by line."""
    asked = list(dict.fromkeys(f"{count:,}" for count in results["asked"].values()))
    which = f"{listed(asked)} sign-ins" + (", by size" if len(asked) > 1 else "")
    return [
        f"In brackets stands {intervals(results['rounds'])}.",
        "within 10 %: the interval of the last size over the first ends below 1.10. dearer: it begins above, and "
        "beyond the noise. cannot tell: neither.",
        f"The requests come with {which}, opened just before by users from all over the table, again and again: the "
        "pages that they need stay in the caches. What a sign-in costs that nobody used for long is not measured.",
        "alone: “me” without what “me” costs the floor in the same round; below 0 where noise is larger than that.",
    ]


def growth_method(results):
    """Return how a growth run was made, line by line."""
    return [
        f"Each variant has a server of its own at each size: {SERVER}.",
        "All have the production profile, but for access tokens that live twelve hours. Those of one size share one "
        f"database on {results['database']}, with as many users as sign-ins of each scheme.",
        *rounds(results),
    ]


def rounds(results):
    return [
        "Rounds are interleaved: in each, every variant has its turn once for each request, in an order drawn anew "
        f"(seed {results['seed']}). A first round warms up and is thrown away. Every answer is checked."
    ]
