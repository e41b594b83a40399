"""`benchmark growth`: does one look-up, one token check or one cart cost more when there are a million sign-ins?

Each number of sign-ins has a database and servers of its own, and all of them have their turn within each round, so
that "dearer by a tenth" compares what met the same machine. The look-up and the check are what `me` costs a scheme
more than it costs the floor, which asks nobody.
"""

import time
from datetime import UTC, datetime

from project.lab.benchmark import machine, statistics
from project.lab.benchmark.environment import benchmark_environment
from project.lab.benchmark.run import Cell, Plan, interleave
from project.lab.benchmark.servers import SIGN_INS
from project.lab.benchmark.variants import choose

SIZES = (1_000, 100_000, 1_000_000)
EXPIRED = 500_000
SCHEMES = ("session", "jwt", "jwt-checked")
LOOKUPS = {"session": "session look-up", "jwt": "token check", "jwt-checked": "token check with look-up"}
KINDS = ("me", "read cart")
LITTLE = 1.10  # times as much as at the first size


def measure(plan, sizes=SIZES, expired=EXPIRED, watch=lambda *progress: None):
    """Return the costs at each size as plain data.

    `costs`: {what, cpu: {size: estimate}, p50: {size: microseconds}, growth: the last size over the first, or None}
    `asked`: {size: how many sign-ins the requests came with}
    `storage`: {size: {variant: bytes a sign-in}}; `purge`: {expired, seconds}; `control`: the floor over itself.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    names = {size: f"sign_ins_{size}" for size in sizes}
    variants = choose([*SCHEMES, "no-auth"])
    asked = {size: min(size, 4 * plan.clients * SIGN_INS) for size in sizes}
    with benchmark_environment(plan.database, list(names.values()), plan.redis) as environment:
        for size in sizes:
            watch(f"Filling a database with {size:,} sign-ins", 0, 0, None, None)
            environment.prepare(names[size], size, asked[size], stock=False)
        watch("Starting the servers", 0, 0, None, None)
        wanted = {label(v.name, size): (v, names[size]) for size in sizes for v in variants}
        again = f"{label('no-auth', sizes[0])} again"
        wanted[again] = (variants[-1], names[sizes[0]])
        servers = environment.start(wanted, plan.clients)
        cells = [Cell(name, servers[name], kind) for name in wanted for kind in KINDS]
        order, rounds = interleave(cells, plan, watch)
        watch(f"Purging {expired:,} expired sign-ins", 0, 0, None, None)
        purge = time_purge(environment, names[sizes[-1]], expired)
        cpu = {key: [found.cpu for found in each] for key, each in rounds.items()}
        control = {kind: statistics.ratio(cpu[again, kind], cpu[label("no-auth", sizes[0]), kind]) for kind in KINDS}
        return {
            "started": started.isoformat(timespec="seconds"),
            "took": round(time.monotonic() - clock, 1),
            "machine": machine.describe(),
            "versions": machine.versions(environment.urls[names[sizes[0]]], plan.redis),
            "database": plan.engine,
            "redis": bool(plan.redis),
            "rounds": plan.rounds,
            "seed": plan.seed,
            "order": order,
            "sizes": list(sizes),
            "asked": {str(size): count for size, count in asked.items()},
            "costs": [*requests(cpu, rounds, sizes, control), *lookups(cpu, sizes)],
            "control": {kind: found.as_dict() for kind, found in control.items()},
            "storage": {str(size): environment.prepared[names[size]]["storage"] for size in sizes},
            "purge": purge,
        }


def label(variant, size):
    return f"{variant} {size:,}"


def requests(cpu, rounds, sizes, control):
    """Return the costs of whole requests."""
    found = []
    for variant in (*SCHEMES, "no-auth"):
        for kind in KINDS:
            keys = {str(size): (label(variant, size), kind) for size in sizes}
            first, *_, last = keys.values()
            growth = statistics.ratio(cpu[last], cpu[first])
            found.append(
                {
                    "what": f"{variant}, {kind}",
                    "cpu": {size: statistics.estimate(cpu[key]).as_dict() for size, key in keys.items()},
                    "p50": {size: middle(rounds[key]) for size, key in keys.items()},
                    "growth": growth.as_dict() | {"verdict": verdict(growth, control[kind])},
                }
            )
    return found


def verdict(growth, control):
    """Return "within 10 %", "dearer" by more than that and by more than noise, or "cannot tell"."""
    if growth.rounds >= statistics.ENOUGH and growth.high < LITTLE:
        return "within 10 %"
    return "dearer" if growth.low > LITTLE and statistics.verdict(growth, control) == "dearer" else "cannot tell"


def lookups(cpu, sizes):
    """Return what knowing who asks costs: each round's `me` without that round's floor.

    A difference of small numbers, below 0 where noise is larger, and too uncertain for a ratio of two of them.
    """
    found = []
    for variant, what in LOOKUPS.items():
        alone = {
            size: [
                known - nobody
                for known, nobody in zip(
                    cpu[label(variant, size), "me"], cpu[label("no-auth", size), "me"], strict=True
                )
            ]
            for size in sizes
        }
        estimates = {str(size): statistics.estimate(values).as_dict() for size, values in alone.items()}
        found.append({"what": f"{what} alone", "cpu": estimates, "p50": {}, "growth": None})
    return found


def middle(rounds):
    return statistics.percentiles([latency for found in rounds for latency in found.latencies])["p50"]


def time_purge(environment, name, expired):
    """Return how long `manage.py purge` takes for so many expired sessions and as many grants."""
    environment.python(name, "-m", "project.lab.benchmark.prepare", f"--expired={expired}")
    started = time.perf_counter()
    environment.python(name, "manage.py", "purge")
    return {"expired": expired, "seconds": round(time.perf_counter() - started, 2)}


def plan(**options):
    """Return the plan of a growth run; its variants and kinds are fixed."""
    return Plan(choose(["no-auth"]), list(KINDS), **options)
