"""Do many things at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*calls):
    """Run the calls in as many threads, let them go together, and return their results in order."""
    starting_line = Barrier(len(calls), timeout=30)

    def run(call):
        try:
            starting_line.wait()
            return call()
        finally:
            connection.close()  # each thread has its own

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
