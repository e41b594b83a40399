"""A demo server of its own, for tests and pictures."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from threading import Thread

ROOT = Path(__file__).parents[3]
PORTS = range(20_000, 30_000)  # below those that a system gives away to programs which ask for any
PATIENCE = 60  # seconds


class Demo:
    """A running `manage.py demo`, with a database of its own."""

    def __init__(self, var, root=ROOT):
        self.log = var / "stderr.txt"
        while True:
            self.port = SystemRandom().choice(PORTS)
            self.start(var, root)
            self.said = self.read_banner()
            if not self.port_was_taken():
                break

    def start(self, var, root):
        environment = {"VAR_DIR": str(var), "PATH": os.environ["PATH"]}
        command = [sys.executable, root / "manage.py", "demo", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(  # noqa: S603
                command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def read_banner(self):
        """Return the lines up to the last one of the banner, or all there are; a demo that says nothing is ended."""
        lines = []
        reader = Thread(target=self.read_lines, args=[lines])
        reader.start()
        reader.join(PATIENCE)
        if reader.is_alive():
            self.process.kill()
            reader.join()
        return lines

    def read_lines(self, lines):
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break

    def port_was_taken(self):
        return f"Port {self.port} is taken" in self.log.read_text()

    def wait_until_it_answers(self):
        for _ in range(300):
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(timeout=0.1)
                    break
        raise RuntimeError(f"The demo does not answer: {self.log.read_text()}")

    def __enter__(self):
        self.wait_until_it_answers()
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)

    def press_ctrl_c(self):
        """End the demo and return its exit code and what it wrote since it began to serve."""
        self.process.send_signal(signal.SIGINT)
        try:
            said, _ = self.process.communicate(timeout=PATIENCE)
            return self.process.returncode, said, self.log.read_text()
        finally:
            self.process.kill()
