"""What `manage.py lab` shows: the list, a transcript with both schemes side by side, the findings. For rich."""

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from project.lab.experiments.kit.statement import Finding
from project.lab.experiments.registry import CHAPTERS, EXPERIMENTS
from project.lab.templatetags.transcript import looked_up

LANES = {"session": "Session", "token": "Token"}
COLOURS = {"holds": "green", "depends": "yellow", "fails": "red"}
LONG = 240  # characters of a note's value that are shown


def listing():
    """Show the experiments by chapter, with their questions and the numbers of their statements."""
    table = Table.grid("", "", Column(no_wrap=True), "", padding=(0, 2))
    for chapter in CHAPTERS:
        table.add_row("")
        table.add_row(Text(chapter.letter, "bold"), Text(chapter.title, "bold"))
        for experiment in [EXPERIMENTS[name] for name in chapter.names]:
            table.add_row("", experiment.name, numbers(experiment.statements), experiment.question)
    usage = (
        "\nRun some:   manage.py lab logout refresh\n"
        "A chapter:  manage.py lab C\n"
        "All:        manage.py lab all\n"
        "At a shop that runs already:  manage.py lab logout --url http://127.0.0.1:8000"
    )
    return Group(
        Text("What tutorials say, tested with sessions and with tokens. Each experiment by name:"), table, Text(usage)
    )


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
    """Show a step: what was done with sessions on the left, with tokens on the right."""
    events = [event for event in shown["events"] if not event.get("aside")]
    lanes = {name: [event for event in events if event["lane"] == name] for name in LANES}
    table = Table(box=box.MINIMAL, expand=True, show_edge=False, padding=(0, 1), pad_edge=False)
    for name, inside in lanes.items():
        schemes = list(dict.fromkeys(event["scheme"] for event in inside if "scheme" in event))
        only = f": {schemes[0]}" if len(schemes) == 1 else ""
        table.add_column(Text.assemble((LANES[name], "bold cyan"), only), ratio=1)
    table.add_row(*[lane(inside) for inside in lanes.values()])
    before = [note(event) for event in events if not event["lane"]]
    both = [table] if any(lanes.values()) else []
    return Group(Text(f"\n{number}. {shown['title']}", "bold"), Padding(Group(*before, *both), (0, 0, 0, 3)))


def lane(events):
    """Show what was done on one side, with the scheme's name where it changes."""
    several, last, cells = len({event["scheme"] for event in events if "scheme" in event}) > 1, None, []
    for event in events:
        if "note" in event:
            cells.append(note(event))
        else:
            cells.append(cell(event, several and event["scheme"] != last))
            last = event["scheme"]
    return Group(*cells)


def cell(exchange, new_scheme):
    """Show an exchange in two lines: what was asked and answered; what was looked up to know who asks."""
    path = exchange["path"].removeprefix(f"/api/{exchange['scheme']}/")
    status = exchange["status"]
    code = exchange["answer"].get("code", "") if isinstance(exchange["answer"], dict) else ""
    colour = "green" if status < 400 else "red"
    lines = [Text(f"at {exchange['scheme']}:", "cyan")] if new_scheme else []
    lines.append(Text.assemble(f"{exchange['who']}  {exchange['method']} {path}  ", (f"{status} {code}", colour)))
    if exchange["what"]:
        lines.append(Padding(Text(exchange["what"], "italic"), (0, 0, 0, 2)))
    if trace := exchange["trace"]:
        words = f"looked up {looked_up(trace, 'authenticating') or 'nothing'}"
        if signatures := trace["signatures"]:
            words += f"; {signatures} signature{'s' * (signatures > 1)}"
        lines.append(Padding(Text(words, "dim"), (0, 0, 0, 2)))
    return Group(*lines)


def note(found):
    text, value = found["note"], found["value"]
    if len(value) > LONG:
        value = f"{value[:LONG]}… ({len(value)} characters)"
    return Text.assemble(text, " " if value else "", (value, "bold"))


def finding(shown):
    """Show a finding with the cases that it follows from, and whether it is as expected."""
    found, expected = Finding(shown["finding"]), Finding(shown["expected"])
    as_expected = "as expected" if shown["as_expected"] else f"NOT AS EXPECTED, which is: {expected.words}"
    table = Table.grid(Column(no_wrap=True), Column(overflow="fold"), padding=(0, 2))
    for case in shown["cases"]:
        mark = Text("as said", "green") if case["as_said"] else Text("not so", "red")
        table.add_row(mark, Text.assemble(f"{case['condition']}: ", (case["observed"], "dim")))
    return Group(
        Text.assemble(
            f"\n{shown['number']}  ",
            (found.words.upper(), f"bold {COLOURS[found]}"),
            (f"  ({as_expected})", "" if shown["as_expected"] else "bold red"),
        ),
        Padding(Group(Text(shown["says"], "bold"), table), (0, 0, 0, 4)),
    )


def failed(name, problem):
    return Text(f"\n{name} failed: {problem}", "bold red")
