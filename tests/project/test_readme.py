"""The READMEs: the first one is short and can be pasted from; each folder's says what the code does."""

import re
from uuid import UUID

import pytest
from django.urls import resolve

from accounts.schemes import scheme_named, schemes
from tests.project.documents import DOCUMENTS, ROOT, opens, section

ROOMS = [path for path in (ROOT / "project" / "lab").iterdir() if (path / "__init__.py").exists()]
NO_FEATURES = ("management", "templatetags")  # folders whose names Django asks for
OWN_ROUTES = ("csrf", "refresh", "verify", "delegate", "revoke")  # those that some schemes have


def test_main_commands_are_named():
    named = set(re.findall(r"manage\.py ([a-z]+)", "".join(path.read_text() for path in DOCUMENTS)))
    assert {"demo", "lab", "benchmark", "migrate", "purge", "keys", "role"} <= named


@pytest.mark.parametrize("scheme", [scheme for scheme in schemes() if scheme.described], ids=lambda scheme: scheme.name)
def test_every_route_exists(scheme):
    routes = re.findall(r"^\| `([a-z{}/_-]+/)` \|", section("project/api/README.md", "Routes"), re.MULTILINE)
    assert len(routes) >= 12
    for route in routes:
        assert resolve(f"/api/{scheme.name}/{re.sub('{.*?}', '1', route.replace('{sign_in}', str(UUID(int=1))))}")


def test_own_routes_are_shown():
    rows = re.findall(r"^\| (`.*?) \|.*\| (.*) \|$", section("project/api/README.md", "Routes"), re.MULTILINE)
    shown = {name: own for names, own in rows for name in re.findall(r"`([\w-]+)`", names) if scheme_named(name)}
    assert set(shown) == {scheme.name for scheme in schemes() if scheme.described}
    for name, own in shown.items():
        routes = {route for route in OWN_ROUTES if f"{route}/" in own}
        there = {route for route in OWN_ROUTES if opens(f"/api/{name}/{route}/")}
        assert routes == there or scheme_named(name).stock


def test_variables_are_those_of_settings():
    source = (ROOT / "project" / "settings.py").read_text()
    read = set(re.findall(r'\b(?:text|entries|switch|number|one_of)\(\s*"([A-Z_]+)"', source))
    rows = re.findall(r"^\| (.+?) \|", section("project/README.md", "Environment"), re.MULTILINE)
    shown = set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))
    assert shown == read


@pytest.mark.parametrize("name", ["run", "test"])
def test_line_to_paste_is_one_line(name):
    text = (ROOT / "README.md").read_text()
    fence = re.search(rf"<!-- the {name} line -->\n```sh\n(.*?)```", text, re.DOTALL)[1]
    assert fence.count("\n") == 1
    assert "python3 -m venv" in fence


def test_what_to_click_is_there(client, db):
    named = re.findall(r"\*\*(.+?)\*\*", section("README.md", "The first three minutes"))
    pages = [client.get(f"/lab/{page}").content.decode() for page in ("", "inspector/", "experiments/")]
    shown = [label.strip() for label in re.findall(r"[^<>]+", "".join(pages))]
    assert len(named) >= 6
    assert [label for label in named if label not in shown] == []


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 100


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_each_room_has_a_readme(room):
    if room.name not in NO_FEATURES:
        assert 10 <= len((room / "README.md").read_text().splitlines()) <= 30


def test_lab_readme_lists_every_room():
    listed = re.findall(r"^\| \[`(\w+)/`\]", (ROOT / "project" / "lab" / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(room.name for room in ROOMS if room.name not in NO_FEATURES)
