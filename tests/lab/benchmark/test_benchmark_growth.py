"""`manage.py benchmark growth`, with a few sign-ins in place of a million."""

import json
import os
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command

from project.lab.benchmark import growth
from project.lab.benchmark.statistics import Estimate

# The database that the suite runs on is what the benchmark is tried with.
DATABASE = os.environ.get("DATABASE_URL", "") if "postgresql" in settings.DATABASES["default"]["ENGINE"] else ""
SIZES = ["40", "80"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    files = tmp_path_factory.mktemp("growth")
    options = [
        "--sizes",
        ",".join(SIZES),
        "--expired",
        "30",
        "--seconds",
        "0.02",
        "--rounds",
        "2",
        "--clients",
        "1",
        f"--database={DATABASE}",
    ]
    out, error = StringIO(), StringIO()
    call_command(
        "benchmark", "growth", *options, "--report", str(files / "r.html"), "--json", "-", stdout=out, stderr=error
    )
    (files / "results.json").write_text(out.getvalue())
    (files / "terminal.txt").write_text(error.getvalue())
    return files


@pytest.fixture(scope="module")
def results(files):
    return json.loads((files / "results.json").read_text())


def test_costs_are_measured_at_each_size(results):
    what = [row["what"] for row in results["costs"]]
    assert {"session, read cart", "jwt, read cart"} <= set(what)
    assert {"session, session lookup alone", "jwt, token check alone"} <= set(what)
    for row in results["costs"]:
        assert list(row["cpu"]) == SIZES
        if "alone" in row["what"]:
            assert row["growth"] is None
        else:
            assert row["growth"]["median"] > 0
            assert row["growth"]["verdict"] == "unclear"  # from two rounds


def test_storage_and_purge_are_measured(results):
    assert list(results["storage"]) == SIZES
    assert results["purge"]["expired"] == 30
    assert results["purge"]["seconds"] > 0


def test_stdout_holds_only_json(files):
    shown = (files / "terminal.txt").read_text()
    assert "manage.py purge removed 30 expired sessions and as many grants" in shown
    assert "session, session lookup alone" in shown


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.97, 1.09, "within 10 %"), (0.97, 1.11, "unclear"), (1.05, 1.3, "unclear"), (1.2, 1.3, "more expensive")],
)
def test_growth_verdicts(low, high, said):
    assert growth.verdict(Estimate((low + high) / 2, low, high, 10), Estimate(1.0, 0.98, 1.02, 10)) == said


def test_report_names_what_was_measured(files, results):
    html = (files / "r.html").read_text()
    assert "<title>What 40 and 80 sign-ins cost</title>" in html
    assert results["asked"] == {"40": 16, "80": 16}
    assert "The requests come with 16 sign-ins" in html
    for word in ("The stock variants", "Shorter is cheaper", "95 %", "p99"):
        assert word not in html


def test_report_has_two_charts(files):
    html = (files / "r.html").read_text()
    charts = [f"<svg{part.partition('</svg>')[0]}</svg>" for part in html.split("<svg")[1:]]
    assert sum('role="img"' in chart for chart in charts) == 2  # the others are in the legends
    assert all(ElementTree.fromstring(chart).tag.endswith("svg") for chart in charts)  # noqa: S314 - we made them
