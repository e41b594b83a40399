"""What the benchmark's servers have in front of the application: a clock, a counter, a wait and a reset.

On the measured path it costs three lookups in a dictionary, the same for every variant.
"""

import json
import os
import time

from django.core.wsgi import get_wsgi_application
from django.db import connection

CLOCK, RESET = "/benchmark/clock", "/benchmark/reset"


def ours():
    """Return the shop's application, as `project.wsgi` builds it, behind the meter."""
    from project.wsgi import application

    return metered(application)


def stock():
    """Return the application of a new Django project, behind the meter."""
    return metered(get_wsgi_application())


def metered(application):
    def wrapped(environ, start_response):
        if environ["PATH_INFO"].startswith("/benchmark/"):
            return answer(start_response, clock() if environ["PATH_INFO"] == CLOCK else reset())
        if microseconds := environ.get("HTTP_BENCHMARK_WAIT"):
            keep_busy(int(microseconds))
        if "HTTP_BENCHMARK_COUNT" in environ:
            return counted(application, environ, start_response)
        return application(environ, start_response)

    return wrapped


def answer(start_response, value):
    body = json.dumps(value).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def clock():
    """Tell whose clock this is, and the seconds of CPU that the process, all its threads, has used so far."""
    return {"variant": os.environ["BENCHMARK_VARIANT"], "pid": os.getpid(), "cpu": time.process_time()}


def reset():
    """Put what was loaded back into the carts: a line holds 99 pieces, and rounds add more."""
    from project.lab.benchmark.kinds import QUANTITY
    from shop.models import CartItem

    return {"lines": CartItem.objects.update(quantity=QUANTITY)}


def keep_busy(microseconds):
    """Use this much CPU time: the known effect that the instrument should find."""
    end = time.thread_time_ns() + 1000 * microseconds
    while time.thread_time_ns() < end:
        pass


def counted(application, environ, start_response):
    """Answer the request, with the SQL statements that it took as JSON in a header."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append(" ".join(sql.split()))
        return execute(sql, params, many, context)

    def start(status, headers, *rest):
        return start_response(status, [*headers, ("Benchmark-Statements", json.dumps(statements))], *rest)

    with connection.execute_wrapper(note):
        return application(environ, start)
