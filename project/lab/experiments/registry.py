"""The experiments, by chapter and in lesson order: the one list that a new experiment is added to."""

from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Chapter:
    """A chapter of the course: a folder with one module for each of these experiments."""

    letter: str
    title: str
    folder: str
    names: list[str]


CHAPTERS = [
    Chapter("A", "Memory", "a_memory", ["forgetting", "signing_in", "lookups"]),
    Chapter(
        "B", "Integrity and secrecy", "b_integrity", ["anatomy", "tampering", "weak_key", "algorithms", "encryption"]
    ),
    Chapter("C", "Ending", "c_ending", ["expiry", "logout", "revocation", "refresh", "stale_truth", "housekeeping"]),
    Chapter("D", "Rights", "d_rights", ["status_codes", "delegation", "one_token_many_services"]),
    Chapter("F", "Scale", "f_scale", ["speed", "capacity"]),
]


@dataclass(frozen=True)
class Experiment:
    """One experiment: all that is known of it stands in its module, which is imported when it is asked for."""

    name: str
    chapter: Chapter

    @property
    def module(self):
        return import_module(f"{__package__}.{self.chapter.folder}.{self.name}")

    @property
    def title(self):
        return self.name.replace("_", " ").capitalize()

    @property
    def question(self):
        """Return what the experiment asks: the first line of its docstring."""
        return self.module.__doc__.partition("\n")[0]

    @property
    def sources(self):
        """Return the standards and pages that the docstring names."""
        return " ".join(self.module.__doc__.partition("Source: ")[2].split()).rstrip(".")

    @property
    def statements(self):
        """Return {number: Statement}, in their order."""
        return {statement.number: statement for statement in self.module.STATEMENTS}

    @property
    def next_question(self):
        return self.module.NEXT_QUESTION


def of_chapters(chapters):
    """Return {name: Experiment}, in lesson order."""
    return {name: Experiment(name, chapter) for chapter in chapters for name in chapter.names}


EXPERIMENTS = of_chapters(CHAPTERS)
NAMES = list(EXPERIMENTS)


def letters():
    """Return the letters of the chapters in short: `A to D, F`."""
    runs = []
    for letter in (chapter.letter for chapter in CHAPTERS):
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1] += letter
        else:
            runs.append(letter)
    return ", ".join(run if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def neighbours(name):
    """Return the experiments before and after this one, in lesson order."""
    names = list(EXPERIMENTS)
    place = names.index(name)
    beside = {"previous": names[place - 1 : place], "next": names[place + 1 : place + 2]}
    return {way: EXPERIMENTS[found[0]] if found else None for way, found in beside.items()}
