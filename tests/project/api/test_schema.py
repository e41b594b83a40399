"""The OpenAPI description: valid, complete, and once for all schemes."""

import re

import pytest
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from accounts.schemes import schemes
from project.api.openapi import OneAtATime
from tests.at_once import at_once
from tests.project.api.description import DESCRIPTION, paths_of
from tests.schemes import described_schemes


def test_schema_is_valid_openapi(capsys):
    validate_schema(SchemaGenerator().get_schema(public=True))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("wanted", ["application/json", "application/vnd.oai.openapi+json", "application/yaml"])
def test_schema_comes_in_each_format(client, wanted):
    response = client.get("/api/schema/", headers={"Accept": wanted})
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, wanted)


def test_it_is_written_once_at_a_time():
    writing, most = [], []

    class Watched(OneAtATime):
        def parse(self, *args):
            writing.append(self)
            most.append(len(writing))
            try:
                return super().parse(*args)
            finally:
                writing.pop()

    answers = at_once(*[lambda: Watched().get_schema(public=True)] * 3)
    assert answers == [DESCRIPTION] * 3
    assert most == [1, 1, 1]


def test_schema_names_every_route():
    routes = {re.sub(r"<\w+:(\w+)>", r"{\1}", route) for route in routes_below("/", get_resolver().url_patterns)}
    hidden = tuple(f"/api/{scheme.name}/" for scheme in schemes() if not scheme.described)
    in_the_api = {route for route in routes if route.startswith(("/api/", "/.well-known/"))}
    named = set().union(*map(paths_of, [None, *described_schemes()]))
    assert {route for route in in_the_api if not route.startswith(hidden)} - {"/api/schema/", "/api/docs/"} == named


def routes_below(prefix, patterns):
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        yield from routes_below(route, pattern.url_patterns) if hasattr(pattern, "url_patterns") else [route]


def test_schema_has_one_server():
    [server] = DESCRIPTION["servers"]
    assert server["url"] == "/api/{scheme}"
    assert server["variables"]["scheme"]["enum"] == [scheme.name for scheme in described_schemes()]
    assert DESCRIPTION["paths"]["/api/products/"]["get"]["servers"] == [{"url": "/"}]


def test_schema_says_where_verify_is():
    verifying = [scheme.name for scheme in described_schemes() if scheme.carrier == "header" and scheme.refreshes]
    assert DESCRIPTION["paths"]["/verify/"]["post"]["description"] == f"Under {', '.join(verifying)}."


def test_schema_describes_credentials():
    credentials = DESCRIPTION["components"]["securitySchemes"]
    cookies = {scheme.name: scheme.cookies[0] for scheme in described_schemes() if scheme.carrier == "cookie"}
    assert set(credentials) == {*cookies, "csrf", "bearer"}
    for name, cookie in cookies.items():
        assert (credentials[name]["in"], credentials[name]["name"]) == ("cookie", cookie)
    assert (credentials["csrf"]["in"], credentials["csrf"]["name"]) == ("header", "X-CSRFToken")
    assert (credentials["bearer"]["type"], credentials["bearer"]["scheme"]) == ("http", "bearer")


def test_cart_takes_each_credential(scheme):
    name = scheme.name if scheme.carrier == "cookie" else "bearer"
    cart = DESCRIPTION["paths"]["/cart/"]
    assert {name: []} in cart["get"]["security"]
    assert {name: []} | ({"csrf": []} if scheme.needs_csrf else {}) in cart["delete"]["security"]
    assert {} not in cart["get"]["security"] + cart["delete"]["security"]


def test_docs_need_this_server_only(client):
    page = client.get("/api/docs/").content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) >= 4
    assert all(re.match(r"/[^/]", address) for address in addresses)
    assert "<style" not in page
    assert not re.search(r"<script>|style=|\son\w+=", page)
