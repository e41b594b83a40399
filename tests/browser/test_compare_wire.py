"""The Compare page: what the two columns put on the wire, and what of it can be taken home."""

import json
import subprocess

import pytest

STEPS = ["who", "refresh", "products", "add", "change", "remove", "cart", "empty", "checkout", "orders", "logout"]


@pytest.fixture
def sent(compare, newcomer):
    """Do everything in both columns; return the headers that each scheme got: {"session": […], "jwt": […]}."""
    with compare.requests() as requests:
        compare.log_in(newcomer)
        for step in STEPS:
            compare.do(step)
    return {name: [one.all_headers() for one in requests if f"/api/{name}/" in one.url] for name in ("session", "jwt")}


def test_no_column_sends_the_others_credential(sent):
    assert [headers["cookie"] for headers in sent["jwt"] if "cookie" in headers] == []
    assert [headers["authorization"] for headers in sent["session"] if "authorization" in headers] == []
    assert any("sessionid" in headers.get("cookie", "") for headers in sent["session"])
    assert any("authorization" in headers for headers in sent["jwt"])


@pytest.mark.parametrize("where", ["session", "jwt"])
def test_public_requests_carry_no_token(compare, where):
    compare.log_in("alice")
    with compare.requests() as requests:
        compare.do("products", where)
    [request] = [one for one in requests if one.url.endswith("/api/products/")]
    assert "authorization" not in request.all_headers()
    assert ("cookie" in request.all_headers()) == (where == "session")


def test_export_has_all_steps_and_no_secret(compare, tmp_path):
    compare.log_in("alice")
    compare.do("who")
    compare.do("refresh")
    with compare.page.expect_download() as download:
        compare.page.locator("[data-export]").click()
    download.value.save_as(tmp_path / "steps.json")
    text = (tmp_path / "steps.json").read_text()
    assert len(json.loads(text)["steps"]) == len(compare.steps())
    assert [secret for secret in compare.secrets() if secret in text] == []


def test_earlier_step_can_be_shown_again(compare):
    compare.log_in("alice")
    compare.do("orders")
    compare.page.locator(".timeline li button", has_text="Log in as alice").click()
    assert "POST /api/session/login/" in compare.part("session", "request")


@pytest.mark.parametrize("where", ["session", "jwt"])
@pytest.mark.parametrize("step", ["login", "add", "refresh"])
def test_copied_curl_works_in_a_terminal(compare, where, step, tmp_path):
    compare.log_in("alice")
    if step != "login":
        compare.do(step)
    line = compare.copied_from(where)
    ran = subprocess.run(  # noqa: S603
        ["bash", "-c", line],  # noqa: S607
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"HTTP/1.1 {compare.status(where)} " in ran.stdout
