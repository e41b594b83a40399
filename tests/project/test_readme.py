"""The documents tell the truth: each path, command, module, variable and address in them exists."""

import re
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from accounts.schemes import scheme_named, schemes

ROOT = Path(__file__).parents[2]
FOLDERS = ("accounts", "project", "shop", "templates", "tests")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(md for top in FOLDERS for md in (ROOT / top).rglob("*.md"))]
ROOMS = [path for path in (ROOT / "project" / "lab").iterdir() if (path / "__init__.py").exists()]
NO_FEATURES = ("management", "templatetags")  # folders whose names Django asks for
FILE_NAME = r"[\w./-]+\.(?:py|md|txt|toml|json|js|mjs|css|html)"

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def code_in(text):
    """Return what stands between backticks, outside of fences."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def section(path, title):
    """Return the part of a document below a heading."""
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", (ROOT / path).read_text(), re.DOTALL | re.MULTILINE)[1]


def places(document):
    """Return where a document's paths begin: the top, its own folder, or the folders that mirror it."""
    folder = document.parent
    lab = ROOT / "project" / "lab"
    mirrored = [top / folder.name for top in (lab / "static" / "lab", ROOT / "templates" / "lab")]
    return [ROOT, folder, *(mirrored if folder.parent == lab else [])]


def opens(address):
    """Say whether there is something at an address, or below it."""
    for path in (address, f"{address.rstrip('/')}/me/"):
        try:
            return resolve(path)
        except Resolver404:
            pass
    return None


def is_route(code):
    return any(opens(f"/api/{scheme.name}/{code}") for scheme in schemes())


@each_document
def test_every_path_exists(path):
    text = path.read_text()
    paths = [code for code in code_in(text) if re.fullmatch(FILE_NAME, code) and code[0] != "/"]
    paths += [code for code in code_in(text) if re.fullmatch(r"[\w.-]+/([\w./-]+/)?", code) and not is_route(code)]
    paths += re.findall(r'(?:src|srcset)="([^"]+)"', text)
    written = {"audit.log", "keys.json", "report.html", "var/"}  # by the program
    missing = [name for name in paths if not any((place / name).exists() for place in places(path))]
    assert set(missing) <= written


@each_document
def test_every_link_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text()):
        name, _, anchor = target.partition("#")
        linked = path.parent / name if name else path
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)", linked.read_text(), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


@each_document
def test_every_command_exists(path):
    text = path.read_text()
    assert set(re.findall(r"manage\.py ([a-z]+)", text)) - set(get_commands()) == set()
    modules = set(re.findall(r"python3? -m ([\w.]+)", text))
    assert [module for module in modules if not find_spec(module)] == []


@each_document
def test_every_address_exists(path):
    for code in code_in(path.read_text()):
        if re.fullmatch(r"((GET|POST) )?/[\w./{}<>-]+", code):
            address = code.split(" ")[-1].replace("{scheme}", "session").replace("<store>", "db")
            assert opens(re.sub(r"\{\w+\}", "1", address)), code


@each_document
def test_every_name_is_where_it_says(path):
    text = " ".join(path.read_text().split())
    found = re.findall(rf"`([\w.]+)` in `({FILE_NAME})`", text)
    found += [(name, file) for file, name in re.findall(rf"`({FILE_NAME})`, in `([\w.]+)`", text)]
    for name, file in found:
        source = next(place / file for place in places(path) if (place / file).exists()).read_text()
        assert all(re.search(rf"\b{part}\b", source) for part in name.split(".")), (name, file)


@each_document
def test_every_variable_exists(path):
    text = path.read_text()
    own = re.findall(r"^([A-Z]+)=", text, re.MULTILINE)  # of the lines to paste
    named = set(re.findall(r"\b([A-Z][A-Z_]{3,})=", text)) - set(own)
    readers = [ROOT / "project" / "settings.py", ROOT / ".ci" / "run", *(ROOT / "tests").rglob("*.py")]
    read = "\n".join(reader.read_text() for reader in readers)
    assert [name for name in named if f'"{name}"' not in read] == []


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
        routes = {route for route in ("csrf", "refresh", "verify", "delegate", "revoke") if f"{route}/" in own}
        there = {
            route for route in ("csrf", "refresh", "verify", "delegate", "revoke") if opens(f"/api/{name}/{route}/")
        }
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
