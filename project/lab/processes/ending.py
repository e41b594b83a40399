"""The end of servers: politely first, then by force, with all the processes that they started."""

import os
import signal
import subprocess
import time
from contextlib import suppress

GRACE = 0.3  # seconds that a server may take to end before it is killed: a request half sent would hold it


def end_all(servers):
    """End servers side by side with all their processes: SIGTERM first, SIGKILL after GRACE seconds."""
    for server in servers:
        server.process.terminate()
    deadline = time.monotonic() + GRACE
    for server in servers:
        has_ended(server.process, within=max(0, deadline - time.monotonic()))
        kill_family(server.process)
        server.process.wait()
        server.process.stdin.close()
        server.port.release()


def has_ended(process, within):
    """Wait so many seconds for the end of a process, and say whether it came."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=within)
    return process.poll() is not None


def kill_family(process):
    """Kill a process and those that it started, where the system knows groups of processes."""
    if not hasattr(os, "killpg"):
        return process.kill()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
