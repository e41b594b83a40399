"""The terminal: a table that fills during the rounds, and the full tables at the end."""

import shutil
import time
from contextlib import contextmanager
from io import StringIO
from statistics import median

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from project.lab.benchmark import method, tables, text

WIDTH = 180  # columns that the tables need; a terminal that has fewer breaks lines within the cells


class Progress:
    """The table on the terminal while a run goes on: CPU time so far, how much is done, how long it will take."""

    def __init__(self, live):
        self.live = live
        self.cpu, self.kinds = {}, []
        self.began = None

    def watch(self, stage, done, of, cell, found):
        """Show what `run.measure` reports, between rounds, so that it disturbs none."""
        now = time.monotonic()
        self.began = self.began or (now if done else None)
        if cell:
            self.cpu.setdefault(cell.name, {}).setdefault(cell.kind, [])
            self.kinds += [cell.kind] if cell.kind not in self.kinds else []
        if found:
            self.cpu[cell.name][cell.kind].append(found.cpu)
        left = f"about {tables.duration((now - self.began) / done * (of - done))} left" if done > 1 else ""
        line = f"{stage}: {done} of {of}" if of else f"{stage} …"
        self.live.update(Group(self.table(), Text(f"{line}  {left}")), refresh=True)

    def table(self):
        table = Table("variant", *self.kinds, title="CPU time of the server per request so far, in microseconds")
        for column in table.columns[1:]:
            column.justify = "right"
        for name, row in self.cpu.items():
            table.add_row(name, *[f"{median(row[kind]):.0f}" if row.get(kind) else "" for kind in self.kinds])
        return table


@contextmanager
def progress():
    """Yield a function to report to; shows nothing where the standard error is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *progress: None
        return
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield Progress(live).watch


def on_paper(is_terminal):
    """Return a console that keeps what is printed, as wide as the terminal or as the tables need."""
    width = shutil.get_terminal_size().columns if is_terminal else WIDTH
    return Console(file=StringIO(), force_terminal=is_terminal, no_color=not is_terminal, width=width)


def final(results, is_terminal=False):
    """Return all tables of a run and the conclusions as text."""
    console = on_paper(is_terminal)
    for kind in results["plan"]["kinds"]:
        if kind in results["control"]:
            console.print(kind_table(results, kind))
    for line in (*method.columns(results), *text.conclusions(results)):
        console.print(Text(line))
    return console.file.getvalue()


def kind_table(results, kind):
    table = Table(title=f"{kind}: CPU time per request, and the rest", title_justify="left")
    table.add_column("variant", no_wrap=True)
    for heading in (*tables.headings(results)[1:], *tables.WIRE[1:]):
        table.add_column(heading, justify="right")
    for row, wire in zip(tables.rows(results, kind), tables.wire_rows(results, kind), strict=True):
        table.add_row(*row, *wire[1:])
    return table


def growth(results, is_terminal=False):
    """Return the table of `benchmark growth` as text."""
    console = on_paper(is_terminal)
    table = Table(title="How the cost grows with the number of sign-ins", title_justify="left")
    table.add_column("what", no_wrap=True)
    for size in results["sizes"]:
        table.add_column(f"{size:,}", justify="right")
    table.add_column("last over first", justify="right")
    for name, row in tables.growth_rows(results):
        table.add_row(name, *row)
    console.print(table)
    for line in (*method.growth_columns(results), *text.growth_conclusions(results)):
        console.print(Text(line))
    return console.file.getvalue()
