"""What `manage.py lab` shows: the list, a transcript with both schemes side by side, the findings. For rich."""

from itertools import pairwise

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from project.lab.experiments import EXPERIMENTS, PARTS
from project.lab.templatetags.transcript import lane, looked_up

LANES = {"session": "Session", "jwt": "Token"}
COLOURS = {"holds": "green", "depends": "yellow", "fails": "red"}
LONG = 240  # characters of a note's value that are shown


def listing():
    """Show the experiments by part, with their questions and the numbers of their statements."""
    table = Table.grid("", "", Column(no_wrap=True), "", padding=(0, 2))
    for letter, (title, names) in PARTS.items():
        table.add_row("")
        table.add_row(Text(letter, "bold"), Text(title, "bold"))
        for experiment in [EXPERIMENTS[name] for name in names]:
            table.add_row("", experiment.name, numbers(experiment.statements), experiment.question)
    usage = (
        "\nRun some:  manage.py lab logout refresh\n"
        "A part:    manage.py lab C\n"
        "All:       manage.py lab all\n"
        "At a shop that runs already:  manage.py lab logout --url http://127.0.0.1:8000"
    )
    return Group(Text("What tutorials say, tested on both schemes. Each experiment by name:"), table, Text(usage))


def numbers(statements):
    """Return numbers in a row in short: 11-15."""
    first, last = min(statements), max(statements)
    if first == last or len(statements) <= last - first:
        return ", ".join(str(number) for number in sorted(statements))
    return f"{first}-{last}"


def result(found, quiet):
    """Show an experiment: its question, unless quiet its steps, its findings."""
    heading = Text.assemble("\n", (found["title"], "bold underline"), "\n", (found["question"], "bold"))
    steps = [] if quiet else [step(number, shown) for number, shown in enumerate(found["steps"], 1)]
    return Group(heading, *steps, *[finding(shown) for shown in found["findings"]])


def step(number, shown):
    """Show a step: what was asked at the session's doors on the left, at the token's on the right."""
    lanes = {name: [exchange for exchange in shown["exchanges"] if lane(exchange) == name] for name in LANES}
    table = Table(box=box.MINIMAL, expand=True, show_edge=False, padding=(0, 1), pad_edge=False)
    columns = []
    for name, exchanges in lanes.items():
        doors = {exchange["door"] for exchange in exchanges}
        one_door = f": {exchanges[0]['door']}" if len(doors) == 1 else ""
        table.add_column(Text.assemble((LANES[name], "bold cyan"), one_door), ratio=1)
        columns.append([])
        for before, exchange in pairwise([None, *exchanges]):
            new_door = len(doors) > 1 and (before is None or before["door"] != exchange["door"])
            columns[-1].append(cell(exchange, new_door))
    table.add_row(*[Group(*cells) for cells in columns])
    shows = [table] if shown["exchanges"] else []
    return Group(
        Text(f"\n{number}. {shown['title']}", "bold"),
        Padding(Group(*shows, *[note(found) for found in shown["notes"]]), (0, 0, 0, 3)),
    )


def cell(exchange, new_door):
    """Show an exchange in two lines: what was asked and answered; what was looked up to know who asks."""
    path = exchange["path"].removeprefix(f"/api/{exchange['door']}/")
    status = exchange["status"]
    code = exchange["answer"].get("code", "") if isinstance(exchange["answer"], dict) else ""
    colour = "green" if status < 400 else "red"
    lines = [Text(f"at {exchange['door']}:", "cyan")] if new_door else []
    lines.append(Text.assemble(f"{exchange['who']}  {exchange['method']} {path}  ", (f"{status} {code}", colour)))
    if trace := exchange["trace"]:
        words = f"looked up {looked_up(trace, 'authenticating')}"
        if signatures := trace["signatures"]:
            words += f"; {signatures} signature{'s' * (signatures > 1)}"
        lines.append(Padding(Text(words, "dim"), (0, 0, 0, 2)))
    return Group(*lines)


def note(found):
    text, value = found["text"], found["value"]
    if len(value) > LONG:
        value = f"{value[:LONG]}… ({len(value)} characters)"
    return Text.assemble(text, " " if value else "", (value, "bold"))


def finding(shown):
    """Show a finding with the cases that it follows from, and whether the syllabus expects it."""
    found, expected = shown["finding"], shown["expected"]
    as_expected = "as expected" if shown["as_expected"] else f"NOT AS EXPECTED: the syllabus says {expected}"
    table = Table.grid(Column(no_wrap=True), Column(overflow="fold"), padding=(0, 2))
    for case in shown["cases"]:
        mark = Text("so", "green") if case["as_said"] else Text("not so", "red")
        table.add_row(mark, Text.assemble(f"{case['condition']}: ", (case["observed"], "dim")))
    return Group(
        Text.assemble(
            f"\n{shown['number']}  ",
            (found.upper(), f"bold {COLOURS[found]}"),
            (f"  ({as_expected})", "" if shown["as_expected"] else "bold red"),
        ),
        Padding(Group(Text(shown["says"], "bold"), table), (0, 0, 0, 4)),
    )


def broken(name, problem):
    return Text(f"\n{name} broke off: {problem}", "bold red")
