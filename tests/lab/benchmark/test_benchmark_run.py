"""A very short run on real servers, from the command to the report."""

import json
import os
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command

from project.lab.benchmark import run
from project.lab.benchmark.client import Http, Refused
from project.lab.benchmark.coefficients import coefficients
from project.lab.benchmark.environment import benchmark_environment
from project.lab.benchmark.short import compare  # before a fixture puts another in its place
from project.lab.benchmark.variants import VARIANTS
from project.lab.capacity import measured

pytestmark = pytest.mark.servers
REQUESTS = ("read cart", "me", "refresh")
# The database that the suite runs on is what the benchmark is tried with.
DATABASE = os.environ.get("DATABASE_URL", "") if "postgresql" in settings.DATABASES["default"]["ENGINE"] else ""
SHORT = ["--seconds", "0.02", "--rounds", "2", "--clients", "2", "--seed", "7"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Run the command once and return where it wrote."""
    files = tmp_path_factory.mktemp("benchmark")
    out = StringIO()
    options = ["--report", str(files / "report.html"), "--json", str(files / "results.json"), "--sensitivity"]
    options += [f"--request={kind}" for kind in REQUESTS] + [f"--database={DATABASE}", f"--redis={settings.REDIS_URL}"]
    call_command("benchmark", "session", "jwt", "no-auth", "bare", "stock-jwt", *SHORT, *options, stdout=out)
    (files / "terminal.txt").write_text(out.getvalue())
    return files


@pytest.fixture(scope="module")
def results(files):
    return json.loads((files / "results.json").read_text())


def answered(name):
    return [kind for kind in REQUESTS if kind in VARIANTS[name].kinds]


def test_each_answered_request_has_figures(results):
    measured = {(cell["variant"], cell["kind"]) for cell in results["cells"] if not cell["wait"]}
    named = {(name, kind) for name in results["plan"]["variants"] for kind in answered(name)}
    assert measured == named | {("jwt again", kind) for kind in answered("jwt")}
    for cell in results["cells"]:
        assert cell["cpu"]["low"] <= cell["cpu"]["median"] <= cell["cpu"]["high"]
        assert 0 < cell["latency"]["p50"] <= cell["latency"]["p95"] <= cell["latency"]["p99"]
        assert len(cell["rounds"]) == 2
        assert cell["requests"] >= 4
        assert min(cell["cpu"]["low"], cell["throughput"]["low"], cell["sent"], cell["received"]) > 0


def test_every_round_has_every_cell(results):
    cells = {(cell["variant"], cell["kind"]) for cell in results["cells"]}
    for number in (1, 2):
        turns = [(variant, kind) for round, variant, kind in results["order"] if round == number]
        assert set(turns) == cells
        assert len(turns) == len(cells)
    assert results["seed"] == 7


def test_each_request_has_a_control(results):
    assert results["control_variant"] == "jwt"
    assert set(results["control"]) == set(REQUESTS)
    assert {found["verdict"] for found in results["ratios"]} == {"no significant difference"}  # from two rounds


def test_known_effects_are_looked_for(results):
    effects = results["sensitivity"]["effects"]
    assert [effect["effect"] for effect in effects] == list(run.EFFECTS)
    assert [effect["wait"] for effect in effects] == sorted(effect["wait"] for effect in effects)
    assert results["sensitivity"]["smallest"] in {None, *run.EFFECTS}


def test_results_name_machine_and_versions(results):
    assert results["machine"].keys() == {"processor", "cores", "memory_gib", "system"}
    assert {"Python", "Django", "granian", "PostgreSQL" if DATABASE else "SQLite"} <= results["versions"].keys()


@pytest.mark.parametrize(
    ("variant", "kind", "statements"),
    [
        ("bare", "read cart", 0),
        ("no-auth", "read cart", 1),
        ("jwt", "read cart", 1),
        ("session", "read cart", 3),
        ("stock-jwt", "read cart", 7),  # the user, the lines, and each of five products
        ("no-auth", "me", 0),
        ("jwt", "me", 0),
        ("session", "me", 2),
        ("stock-jwt", "me", 1),
    ],
)
def test_statements_are_counted(results, variant, kind, statements):
    (cell,) = (cell for cell in results["cells"] if (cell["variant"], cell["kind"], cell["wait"]) == (variant, kind, 0))
    assert len(cell["statements"]) == statements


def test_storage_of_a_sign_in(results):
    assert results["storage"].keys() == {"session", "jwt", "stock-jwt"}
    assert results["storage"]["session"] > results["storage"]["jwt"] > results["storage"]["stock-jwt"] == 0


def test_bytes_of_a_credential(results):
    sent = {cell["variant"]: cell["sent"] for cell in results["cells"] if cell["kind"] == "read cart"}
    without = sent["no-auth"] - len(VARIANTS["no-auth"].mount) - len("X-User: 1234\r\n")
    for name in ("session", "jwt", "stock-jwt"):
        assert results["credentials"][name] == pytest.approx(sent[name] - len(VARIANTS[name].mount) - without, abs=2)


def test_table_has_a_row_for_each_variant(files):
    shown = (files / "terminal.txt").read_text()
    table = shown[shown.index("refresh: CPU") : shown.index("A/A, read cart")]
    rows = re.findall(r"^│ (.+?) +│ +(\S+) │", table, re.MULTILINE)
    assert [name for name, _ in rows] == ["session", "jwt", "no-auth", "bare", "stock-jwt", "jwt again"]
    assert [name for name, cpu in rows if cpu == "–"] == ["session", "no-auth", "bare"]
    assert "The smallest effect that was detected here" in shown


class Page(HTMLParser):
    """Notes what a page is made of."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href")]


def test_report_needs_nothing_else(files):
    page = Page((files / "report.html").read_text())
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert [address.partition(";")[0] for address in page.addresses] == ["data:application/json"]


def test_report_has_wellformed_charts(files):
    charts = re.findall(r"<svg.*?</svg>", (files / "report.html").read_text(), re.DOTALL)
    assert len(charts) == len(REQUESTS)
    for chart in charts:
        assert ElementTree.fromstring(chart).tag.endswith("svg")  # noqa: S314 - we made it


def test_report_carries_the_raw_figures(files, results):
    data = re.search(r'href="data:application/json;base64,([^"]+)"', (files / "report.html").read_text())[1]
    assert json.loads(b64decode(data)) == results


def test_report_names_its_limits(files):
    html = (files / "report.html").read_text()
    assert "coordinated omission" in html
    assert "What it does not show" in html
    assert "95 %" not in html  # of two rounds
    assert "2 rounds are too few for a significant difference" in html


def test_coefficients_of_each_request(results, tmp_path):
    measured.write(coefficients(results), tmp_path / "measured.json")
    kept = measured.read(tmp_path / "measured.json")
    assert set(kept["variants"]) == set(results["plan"]["titles"].values())
    found = {name: kept["variants"][title] for name, title in results["plan"]["titles"].items()}
    cart = found["session"]["requests"]["read cart"]
    assert cart.keys() == {"cpu", "cpu_interval", "sent", "received", "statements"}
    assert cart["cpu_interval"][0] <= cart["cpu"] <= cart["cpu_interval"][1]
    assert found["bare"]["kept"] is None
    assert found["bare"]["credential"] == 0
    assert [found[name]["side"] for name in ("session", "jwt", "bare")] == ["session", "token", None]
    assert kept["redis"] is bool(settings.REDIS_URL)


def test_failed_start_is_explained():
    broken = VARIANTS["session"].environment | {"SECRET_KEY": "short"}
    variant = replace(VARIANTS["session"], environment=broken)
    failure = pytest.raises(Refused, match=r"(?s)session could not start.*SECRET_KEY is too weak")
    with failure, benchmark_environment(DATABASE, ["main"], settings.REDIS_URL) as environment:
        environment.start({"session": (variant, "main")}, clients=1)
    assert not environment.directory.exists()


def test_servers_that_are_gone_are_noticed():
    with pytest.raises(OSError, match="refused"):
        Http(1).json("/benchmark/clock")


def test_short_run_divides_its_seconds(monkeypatch):
    monkeypatch.setattr(run, "measure", lambda plan: plan)
    plan = compare(seconds=3.0, rounds=5)
    assert [variant.name for variant in plan.variants] == ["session", "jwt"]
    assert (plan.kinds, plan.rounds, plan.control.name) == (["read cart"], 5, "session")
    assert plan.seconds == pytest.approx(3.0 / 5 / 3)  # the control has two turns
