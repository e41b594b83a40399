"""`manage.py benchmark`: what a request costs under each scheme, on servers of its own."""

import json
import os
import random
import sys
from http.client import HTTPException
from pathlib import Path

import psycopg
import redis
from django.core.management import BaseCommand, CommandError

import project.lab.benchmark.packages  # noqa: F401 - it comes first
from project.lab.benchmark import database, growth, plan, report, run, terminal
from project.lab.benchmark.client import Refused
from project.lab.benchmark.coefficients import coefficients
from project.lab.benchmark.variants import EVERY, VARIANTS, choose, choose_kinds
from project.lab.capacity import measured
from project.lab.processes import interrupts

FAILURES = (Refused, HTTPException, OSError, psycopg.Error, redis.RedisError)
SIZES = ",".join(map(str, plan.SIZES))
LEAST = 10  # rounds for figures that pages compute with
STOPPED = 130  # what a shell reports of a command that Ctrl-C ended
LIMITS = (("seconds", 0.01, 60), ("rounds", 1, 1000), ("clients", 1, 64), ("expired", 1, 10**8))


class Command(BaseCommand):
    help = (
        "Compares what requests cost under each scheme. `benchmark growth` measures what many sign-ins cost. "
        f"Variants: {', '.join(VARIANTS)}; all by default. Needs no running demo and leaves its database alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("variants", nargs="*", metavar="variant", help="What to compare, or the word growth.")
        parser.add_argument("--request", action="append", default=[], help=f"One of: {', '.join(EVERY)}. Repeatable.")
        parser.add_argument("--seconds", type=float, default=0.2, help="Length of a round of one request; default 0.2.")
        parser.add_argument("--rounds", type=int, default=10, help="Default 10.")
        parser.add_argument("--clients", type=int, default=4, help="In parallel; each waits for its answer. Default 4.")
        parser.add_argument(
            "--database", default="", help="postgres://…: makes its databases beside this one; default SQLite."
        )
        parser.add_argument("--redis", default="", help="redis://… for the cache; default: each server's memory.")
        parser.add_argument("--sensitivity", action="store_true", help="Find the smallest effect that it detects.")
        parser.add_argument("--seed", type=int, help="Of the random order, to repeat a run.")
        parser.add_argument("--report", metavar="FILE", help="Write the results as one HTML page.")
        parser.add_argument("--json", metavar="FILE", help="Write the raw results; - for the standard output.")
        parser.add_argument(
            "--measured", action="store_true", help="Keep the figures in project/lab/capacity/measured.json."
        )
        parser.add_argument("--sizes", help=f"For growth: numbers of sign-ins; default {SIZES}.")
        parser.add_argument("--expired", type=int, help=f"For growth: how many to purge; default {plan.EXPIRED}.")

    def handle(self, **options):
        interrupts.raise_for_all()
        try:
            wanted = read_plan(options)
            with terminal.progress() as watch:
                if wanted is None:
                    sizes, expired = read_sizes(options["sizes"] or SIZES), options["expired"] or plan.EXPIRED
                    results = growth.measure(plan.growth_plan(**common(options)), sizes, expired, watch)
                else:
                    results = run.measure(wanted, watch)
        except (ValueError, *FAILURES) as error:
            raise CommandError(str(error) or repr(error)) from error
        except KeyboardInterrupt:
            self.stderr.write("Stopped.")
            sys.exit(STOPPED)
        self.show(results, options, wanted is None)

    def show(self, results, options, is_growth):
        table = (terminal.growth if is_growth else terminal.final)(results, self.stdout.isatty())
        # JSON on the standard output stands there alone, so that another program can read it.
        (self.stderr if options["json"] == "-" else self.stdout).write(table, lambda text: text)
        if options["json"] == "-":
            self.stdout.write(json.dumps(results))
        elif options["json"]:
            Path(options["json"]).write_text(json.dumps(results, indent=1), "utf-8")
        if options["report"]:
            page = report.growth_page(results) if is_growth else report.page(results)
            Path(options["report"]).write_text(page, "utf-8")
        if options["measured"] and not is_growth:
            measured.write(coefficients(results))


def read_plan(options):
    """Return the plan, or None for growth. Raises ValueError that says what to write instead."""
    for name, least, most in LIMITS:
        if options[name] is not None and not least <= options[name] <= most:
            raise ValueError(f"--{name} is {options[name]}; it must be between {least} and {most}.")
    database.check(options["database"])
    for option in ("report", "json"):
        if options[option] and options[option] != "-":
            check_writable(option, Path(options[option]))
    if options["variants"] == ["growth"]:
        if options["request"] or options["sensitivity"] or options["measured"]:
            raise ValueError("growth has its own requests: leave out --request, --sensitivity and --measured.")
        return None
    for name in ("sizes", "expired"):
        if options[name] is not None:
            raise ValueError(f"--{name} is for growth: manage.py benchmark growth --{name} {options[name]}.")
    variants, kinds = choose(options["variants"]), choose_kinds(options["request"])
    answered = [kind for kind in kinds if any(kind in variant.kinds for variant in variants)]
    if not answered:
        raise ValueError(f"None of these variants answers {' or '.join(kinds)}.")
    if options["measured"] and (options["variants"] or options["request"] or options["rounds"] < LEAST):
        raise ValueError(
            f"--measured keeps the figures of all variants and requests, from {LEAST} rounds or more: name no variant "
            "and no --request."
        )
    return plan.Plan(variants, answered, sensitivity=options["sensitivity"], **common(options))


def check_writable(option, path):
    """Raise ValueError unless a file can be written there: before the run, not after it."""
    if not path.parent.is_dir():
        raise ValueError(f"--{option}: there is no directory {path.parent}.")
    if path.is_dir():
        raise ValueError(f"--{option}: {path} is a directory; name a file in it.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ValueError(f"--{option}: {path} cannot be written.")


def common(options):
    """Return the options of every plan."""
    names = ("seconds", "rounds", "clients", "database", "redis")
    seed = options["seed"] if options["seed"] is not None else random.randrange(10**6)  # noqa: S311 - an order
    return {name: options[name] for name in names} | {"seed": seed}


def read_sizes(text):
    """Return the sizes as numbers, smallest first. Raises ValueError."""
    try:
        sizes = sorted({int(size) for size in text.split(",")})
    except ValueError as error:
        raise ValueError(f"--sizes is {text!r}; write numbers with commas between, such as 1000,100000.") from error
    if len(sizes) < 2:
        raise ValueError(f"--sizes is {text!r}; growth compares the last with the first, so write two or more.")
    if not 16 <= sizes[0] <= sizes[-1] <= 10**8:
        raise ValueError("--sizes must be between 16 and 100000000.")
    return sizes
