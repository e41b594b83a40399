"""`benchmark growth`: does a lookup, a token check or a cart cost more when there are a million sign-ins?

Each number of sign-ins has a database and servers of its own, and all of them take their turn within each round, so
that the sizes are compared on the same machine at the same time. The cost of authentication is what `me` costs under a
scheme minus what it costs without authentication.
"""

import time
from datetime import UTC, datetime

from project.lab.benchmark import machine, statistics
from project.lab.benchmark.environment import benchmark_environment
from project.lab.benchmark.kinds import ME
from project.lab.benchmark.plan import EXPIRED, GROWTH_KINDS, SIZES, Cell
from project.lab.benchmark.run import interleave
from project.lab.benchmark.servers import SIGN_INS
from project.lab.benchmark.statistics import MORE_EXPENSIVE
from project.lab.benchmark.variants import BASELINE

LITTLE = 1.10  # times as much as at the first size
UNCLEAR = "unclear"


def measure(plan, sizes=SIZES, expired=EXPIRED, watch=lambda *progress: None):
    """Return the costs at each size as plain data.

    `costs`: {what, variant, kind, cpu: {size: estimate}, p50: {size: microseconds}, growth: the last size over the
        first}; `kind` and `growth` are None for the cost of authentication alone
    `asked`: {size: how many sign-ins the requests came with}
    `storage`: {size: {variant: bytes a sign-in}}; `purge`: {expired, seconds}; `control`: the baseline over itself.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    names = {size: f"sign_ins_{size}" for size in sizes}
    asked = {size: min(size, 4 * plan.clients * SIGN_INS) for size in sizes}
    first = label(BASELINE, sizes[0])
    with benchmark_environment(plan.database, list(names.values()), plan.redis) as environment:
        for size in sizes:
            watch(f"Filling a database with {size:,} sign-ins", 0, 0, None, None)
            environment.prepare(names[size], size, asked[size], stock=False)
        watch("Starting the servers", 0, 0, None, None)
        wanted = {label(v.name, size): (v, names[size]) for size in sizes for v in plan.variants}
        second = f"{first} again"
        wanted[second] = wanted[first]
        servers = environment.start(wanted, plan.clients)
        cells = [Cell(name, servers[name], kind) for name in wanted for kind in GROWTH_KINDS]
        order, rounds = interleave(cells, plan, watch)
        watch(f"Purging {expired:,} expired sign-ins", 0, 0, None, None)
        purge = time_purge(environment, names[sizes[-1]], expired)
        cpu = {key: [found.cpu for found in each] for key, each in rounds.items()}
        control = {kind: statistics.ratio(cpu[second, kind], cpu[first, kind]) for kind in GROWTH_KINDS}
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
            "costs": [*requests(plan, cpu, rounds, sizes, control), *authentication(plan, cpu, sizes)],
            "control": {kind: found.as_dict() for kind, found in control.items()},
            "storage": {str(size): stored(environment.prepared[names[size]], plan) for size in sizes},
            "purge": purge,
        }


def label(variant, size):
    return f"{variant} {size:,}"


def stored(prepared, plan):
    """Return {variant: bytes that the server keeps for one sign-in}."""
    return {v.name: prepared["storage"][v.name] for v in plan.variants if v.name in prepared["storage"]}


def requests(plan, cpu, rounds, sizes, control):
    """Return the costs of whole requests."""
    found = []
    for variant in plan.variants:
        for kind in GROWTH_KINDS:
            keys = {str(size): (label(variant.name, size), kind) for size in sizes}
            first, *_, last = keys.values()
            growth = statistics.ratio(cpu[last], cpu[first])
            found.append(
                {
                    "what": f"{variant.name}, {kind}",
                    "variant": variant.name,
                    "kind": kind,
                    "cpu": {size: statistics.estimate(cpu[key]).as_dict() for size, key in keys.items()},
                    "p50": {size: middle(rounds[key]) for size, key in keys.items()},
                    "growth": growth.as_dict() | {"verdict": verdict(growth, control[kind])},
                }
            )
    return found


def verdict(growth, control):
    """Return "within 10 %", "more expensive" by more than that and by more than noise, or "unclear"."""
    if growth.rounds >= statistics.ENOUGH and growth.high < LITTLE:
        return "within 10 %"
    is_more = growth.low > LITTLE and statistics.is_significant(growth, control)
    return MORE_EXPENSIVE if is_more else UNCLEAR


def authentication(plan, cpu, sizes):
    """Return the costs of authentication: each round's `me` minus the baseline's in the same round.

    A difference of small numbers, below 0 where noise is larger, and too uncertain for a ratio of two of them.
    """
    found = []
    for variant in plan.variants:
        if variant.name == BASELINE:
            continue
        alone = {
            size: [
                cost - without
                for cost, without in zip(
                    cpu[label(variant.name, size), ME], cpu[label(BASELINE, size), ME], strict=True
                )
            ]
            for size in sizes
        }
        estimates = {str(size): statistics.estimate(values).as_dict() for size, values in alone.items()}
        what = f"{variant.name}, {variant.check} alone"
        found.append({"what": what, "variant": variant.name, "kind": None, "cpu": estimates, "p50": {}, "growth": None})
    return found


def middle(rounds):
    return statistics.percentiles([latency for found in rounds for latency in found.latencies])["p50"]


def time_purge(environment, name, expired):
    """Return how long `manage.py purge` takes for so many expired sessions and as many grants."""
    environment.python(name, "-m", "project.lab.benchmark.prepare", f"--expired={expired}")
    started = time.perf_counter()
    environment.python(name, "manage.py", "purge")
    return {"expired": expired, "seconds": round(time.perf_counter() - started, 2)}
