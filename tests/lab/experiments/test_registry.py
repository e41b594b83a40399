"""The list of experiments: a new one is a module and its name in the list of its chapter, and nothing else."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from project.lab.experiments import a_memory
from project.lab.experiments.registry import CHAPTERS, EXPERIMENTS, Chapter, letters, of_chapters
from project.lab.experiments.run import explained, run_experiment
from tests.browser_without_javascript import Browser, text

MODULE = '''"""Does the shop answer?

Source: RFC 9110 section 15.3.1.
"""

from project.lab.experiments.kit.statement import HOLDS, Statement

STATEMENTS = [Statement(99, "A shop answers.", expected=HOLDS, because="It listens. So it answers.")]
NEXT_QUESTION = "Who answers when the shop is closed?"
DECIDED_BY = [Statement]


def run(lab):
    lab.case(99, "asked once", lab.client("visitor", "jwt").get("", url="/healthz").status == 200, "it answers")
'''


@pytest.fixture
def added(tmp_path, monkeypatch):
    """The experiment `answering`: its module, and its name in a chapter."""
    (tmp_path / "answering.py").write_text(MODULE)
    monkeypatch.setattr(a_memory, "__path__", [*a_memory.__path__, str(tmp_path)])
    [(name, experiment)] = of_chapters([Chapter("A", "Memory", "a_memory", ["answering"])]).items()
    monkeypatch.setitem(EXPERIMENTS, name, experiment)
    return experiment


def test_a_new_experiment_is_run_and_explained(added, shop_url):
    found = run_experiment("answering", shop_url)
    [finding] = explained("answering", found["findings"])
    assert (finding["says"], finding["finding"], finding["as_expected"]) == ("A shop answers.", "holds", True)
    assert finding["because"] == "It listens. So it answers."


def test_a_new_experiment_has_a_page(added, db):
    page = text(Browser().get("/lab/experiments/answering/"))
    assert "Does the shop answer?" in page
    assert "“A shop answers.”" in page


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.letter)
def test_no_experiment_is_left_out(chapter):
    package = import_module(f"project.lab.experiments.{chapter.folder}")
    modules = {module.name: module.module_finder.find_spec(module.name) for module in iter_modules(package.__path__)}
    written = {name for name, spec in modules.items() if "STATEMENTS" in spec.loader.get_source(name)}
    assert written == set(chapter.names)


def test_the_letters_of_the_chapters_in_short():
    assert letters() == "A to D, F"
