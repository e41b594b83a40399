"""Do many things at the same moment."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

ROUNDS = int(os.environ.get("RACE_ROUNDS", "10"))  # how often a race is run
PATIENCE = 300  # seconds until the last thread has come to the starting line; other work may keep the machine busy


def at_once(*calls):
    """Run the calls in as many threads, let them go together, and return their results in order."""
    starting_line = Barrier(len(calls), timeout=PATIENCE)

    def run(call):
        try:
            starting_line.wait()
            return call()
        finally:
            connection.close()  # each thread has its own

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
