"""A measurement as the experiment `speed` makes it, in no time: of made-up rounds, by the benchmark's own code."""

from project.lab.benchmark import results
from project.lab.benchmark.kinds import REFRESH
from project.lab.benchmark.plan import Cell, Plan, Round
from project.lab.benchmark.variants import VARIANTS, choose

CPU = {  # microseconds
    "jwt": 600,
    "session": 800,
    "session-signed_cookies": 600,
    "jwt-RS256": 650,
    "refresh": 2_000,
}
LOOKED_UP = next(name for name, one in VARIANTS.items() if one.side == "token" and one.ends_at_once)
CPU[LOOKED_UP] = CPU["session"]


def compare(names, kinds, seconds, rounds, cpu=CPU, noise=0.01):
    """Return what `short.compare` would.

    Args:
        cpu: microseconds for a request of each variant.
        noise: by how much the control is off: two servers that differ in nothing.
    """
    plan = Plan(choose(list(names)), list(kinds), seconds=seconds, rounds=rounds)
    variants = {variant.name: variant for variant in plan.variants} | {plan.control_name: plan.control}
    cells = [
        Cell(name, None, kind) for name, variant in variants.items() for kind in plan.kinds if kind in variant.kinds
    ]

    def made_up(cell):
        cost = cpu["refresh"] if cell.kind == REFRESH else cpu[variants[cell.name].name]
        off = 1 + noise if cell.name == plan.control_name else 1
        return [Round(9, 0.1, cost * off, 0.1, [900] * 9, 100, 1000) for _ in range(plan.rounds)]

    found = {cell.key: made_up(cell) for cell in cells}
    return results.summarise(plan, {}, cells, [], found, {cell.key: [] for cell in cells}, {}, {})
