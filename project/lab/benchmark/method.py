"""How a run was made and how its columns are to be read, in words: only what is true of that run."""

from project.lab.benchmark.statistics import ENOUGH
from project.lab.benchmark.tables import DASH, NOT_SIGNIFICANT
from project.lab.benchmark.variants import LOGIN, VARIANTS

SERVER = (
    "granian with one worker and one blocking thread. Several threads of one process share one interpreter lock, and "
    "passing it between them costs CPU of its own"
)


def listed(names):
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def intervals(rounds):
    """Return what an interval is."""
    if rounds < ENOUGH:
        return f"the range of the medians when rounds are drawn again; {rounds} rounds are too few to trust it"
    return "the interval of 95 % of the medians when rounds are drawn again (bootstrap)"


def columns(results):
    """Return how the columns of a run's tables are to be read, line by line."""
    lines = [
        f"In brackets: {intervals(results['plan']['rounds'])}.",
        f"{NOT_SIGNIFICANT}: no significant difference, as the interval does not lie wholly beyond the noise.",
    ]
    if any(VARIANTS[name].stock for name in results["plan"]["variants"]):
        lines.append(
            "Over stock: session variants are compared with stock-session, all others with stock-jwt. Stock opens a "
            "database connection for each request, and fetches the product of each cart line with a query of its own; "
            "the variants called “joined” fetch them with the lines."
        )
        if LOGIN in results["control"]:
            lines.append(
                f"Login, ours and stock: {DASH}, not compared. Ours hashes the password with Argon2id and 19 MiB, "
                "stock with Django's PBKDF2, and nearly all of the figure is the hash."
            )
    return lines


def method(results):
    """Return how a run was made, line by line."""
    copy = "the same database" if results["database"] == "PostgreSQL" else "a copy of it"
    cache = "Redis is the cache" if results["redis"] else "the cache is each server's own memory"
    return [
        f"Each variant has a server of its own: {SERVER}.",
        "Our variants and the baselines use the production profile, except that access tokens live twelve hours, so "
        f"that they outlast the run; {cache}. They share one database on {results['database']}. The stock variants use "
        f"the settings of a new Django project, and {copy}.",
        *rounds(results),
    ]


def growth_columns(results):
    """Return how the columns of the growth table are to be read, line by line."""
    asked = list(dict.fromkeys(f"{count:,}" for count in results["asked"].values()))
    which = f"{listed(asked)} sign-ins" + (", by size" if len(asked) > 1 else "")
    return [
        f"In brackets: {intervals(results['rounds'])}.",
        "within 10 %: the interval of the last size over the first ends below 1.10. more expensive: it begins above, "
        "and beyond the noise. unclear: neither.",
        f"The requests come with {which}, opened just before by users from all over the table, again and again: the "
        "database pages that they need stay in the caches. The cost of a sign-in that was not used for long is not "
        "measured.",
        "alone: “me” minus the “me” of the baseline in the same round; below 0 where noise is larger than that.",
    ]


def growth_method(results):
    """Return how a growth run was made, line by line."""
    return [
        f"Each variant has a server of its own at each size: {SERVER}.",
        "All use the production profile, except that access tokens live twelve hours. Those of one size share one "
        f"database on {results['database']}, with as many users as sign-ins of each scheme.",
        *rounds(results),
    ]


def rounds(results):
    return [
        "Rounds are interleaved: in each, every variant takes one turn for each request, in a new random order "
        f"(seed {results['seed']}). A first round warms up and is discarded. Every answer is checked."
    ]
