"""The Compare page as the server sends it, and the scripts as they are written."""

import json
import re

import pytest
from django.conf import settings

from accounts.schemes import schemes

STATIC = settings.BASE_DIR / "project" / "lab" / "static" / "lab"
MODULES = {str(path.relative_to(STATIC)): path.read_text() for path in STATIC.rglob("*.js")}
NAMES = [scheme.name for scheme in schemes()]


def methods(name):
    return re.findall(r"^  (?:async )?(\w+)\(.*\) \{$", MODULES[name], re.MULTILINE)


def imports(name):
    """Return the modules that a module imports, by their place below `static/lab/`."""
    found = re.findall(r'from "(\.\.?)/([\w./]+)"', MODULES[name])
    return {path if start == ".." else f"{name.rpartition('/')[0]}/{path}" for start, path in found}


def compared(client, query=""):
    """Return what the page tells its scripts of the two schemes."""
    page = client.get(f"/lab/{query}").content.decode()
    return json.loads(re.search(r'<script id="compared" type="application/json">(.*?)</script>', page).group(1))


def test_both_clients_have_the_same_methods():
    assert methods("compare/cookie_client.js") == methods("compare/bearer_client.js")
    assert methods("compare/cookie_client.js")[1:] == ["logIn", "logOut", "refresh", "send", "held", "restore"]


def test_no_script_of_the_page_names_a_scheme():
    spelled = re.compile(rf"""["'`]({"|".join(NAMES)})["'`]""")
    assert [name for name, text in MODULES.items() if spelled.search(text)] == []


def test_modules_loaded_early_are_those_needed():
    needed, found = set(), {"compare/compare.js"}
    while found:
        needed |= found
        found = set.union(*(imports(name) for name in found)) - needed
    text = (settings.BASE_DIR / "templates" / "lab" / "compare" / "modules.html").read_text()
    assert set(re.findall(r"lab/([\w./]+\.js)", text)) == needed - {"compare/compare.js", "projector.js"}


@pytest.mark.django_db
def test_session_and_a_jwt_are_compared_at_first(client):
    assert [scheme["name"] for scheme in compared(client)] == ["session", "jwt"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_address_chooses_any_scheme(client, name):
    other = "jwt" if name == "session" else "session"
    assert [scheme["name"] for scheme in compared(client, f"?left={name}&right={other}")] == [name, other]
    assert [scheme["name"] for scheme in compared(client, f"?left={other}&right={name}")] == [other, name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?left=jwt", ["jwt", "session"]),
        ("?right=session", ["session", "jwt"]),
        ("?left=opaque&right=opaque", ["opaque", "session"]),
        ("?left=%00&right=<script>", ["session", "jwt"]),
    ],
)
def test_equal_and_unknown_schemes_are_replaced(client, query, names):
    assert [scheme["name"] for scheme in compared(client, query)] == names


@pytest.mark.django_db
def test_page_knows_of_an_httponly_cookie(client):
    assert [scheme["present"] for scheme in compared(client)] == [False, False]
    client.cookies["sessionid"] = "x" * 32
    assert [scheme["present"] for scheme in compared(client)] == [True, False]


@pytest.mark.django_db
def test_shared_cookie_is_announced(client):
    said = "Both use the cookie <code>sessionid</code>"
    assert said in client.get("/lab/?left=session&right=session-cache").content.decode()
    assert said not in client.get("/lab/").content.decode()


@pytest.mark.parametrize("name", MODULES)
def test_text_from_outside_is_inserted_as_text(name):
    assert not re.search(r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|eval\(", MODULES[name])


@pytest.mark.django_db
def test_class_is_not_told_the_managers_password(client, settings):
    assert client.get("/lab/").content.decode().count(f'data-password="{settings.DEMO_PASSWORD}"') == 3
    settings.CLASSROOM = True
    assert client.get("/lab/").content.decode().count(f'data-password="{settings.DEMO_PASSWORD}"') == 2


@pytest.mark.django_db
def test_anonymous_visit_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):  # the products
        assert client.get("/lab/").status_code == 200
