"""A server is a process of its own: it answers, it ends with its starter, and its port is its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection

import pytest

from project.lab.processes import port
from project.lab.processes.ending import end_all
from project.lab.processes.port import HOST, Port
from project.lab.processes.server import NotStarted, Server

SMALL = "wsgiref.simple_server:demo_app"  # answers every request, and imports nothing of ours
START_AND_STAY = f"""
import time
from project.lab.processes.server import Server
running = Server({SMALL!r})
print(running.port.number, running.process.pid, flush=True)
time.sleep(60)
"""


def is_served(number):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, number)) == 0


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        os.sched_yield()


def answers(running):
    with closing(HTTPConnection(HOST, running.port.number, timeout=30)) as connection:
        connection.request("GET", "/")
        with closing(connection.getresponse()) as response:
            return response.status == 200


@contextmanager
def started(*servers):
    try:
        yield servers
    finally:
        end_all(servers)


def test_it_answers_and_ends_with_its_worker():
    with started(Server(SMALL)) as (running,):
        running.wait_until_it_answers(lambda: answers(running))
    assert running.process.returncode is not None
    assert not is_served(running.port.number)


def test_two_have_two_ports():
    with started(Server(SMALL), Server(SMALL)) as servers:
        assert len({running.port.number for running in servers}) == 2


def test_failed_start_is_reported(tmp_path):
    with (tmp_path / "log").open("w") as log:
        running = Server("nothing:there", log=log)
    with pytest.raises(NotStarted, match="could not start"):
        running.wait_until_it_answers(lambda: answers(running))
    running.end()
    assert "nothing" in (tmp_path / "log").read_text()


def test_it_ends_with_its_killed_starter():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "project.settings"}
    command = [sys.executable, "-c", START_AND_STAY]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as starter:  # noqa: S603
        number, family = map(int, starter.stdout.readline().split())
        wait_for(lambda: is_served(number))
        starter.kill()
    wait_for(lambda: not is_served(number))
    with suppress(ProcessLookupError):
        wait_for(lambda: os.killpg(family, 0))  # raises when no process of it is left


def test_its_port_is_held():
    held = Port()
    if port.CAN_HOLD:
        with pytest.raises(OSError, match="in use"):
            socket.create_server((HOST, held.number))
    held.release()
    socket.create_server((HOST, held.number)).close()


def test_taken_port_is_exchanged(monkeypatch):
    monkeypatch.setattr(port, "CAN_HOLD", False)
    running = Server(SMALL)
    first = running.port.number
    running.process.kill()  # as if another program had taken the port
    running.wait_until_it_answers(lambda: answers(running))
    assert running.port.number != first
    running.end()


def test_requested_port_is_kept():
    assert not Port(8000).change()
