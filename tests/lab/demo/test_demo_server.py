"""The demo as a class meets it: one command, a real server, 200 students at once."""

import shutil
import socket
import subprocess
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from json import dumps, loads

import pytest

from tests.at_once import at_once
from tests.lab.demo.demo import Demo

STUDENTS = 200
pytestmark = pytest.mark.servers


class Student:
    """A student's program: one connection, and what the shop gave it to show again."""

    def __init__(self, port, username):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.account = {"username": username, "password": "open-sesame"}
        self.credential, self.cookies = {}, {}

    def ask(self, method, path, body=None):
        """Send a request and return the answer's text; raises AssertionError for a refusal."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Content-Type": "application/json", "Cookie": cookies} | self.credential
        self.connection.request(method, path, dumps(body) if body else None, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        assert response.status < 300, f"{method} {path}: {response.status} {text}"
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return text

    def shop(self, scheme, number):
        """Look around, log in, put one piece into the cart and return how many the cart holds then."""
        with closing(self.connection):
            assert "Headphones" in self.ask("GET", "/")
            products = loads(self.ask("GET", "/api/products/"))
            plentiful = [product["id"] for product in products if product["stock"] >= STUDENTS / 2]
            getattr(self, f"log_in_by_{scheme}")()
            self.ask("POST", f"/api/{scheme}/cart/items/", {"product": plentiful[number % 7], "quantity": 1})
            return loads(self.ask("GET", f"/api/{scheme}/cart/"))["count"]

    def log_in_by_session(self):
        self.ask("GET", "/api/session/csrf/")
        self.credential = {"X-CSRFToken": self.cookies["csrftoken"]}
        self.ask("POST", "/api/session/login/", self.account)
        self.credential = {"X-CSRFToken": self.cookies["csrftoken"]}

    def log_in_by_jwt(self):
        answer = loads(self.ask("POST", "/api/jwt/login/", self.account))
        self.credential = {"Authorization": f"Bearer {answer['access']}"}


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
    username, scheme = ("alice", "bob")[number % 2], ("session", "jwt")[number // 2 % 2]
    return Student(demo.port, username).shop(scheme, number)


def test_refusal_keeps_the_connection(demo):
    with closing(HTTPConnection("127.0.0.1", demo.port, timeout=60)) as connection:
        for _ in range(300):  # a body that nobody read had the server hang up on one of twenty
            connection.request("POST", "/api/jwt/cart/items/", "{}", {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 401
