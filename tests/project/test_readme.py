"""The README tells the truth: each path, command, variable and address in it exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
CODE = re.findall(r"`([^`\n]+)`", README)


def test_every_path_exists():
    paths = [code for code in CODE if re.fullmatch(r"[\w./-]+\.(py|md|txt|toml)", code)]
    paths += re.findall(r'(?:src|srcset)="([^"]+)"', README)
    assert len(paths) > 8
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_command_exists():
    named = set(re.findall(r"manage\.py ([a-z]+)", README))
    assert {"demo", "migrate", "purge", "keys", "role"} <= named
    assert named - set(get_commands()) == set()


def test_every_address_exists():
    addresses = [code.split(" ")[-1] for code in CODE if re.fullmatch(r"(GET )?/[\w./{}-]+", code)]
    assert len(addresses) > 8
    for address in addresses:
        path = re.sub(r"\{\w+\}", "1", address)
        try:
            resolve(path)
        except Resolver404:
            assert any_route_below(path), address


def any_route_below(path):
    """Say whether `path` is a mount: there is nothing at it, but below it."""
    return path.endswith("/") and resolve(f"{path}me/")


@pytest.mark.parametrize("mount", ["session", "jwt", "jwt-checked"])
def test_every_route_exists(mount):
    routes = re.findall(r"^\| `([a-z{}/-]+/)` \|", README, re.MULTILINE)
    assert len(routes) >= 10
    for route in routes:
        assert resolve(f"/api/{mount}/{re.sub('{.*?}', '1', route)}")


def test_variables_are_those_of_settings():
    source = (ROOT / "project" / "settings.py").read_text()
    read = set(re.findall(r'(?:env(?:\.\w+)?|one_of)\(\s*"([A-Z_]+)"', source))
    table = README[README.index("## Environment") : README.index("## Run it for real")]
    rows = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
    shown = set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))
    assert shown == read


@pytest.mark.parametrize("name", ["run", "test"])
def test_line_to_paste_is_one_line(name):
    fence = re.search(rf"<!-- the {name} line -->\n```sh\n(.*?)```", README, re.DOTALL)[1]
    assert fence.count("\n") == 1
    assert "python3 -m venv" in fence
