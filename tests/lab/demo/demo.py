"""A demo server of its own, for tests and pictures."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[3]


class Demo:
    """A running `manage.py demo`, with a database of its own."""

    def __init__(self, var):
        self.port = free_port()
        self.log = var / "stderr.txt"
        environment = {"VAR_DIR": str(var), "PATH": os.environ["PATH"]}
        command = [sys.executable, ROOT / "manage.py", "demo", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(  # noqa: S603
                command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        self.said = self.read_banner()

    def read_banner(self):
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        return lines

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
        self.process.communicate(timeout=20)

    def press_ctrl_c(self):
        """End the demo and return its exit code and what it wrote since it began to serve."""
        self.process.send_signal(signal.SIGINT)
        try:
            said, _ = self.process.communicate(timeout=20)
            return self.process.returncode, said, self.log.read_text()
        finally:
            self.process.kill()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
