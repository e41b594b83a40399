"""The recorder: what the server did for one API request, told in headers of the answer.

`Server-Timing` comes with every answer, for the network panels of browsers. A request that says `Lab-Trace: full` gets
the whole trace as JSON in the header `Lab-Trace`. Nothing is stored, so it works with any number of servers.
Source: Server Timing (W3C), section "The Server-Timing Header Field".
"""

import json
import time

from django.db import connection

from project.lab.recorder.trace import Trace, current


class Recorder:
    """The middleware. It is there only where the lab is on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        trace = Trace(request)
        token = current.set(trace)
        try:
            with connection.execute_wrapper(trace.statement):
                response = self.get_response(request)
        finally:
            current.reset(token)
        seconds = time.perf_counter() - trace.started
        response["Server-Timing"] = trace.server_timing(seconds)
        if request.headers.get("Lab-Trace") == "full":
            response["Lab-Trace"] = json.dumps(trace.full(response, seconds))
        return response
