"""The twin page: what the two columns put on the wire, and what of it can be taken home."""

import json
import subprocess

import pytest

STEPS = ["who", "refresh", "products", "add", "change", "remove", "cart", "empty", "checkout", "orders", "logout"]


@pytest.fixture
def sent(twin, newcomer):
    """Do everything in both columns; return the headers that each door got: {"session": […], "jwt": […]}."""
    with twin.requests() as requests:
        twin.log_in(newcomer)
        for step in STEPS:
            twin.do(step)
    return {door: [one.all_headers() for one in requests if f"/api/{door}/" in one.url] for door in ("session", "jwt")}


def test_neither_column_sends_what_belongs_to_the_other(sent):
    assert [headers["cookie"] for headers in sent["jwt"] if "cookie" in headers] == []
    assert [headers["authorization"] for headers in sent["session"] if "authorization" in headers] == []
    assert any("sessionid" in headers.get("cookie", "") for headers in sent["session"])
    assert any("authorization" in headers for headers in sent["jwt"])


@pytest.mark.parametrize("where", ["session", "jwt"])
def test_what_is_public_is_asked_for_without_a_token(twin, where):
    twin.log_in("alice")
    with twin.requests() as requests:
        twin.do("products", where)
    [request] = [one for one in requests if one.url.endswith("/api/products/")]
    assert "authorization" not in request.all_headers()
    assert ("cookie" in request.all_headers()) == (where == "session")


def test_the_exported_timeline_has_every_step_and_no_secret(twin, tmp_path):
    twin.log_in("alice")
    twin.do("who")
    twin.do("refresh")
    with twin.page.expect_download() as download:
        twin.page.locator("[data-export]").click()
    download.value.save_as(tmp_path / "steps.json")
    text = (tmp_path / "steps.json").read_text()
    assert len(json.loads(text)["steps"]) == len(twin.steps())
    assert [secret for secret in twin.secrets() if secret in text] == []


def test_a_step_of_the_timeline_can_be_looked_at_again(twin):
    twin.log_in("alice")
    twin.do("orders")
    twin.page.locator(".timeline li button", has_text="Log in as alice").click()
    assert "POST /api/session/login/" in twin.part("session", "request")


@pytest.mark.parametrize("where", ["session", "jwt"])
@pytest.mark.parametrize("step", ["login", "add", "refresh"])
def test_a_step_copied_as_curl_works_in_a_terminal(twin, where, step, tmp_path):
    twin.log_in("alice")
    if step != "login":
        twin.do(step)
    line = twin.copied_from(where)
    ran = subprocess.run(  # noqa: S603
        ["bash", "-c", line],  # noqa: S607
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"HTTP/1.1 {twin.status(where)} " in ran.stdout
