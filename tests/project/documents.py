"""The project's documents, and what they name."""

import re
from pathlib import Path

from django.urls import Resolver404, resolve

from accounts.schemes import schemes

ROOT = Path(__file__).parents[2]
FOLDERS = ("accounts", "project", "shop", "templates", "tests")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(md for top in FOLDERS for md in (ROOT / top).rglob("*.md"))]
FILE_NAME = r"[\w./-]+\.(?:py|md|txt|toml|json|js|mjs|css|html)"


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
