"""Students edit the code of a running demo: it restarts, and shows what is broken."""

import shutil
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException

import pytest

from project.lab.management.commands.demo import EDITED
from tests.lab.demo.demo import PATIENCE, ROOT, Demo

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the project, which may be broken."""
    root = tmp_path_factory.mktemp("copy")
    for folder in EDITED["options"]["reload-paths"]:
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "manage.py", root)
    return root


@pytest.fixture(scope="module")
def demo(copy, tmp_path_factory):
    with Demo(tmp_path_factory.mktemp("var"), copy) as demo, demo.process.stdout:
        yield demo


@pytest.fixture
def edit(copy):
    """Return a function that replaces text in a file of the project until the test is over."""
    edited = {}

    def edit(name, old, new):
        path = copy / name
        edited[path] = path.read_text()
        assert old in edited[path]
        path.write_text(edited[path].replace(old, new, 1))

    yield edit
    for path, text in edited.items():
        path.write_text(text)


def answer(demo, path, expected):
    """Ask until the expected text is in the answer, and return its status, type and text."""
    deadline = time.monotonic() + PATIENCE
    text = ""
    while time.monotonic() < deadline:
        with suppress(OSError, HTTPException):  # it restarts
            status, kind, text = get(demo.port, path)
            if expected in text:
                return status, kind, text
        time.sleep(0.05)
    raise AssertionError(f"{expected!r} is not in: {text}")


def get(port, path):
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers["Content-Type"], response.read().decode()


def test_changed_file_is_served(demo, edit):
    answer(demo, "/", "<h1>Products</h1>")
    edit("templates/shop/products.html", "<h1>Products</h1>", "<h1>Changed</h1>")
    answer(demo, "/", "<h1>Changed</h1>")


def test_bug_is_shown(demo, edit):
    edit("shop/products.py", "def on_sale():", "def on_sale():\n    1 / 0\n\n\ndef once():")
    status, kind, page = answer(demo, "/", "ZeroDivisionError")
    assert (status, kind) == (500, "text/html; charset=utf-8")
    assert "shop/products.py, line" in page
    assert "ZeroDivisionError" in demo.log.read_text()


@pytest.mark.parametrize("name", ["shop/pages.py", "project/settings.py"])
def test_syntax_error_is_shown(demo, edit, name):
    edit(name, "import", "import import")
    status, kind, text = answer(demo, "/", f'{name}", line')
    assert (status, kind) == (500, "text/plain; charset=utf-8")
    assert "SyntaxError" in text
    assert "SyntaxError" in demo.log.read_text()
    status, kind, text = answer(demo, "/api/products/", "SyntaxError")
    assert (status, kind) == (500, "application/json")
