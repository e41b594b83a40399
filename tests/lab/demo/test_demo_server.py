"""The demo as a class meets it: one command, a real server, 200 students at once."""

import shutil
import socket
import subprocess
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from json import loads

import pytest

from project.lab.experiments.kit.clients import client
from project.lab.experiments.kit.laboratory import Account
from tests.at_once import at_once
from tests.lab.demo.demo import Demo

STUDENTS = 200
pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    demo = Demo(tmp_path_factory.mktemp("var"))
    try:
        demo.wait_until_it_answers()
        yield demo
    finally:
        with half_a_request(demo.port):
            ending = demo.press_ctrl_c()
    assert ending == (0, "", "Stopped.\n")


@contextmanager
def half_a_request(port):
    """Open a connection on which the server waits for more: it may not keep the demo from ending."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"POST /api/jwt/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n{")
        yield


def test_printed_curl_lines_work(demo, tmp_path):
    assert shutil.which("curl"), "This test needs curl: apt-get install curl"
    products, by_cookie, by_token = [paste(line, tmp_path) for line in demo.said if "curl " in line]
    assert "Headphones" in products
    assert loads(by_token).keys() == {"items", "count", "total"}
    assert by_cookie.endswith(by_token)


def paste(line, directory):
    return subprocess.check_output(["bash", "-c", line], cwd=directory, text=True)  # noqa: S603, S607


def test_200_students_at_once(demo):
    counts = at_once(*[lambda n=number: visit(demo, n) for number in range(STUDENTS)])
    # The last to add a piece saw all that others had added to the same account.
    assert max(counts) == STUDENTS / 2
    assert demo.log.read_text() == ""


def visit(demo, number):
    """Look around, log in, put one piece into the cart and return how many the cart holds then."""
    username, scheme = ("alice", "bob")[number % 2], ("session", "jwt")[number // 2 % 2]
    with closing(client(f"http://127.0.0.1:{demo.port}", scheme, "student")) as student:
        assert "Headphones" in student.get("", url="/").text
        products = student.get("", url="/api/products/").body
        plentiful = [product["id"] for product in products if product["stock"] >= STUDENTS / 2]
        student.log_in(Account(0, username, "open-sesame"))
        added = student.post("cart/items/", {"product": plentiful[number % 7], "quantity": 1})
        assert added.status == 201, added.body
        return student.get("cart/").body["count"]


def test_refusal_keeps_the_connection(demo):
    with closing(HTTPConnection("127.0.0.1", demo.port, timeout=60)) as connection:
        for _ in range(300):  # a body that nobody read had the server hang up on one of twenty
            connection.request("POST", "/api/jwt/cart/items/", "{}", {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 401
