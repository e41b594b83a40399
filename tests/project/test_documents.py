"""Every document tells the truth: each path, link, command, address, name and variable in it exists."""

import re
from importlib.util import find_spec

import pytest
from django.core.management import get_commands

from tests.project.documents import DOCUMENTS, FILE_NAME, ROOT, code_in, is_route, opens, places

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


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
