"""One run: start the servers, measure the cells in random order, and return the results as plain data."""

import json
import random
import time
from datetime import UTC, datetime
from statistics import median

from project.lab.benchmark import load, machine, results
from project.lab.benchmark.client import set_cookies
from project.lab.benchmark.environment import benchmark_environment
from project.lab.benchmark.kinds import KINDS
from project.lab.benchmark.plan import Cell

USERS = 10_000  # accounts in the database, each with a sign-in under each scheme
CALIBRATIONS = 5  # rounds that say what `sensitivity` adds percent to
EFFECTS = (1, 2, 3, 5, 10, 20)  # percent of a request's CPU time that `sensitivity` adds


def measure(plan, watch=lambda *progress: None):
    """Run the plan and return its results: see `results`.

    Args:
        watch: called as watch(stage, done, of, cell, round) after each step. Raises Refused at the first wrong answer.
    """
    started, clock, cpu_load = datetime.now(UTC), time.monotonic(), machine.CpuLoad()
    watch("Filling the database", 0, 0, None, None)
    with benchmark_environment(plan.database, ["main"], plan.redis) as environment:
        environment.prepare("main", max(USERS, plan.accounts), plan.accounts)
        watch("Starting the servers", 0, 0, None, None)
        wanted = {variant.name: (variant, "main") for variant in plan.variants}
        wanted[plan.control_name] = (plan.control, "main")
        servers = environment.start(wanted, plan.clients)
        cells = [
            Cell(name, servers[name], kind)
            for name, (variant, _) in wanted.items()
            for kind in plan.kinds
            if kind in variant.kinds
        ]
        if plan.sensitivity:
            cells += known_effects(servers, plan)
        statements = {cell.key: count_statements(cell) for cell in cells}
        order, rounds = interleave(cells, plan, watch)
        about = {
            "started": started.isoformat(timespec="seconds"),
            "took": round(time.monotonic() - clock, 1),
            "machine": machine.describe(),
            "cores_in_use": cpu_load.share(),
            "versions": machine.versions(environment.urls["main"], plan.redis),
        }
        credentials = {variant.name: credential(servers[variant.name]) for variant in plan.variants}
        storage = environment.prepared["main"]["storage"]
        return results.summarise(plan, about, cells, order, rounds, statements, storage, credentials)


def credential(server):
    """Return the bytes of the headers that say who sends a request, of the clients' sign-ins on average."""
    sizes = [sign_in.credential for own in server.sign_ins for sign_in in own]
    return round(sum(sizes) / len(sizes)) if server.variant.carrier else 0


def interleave(cells, plan, watch):
    """Measure each cell once a round, in an order drawn anew each round; return the order and {cell: rounds}."""
    draw = random.Random(plan.seed)  # noqa: S311 - no secret
    order, rounds = [], {cell.key: [] for cell in cells}
    turns = [(number, cell) for number in range(plan.rounds + 1) for cell in shuffled(cells, draw)]
    for done, (number, cell) in enumerate(turns, 1):
        # The first round warms up and is thrown away.
        found = load.run(cell.server, KINDS[cell.kind], plan.seconds, cell.wait)
        if number:
            order.append([number, *cell.key])
            rounds[cell.key].append(found)
        watch("Measuring" if number else "Warming up", done, len(turns), cell, found if number else None)
    return order, rounds


def shuffled(cells, draw):
    """Return the cells of one round in random order, those of one kind together, so that they are near in time."""
    kinds = list(dict.fromkeys(cell.kind for cell in cells))
    return [
        cell for kind in draw.sample(kinds, len(kinds)) for cell in draw.sample(cells, len(cells)) if cell.kind == kind
    ]


def known_effects(servers, plan):
    """Return cells that add a known wait to the control's second server, in percent of what it costs without."""
    kind = "read cart" if "read cart" in plan.kinds else plan.kinds[0]
    server = servers[plan.control_name]
    load.run(server, KINDS[kind], plan.seconds)  # warms up
    cost = median(load.run(server, KINDS[kind], plan.seconds).cpu for _ in range(CALIBRATIONS))
    name = plan.control.name
    return [Cell(f"{name} +{effect} %", server, kind, max(1, round(cost * effect / 100)), effect) for effect in EFFECTS]


def count_statements(cell):
    """Return the SQL statements of one request, as the server counted them."""
    sign_in = cell.server.sign_ins[0][0]
    cell.server.reset()
    for _ in range(2):  # what is only done once in a process was done by the first
        path, headers, body = KINDS[cell.kind].make(sign_in, cell.server.variant.mount, 0)
        headers = [*headers, "Benchmark-Count: 1"]
        status = KINDS[cell.kind].status
        response, text = cell.server.http.ask("POST" if body else "GET", path, headers, body, status)
        KINDS[cell.kind].right(sign_in, text, set_cookies(response))  # keeps the next refresh token
    return json.loads(response.headers["Benchmark-Statements"])
