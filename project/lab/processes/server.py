"""A server of the shop as a process of its own, which ends with whoever started it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.core.management import CommandError

HOST = "127.0.0.1"
STDERR = 2  # the file descriptor; what a server says is no part of this program's output
SECONDS = 60  # that a server may take to start
ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
OPTIONS = {
    "interface": "wsgi",
    # Two a core would do the work. But a client that sends its request slowly holds a thread until it is done.
    "blocking-threads": 64,
    "backpressure": 4096,  # open connections, of which each browser in the room keeps up to six
    "workers-kill-timeout": 5,  # seconds
    "log-level": "error",
}


@contextmanager
def server(host, port, environment, **process_options):
    """Serve with one process, whose memory is the cache; yield it, and end it however this is left."""
    options = OPTIONS | {"host": host, "port": port}
    command = [sys.executable, "-m", "granian", "project.wsgi:application"]
    command += [f"--{name}={value}" for name, value in options.items()]
    # A terminal sends Ctrl-C to all its processes, and granian's worker, told by its parent too, can hang on it. So
    # the server gets a session of its own, and hears from here when to end: at Ctrl-C or when the terminal closes.
    for number in ENDINGS:
        signal.signal(number, signal.default_int_handler)
    process = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=environment, start_new_session=True, **process_options
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def finished_first():
    """Hear of Ctrl-C only when what runs here is done, so that it can leave nothing behind; of a second one at once."""
    heard = []

    def hear(number, frame):
        heard.append(number)
        if len(heard) > 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, hear) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        raise KeyboardInterrupt


@contextmanager
def own_server():
    """Serve on a free port of this machine, with this program's database and keys; yield the address."""
    [port] = free_ports(1)
    url = f"http://{HOST}:{port}"
    changes = {
        "ALLOWED_HOSTS": ",".join([HOST, *settings.ALLOWED_HOSTS]),
        "LAB_URL": url,
        "VAR_DIR": str(settings.VAR_DIR),
    }
    with server(HOST, port, os.environ | changes, stdout=STDERR) as process:
        wait_until_up(process, port)
        yield url


def free_ports(count):
    """Return ports of this machine on which nobody listens, each another."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.create_server((HOST, 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


def wait_until_up(process, port):
    """Return when /healthz answers; raises CommandError where it never does."""
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection(HOST, port, timeout=SECONDS)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    why = f"does not answer within {SECONDS} seconds" if process.poll() is None else "could not start"
    raise CommandError(f"The experiments' own server {why}.", returncode=2)
