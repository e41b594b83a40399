"""The twin page as the server sends it, and the scripts as they are written."""

import re

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "project" / "lab" / "static" / "lab" / "compare"
MODULES = {path.name: path.read_text() for path in STATIC.glob("*.js")}


def exports(name):
    return re.findall(r"^export (?:const|function|async function) (\w+)", MODULES[name], re.MULTILINE)


def imports(name):
    return set(re.findall(r'from "\./([\w.]+)"', MODULES[name]))


def test_both_clients_export_the_same_functions_in_the_same_order():
    assert exports("session_client.js") == exports("jwt_client.js")
    assert len(exports("jwt_client.js")) >= 8


def test_the_page_never_asks_which_scheme_it_serves():
    schemes = re.compile(r"""["'`](session|jwt)["'`]""")
    asking = [name for name, text in MODULES.items() if schemes.search(text)]
    assert set(asking) <= {"session_client.js", "jwt_client.js"}


def test_the_modules_that_are_loaded_early_are_those_that_are_needed():
    needed, found = set(), {"twin.js"}
    while found:
        needed |= found
        found = set.union(*(imports(name) for name in found)) - needed
    text = (settings.BASE_DIR / "templates" / "lab" / "compare" / "modules.html").read_text()
    assert set(re.findall(r"lab/compare/([\w.]+\.js)", text)) == needed - {"twin.js", "projector.js"}


@pytest.mark.parametrize("name", MODULES)
def test_text_from_outside_is_inserted_as_text(name):
    assert not re.search(r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|eval\(", MODULES[name])


@pytest.mark.django_db
def test_a_class_is_not_told_the_managers_password(client, settings):
    assert client.get("/lab/").content.decode().count(f'data-password="{settings.DEMO_PASSWORD}"') == 3
    settings.CLASSROOM = True
    assert client.get("/lab/").content.decode().count(f'data-password="{settings.DEMO_PASSWORD}"') == 2


@pytest.mark.django_db
def test_an_anonymous_visit_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):  # the products
        assert client.get("/lab/").status_code == 200
