"""The results of a run as plain data, which is what `--json` writes and what the report shows.

`plan`, `seed`, `machine`, `versions`, `started`, `took` (seconds), `cores_in_use` (share of all cores)
`redis`: whether the cache was Redis, and not the memory of each server; `database`: SQLite or PostgreSQL
`order`: [round, variant, kind] in the order in which they were measured
`cells`: one for each variant and kind of request: `cpu` (microseconds of the server's process a request), `throughput`
    (requests a second), `latency` (microseconds, p50 p95 p99 over all rounds), `sent` and `received` (bytes a request),
    `statements` (SQL of one request), `requests`, `client` (share of a core that the load took), `rounds` (raw)
`control`: {kind: the ratio of the control to itself, A/A}; `control_variant` says which variant it is
`ratios`: `variant` over `over`, of CPU time a request, with a `verdict`: see `statistics.verdict`
`storage`: {variant: bytes that the server keeps for one sign-in}
`credentials`: {variant: bytes of the headers that say who sends a request}
`sensitivity`: known effects, whether each was found, and `smallest` (percent); only with `--sensitivity`
"""

from dataclasses import asdict

from project.lab.benchmark import statistics
from project.lab.benchmark.statistics import MORE_EXPENSIVE, estimate, ratio, verdict


def summarise(plan, about, cells, order, rounds, statements, storage, credentials):
    """Return the results of a run."""
    cpu = {key: [found.cpu for found in each] for key, each in rounds.items()}
    second, first = plan.control_name, plan.control.name  # two servers that differ in nothing
    control = {kind: ratio(cpu[second, kind], cpu[first, kind]) for kind in plan.kinds if (second, kind) in cpu}
    references = [variant.name for variant in plan.variants]
    return {
        **about,
        "seed": plan.seed,
        "redis": bool(plan.redis),
        "database": plan.engine,
        "plan": {
            "variants": references,
            "titles": {variant.name: variant.title_with(plan.redis) for variant in plan.variants},
            "kinds": plan.kinds,
            "seconds": plan.seconds,
            "rounds": plan.rounds,
            "clients": plan.clients,
        },
        "order": order,
        "cells": [summary(cell, rounds[cell.key], statements[cell.key]) for cell in cells],
        "control_variant": plan.control.name,
        "control": {kind: found.as_dict() for kind, found in control.items()},
        "ratios": [
            compare(cpu, name, over, kind, control)
            for kind in control
            for name in references
            for over in references
            if name != over and (name, kind) in cpu and (over, kind) in cpu
        ],
        "storage": {name: storage[name] for name in references if name in storage},
        "credentials": credentials,
        **({"sensitivity": sensitivity(cells, cpu, plan, control)} if plan.sensitivity else {}),
    }


def summary(cell, rounds, statements):
    latencies = [latency for found in rounds for latency in found.latencies]
    return {
        "variant": cell.name,
        "kind": cell.kind,
        "wait": cell.wait,
        "cpu": estimate(found.cpu for found in rounds).as_dict(),
        "throughput": estimate(found.requests / found.seconds for found in rounds).as_dict(),
        "latency": statistics.percentiles(latencies),
        "sent": round(sum(found.sent for found in rounds) / len(rounds), 1),
        "received": round(sum(found.received for found in rounds) / len(rounds), 1),
        "statements": statements,
        "requests": sum(found.requests for found in rounds),
        "client": round(max(found.client for found in rounds), 3),
        "rounds": [raw(found) for found in rounds],
    }


def raw(found):
    figures = {name: value for name, value in asdict(found).items() if name != "latencies"}
    return {name: round(value, 4) for name, value in figures.items()} | statistics.percentiles(found.latencies)


def compare(cpu, name, over, kind, control):
    found = ratio(cpu[name, kind], cpu[over, kind])
    said = verdict(found, control[kind])
    return {"kind": kind, "variant": name, "over": over, **found.as_dict(), "verdict": said}


def sensitivity(cells, cpu, plan, control):
    """Return which of the known effects were found, and the smallest from which on all were."""
    found = []
    for cell in (cell for cell in cells if cell.effect):
        changed = ratio(cpu[cell.key], cpu[plan.control.name, cell.kind])
        seen = verdict(changed, control[cell.kind]) == MORE_EXPENSIVE
        found.append({"effect": cell.effect, "wait": cell.wait, **changed.as_dict(), "found": seen})
    missed = [effect["effect"] for effect in found if not effect["found"]]
    above = [effect["effect"] for effect in found if effect["effect"] > max(missed, default=0)]
    return {
        "variant": plan.control.name,
        "kind": cell_kind(cells),
        "effects": found,
        "smallest": min(above, default=None),
    }


def cell_kind(cells):
    return next(cell.kind for cell in cells if cell.effect)
