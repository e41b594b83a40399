"""A server in a process of its own, which ends with the program that started it.

Everything in the lab that needs a server starts it here: the demo, `manage.py lab`, the benchmark.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException

from django.conf import settings

from project.lab.processes import interrupts
from project.lab.processes.ending import end_all, has_ended
from project.lab.processes.port import HOST, Port

SHOP = "project.wsgi:application"
TETHER = "project.lab.processes.tether"
STDERR = 2  # the file descriptor; what a server says is no part of this program's output
SECONDS = 60  # that a server may take to start
OPTIONS = {
    "interface": "wsgi",
    # Two a core would do the work. But a client that sends its request slowly holds a thread until it is done.
    "blocking-threads": 64,
    "backpressure": 4096,  # open connections, of which each browser in the room keeps up to six
    "workers-kill-timeout": 1,  # second, where a changed file restarts the worker
    "log-level": "error",
}


class NotStarted(Exception):
    """A server ended before it answered, or did not answer in time."""


class Server:
    """A server of granian with one process, whose memory is the cache.

    Args:
        port: None for one that no other program uses.
        environment: what differs from this program's.
        options: of granian's command line, what differs from OPTIONS; None as the value of a flag, a list of values
            for an option that is given several times.
        log: a file, or a file descriptor, for what it says.
    """

    def __init__(self, application=SHOP, *, host=HOST, port=None, environment=None, options=None, log=None):
        self.application, self.host, self.port = application, host, Port(port)
        self.environment, self.options, self.log = environment or {}, OPTIONS | (options or {}), log
        self.start()

    @property
    def url(self):
        return f"http://{self.host}:{self.port.number}"

    def start(self):
        options = self.options | {"host": self.host, "port": self.port.number}
        command = [sys.executable, "-m", TETHER, "granian", self.application]
        command += [text for name, value in options.items() for text in as_arguments(name, value)]
        # A terminal sends Ctrl-C to all its processes, and granian's worker, told by its parent too, can hang on it. So
        # the server gets a session of its own, and hears from here when to end: at Ctrl-C or when the terminal closes.
        self.process = subprocess.Popen(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            env=os.environ | {"LAB_URL": self.url} | self.environment,
            stdin=subprocess.PIPE,  # the tether
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait_until_it_answers(self, answers=None):
        """Return when it answers; raises NotStarted where it ends or stays silent.

        Args:
            answers: a function that asks it and returns whether it answered. Without one: /healthz.
        """
        answers = answers or self.is_healthy
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError, HTTPException):
                if answers():
                    return
            if has_ended(self.process, within=0.05):
                if not self.port.change():
                    raise NotStarted("could not start")
                self.end()
                self.start()
        raise NotStarted(f"does not answer within {SECONDS} seconds")

    def is_healthy(self):
        connection = HTTPConnection(self.host, self.port.number, timeout=SECONDS)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        finally:
            connection.close()

    def end(self):
        end_all([self])


def as_arguments(name, value):
    if value is None:
        return [f"--{name}"]
    return [f"--{name}={one}" for one in (value if isinstance(value, list) else [value])]


@contextmanager
def server(**options):
    """Serve, yield the Server, and end it when the block is left, also by Ctrl-C, SIGTERM or SIGHUP."""
    interrupts.raise_for_all()
    running = Server(**options)
    try:
        yield running
    finally:
        running.end()
