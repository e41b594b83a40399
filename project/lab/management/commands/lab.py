"""`manage.py lab`: the experiments in the terminal."""

import difflib
import json
import os
import sys
import traceback
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone
from rich.console import Console

from accounts.tokens import InvalidToken, verify
from project.api import health
from project.lab.demo.seed import fill_shelf
from project.lab.experiments import report, terminal
from project.lab.experiments.kit.answer import NoAnswer
from project.lab.experiments.kit.laboratory import Laboratory
from project.lab.experiments.kit.statement import Finding
from project.lab.experiments.registry import CHAPTERS, NAMES, letters
from project.lab.experiments.run import run_experiment
from project.lab.processes.interrupts import finished_first
from project.lab.processes.own_server import own_server

NOT_AS_EXPECTED, CANNOT, INTERRUPTED = 1, 2, 130  # exit statuses


class Command(BaseCommand):
    help = "Lists the experiments, or runs those that are named: against a server of its own, or at --url."

    def add_arguments(self, parser):
        chosen = f"An experiment, a chapter ({letters()}), or `all`."
        parser.add_argument("names", nargs="*", metavar="name", help=chosen)
        parser.add_argument("--url", help="A running shop that shares this program's database and keys.")
        parser.add_argument("--json", action="store_true", help="Print what was found as one JSON document.")
        parser.add_argument("--report", type=Path, metavar="FILE", help="Write what was found as one HTML file.")
        parser.add_argument("--quiet", action="store_true", help="Print findings without the transcript, as -v0 does.")

    def handle(self, **options):
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a character shows the rest
        self.console = Console(
            file=options.get("stdout") or sys.stdout,
            force_terminal=options["force_color"] or None,
            no_color=options["no_color"] or None,
            highlight=False,
            emoji=False,
            markup=False,
        )
        if not options["names"]:
            if options["url"] or options["json"] or options["report"]:
                raise CommandError("Name the experiments to run, or `all`.", returncode=CANNOT)
            return self.console.print(terminal.listing())
        try:
            self.run(options)
        except (NoAnswer, DatabaseError, OSError) as error:
            raise CommandError(str(error), returncode=CANNOT) from error
        except KeyboardInterrupt:
            self.stderr.write("Stopped.")
            sys.exit(INTERRUPTED)

    def run(self, options):
        names, file = chosen(options["names"]), options["report"]
        shop = nullcontext(checked(options["url"])) if options["url"] else self.server()
        if file:
            check_writable(file)
        with shop as url:
            with finished_first():
                check_shared(url)
            if not options["json"]:
                self.console.print(f"The shop at {url}, {timezone.now():%Y-%m-%d %H:%M} UTC")
            results, broken = self.run_each(names, url, options)
        found = report.document(url, results, broken)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        if file:
            file.write_text(report.html(found), "utf-8")
        last = summary(results, broken)
        if not options["json"]:
            self.console.print(f"\n{last}")
        elif not found["as_expected"]:
            self.stderr.write(last)
        if not found["as_expected"]:
            sys.exit(NOT_AS_EXPECTED)

    def server(self):
        """Return a server of our own, not started yet, whose database is ready."""
        if settings.PRODUCTION:
            message = "The production profile answers over https alone: name a running shop with --url."
            raise CommandError(message, returncode=CANNOT)
        call_command("migrate", verbosity=0)
        fill_shelf()
        return own_server()

    def run_each(self, names, url, options):
        """Run the experiments, show them, and return (results, {experiment: why it failed})."""
        results, broken = [], {}
        quiet = options["quiet"] or not options["verbosity"]
        for name in names:
            with finished_first():
                try:
                    results.append(run_experiment(name, url))
                except NoAnswer:
                    raise
                except Exception as error:  # one that fails must not stop the others
                    broken[name] = "".join(traceback.format_exception_only(error)).strip()
                    if options["traceback"]:
                        self.stderr.write(traceback.format_exc())
            if not options["json"]:
                shown = terminal.failed(name, broken[name]) if name in broken else terminal.result(results[-1], quiet)
                self.console.print(shown)
        return results, broken


def chosen(words):
    """Return the experiments that are named, each once. Raises CommandError for a name that there is not."""
    groups = {"all": NAMES} | {chapter.letter.lower(): chapter.names for chapter in CHAPTERS}
    groups |= {name: [name] for name in NAMES}
    for word in words:
        if word.lower() not in groups:
            near = difflib.get_close_matches(word.lower(), groups, n=1)
            guess = f" Did you mean {near[0]}?" if near else ""
            choices = ", ".join(["all", *[chapter.letter for chapter in CHAPTERS], *NAMES])
            raise CommandError(f"There is no experiment {word!r}.{guess} There are: {choices}.", returncode=CANNOT)
    return list(dict.fromkeys(name for word in words for name in groups[word.lower()]))


def checked(url):
    """Return the address of a shop without a slash at its end. Raises CommandError for what is no such address."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of a port or an IPv6 address
        sound = False
    if not sound or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise CommandError(f"--url takes an address such as http://127.0.0.1:8000, not {url!r}.", returncode=CANNOT)
    return f"{parts.scheme}://{parts.netloc}"


def check_writable(file):
    """Raise CommandError unless a file can be written there; leave none."""
    new = not os.path.lexists(file)
    try:
        file.open("a").close()
    except OSError as error:
        raise CommandError(f"--report cannot write {file}: {error.strerror}.", returncode=CANNOT) from error
    if new:
        file.unlink()


def check_shared(url):
    """Raise NoAnswer unless a shop with the lab is at `url` that works with this program's database and keys."""
    if not health.passes(health.migrations):
        raise NoAnswer("This program's database is not there or not migrated, so it is not the one of a running shop.")
    with Laboratory(url) as lab:
        visitor = lab.client("visitor", "jwt")
        up = visitor.get("", url="/healthz")
        if up.status != 200:
            raise NoAnswer(f"{url} is no running shop: {url}/healthz is answered {up.status}.")
        account = lab.account()
        if not visitor.log_in(account).get("me/").trace:
            raise NoAnswer(f"{url} tells nothing of what it does: its lab is off (LAB).")
        # Why not by sending a token of ours: a stranger who listens there would have it.
        try:
            verify(visitor.access)
        except InvalidToken as error:
            raise NoAnswer(f"{url} has other keys than this program: give both the same VAR_DIR.") from error


def summary(results, broken):
    """Return the last line: whether each finding is as expected."""
    number = sum(len(result["findings"]) for result in results)
    differing = [
        f"{found['number']} ({name}) {Finding(found['finding']).words}, expected {Finding(found['expected']).words}"
        for name, found in report.unexpected(results)
    ]
    problems = [f"not as expected: {'; '.join(differing)}"] if differing else []
    problems += [f"failed: {', '.join(broken)}"] if broken else []
    found = f"{number} finding{'s' * (number != 1)}"
    return f"{found}, {' · '.join(problems)}." if problems else f"{found}, each as expected."
