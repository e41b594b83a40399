"""A short run for an experiment: the two schemes side by side, with the same care and wider intervals."""

from project.lab.benchmark.client import Refused
from project.lab.benchmark.kinds import READ_CART
from project.lab.benchmark.plan import Plan
from project.lab.benchmark.variants import choose


def compare(names=("session", "jwt"), kinds=(READ_CART,), seconds=3.0, rounds=5, **options):
    """Measure the variants for about `seconds` altogether and return the results: see `results`.

    `results["ratios"]` has each variant over each other with interval and verdict, `results["control"]` the A/A
    interval for each kind; with fewer than 5 rounds no difference is significant. Starting the servers takes some
    seconds more. Raises Refused at the first wrong answer, and where a package is missing.
    """
    try:
        import project.lab.benchmark.packages  # noqa: F401 - it comes first
        from project.lab.benchmark import run
    except ModuleNotFoundError as error:
        raise Refused(str(error)) from error
    variants = choose(list(names))
    turns = sum(kind in variant.kinds for variant in variants for kind in kinds) + len(kinds)
    plan = Plan(variants, list(kinds), seconds=seconds / (rounds * turns), rounds=rounds, **options)
    return run.measure(plan)
