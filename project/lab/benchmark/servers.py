"""The servers of a run: granian with one thread, production profile, each variant in a process of its own."""

import os
from concurrent.futures import ThreadPoolExecutor

from project.lab.benchmark.client import Http, Refused, sign_in
from project.lab.benchmark.meter import CLOCK, RESET
from project.lab.processes.ending import end_all
from project.lab.processes.server import NotStarted, Server

SIGN_INS = 4  # of each client, at least; it uses them in turn
# One worker with one thread: threads of one process share one interpreter lock, and to pass it among several costs
# CPU time that would be counted as the variant's. A thread keeps its connection to SQLite, so none is made anew.
OPTIONS = {"blocking-threads": 1, "backpressure": 1024, "blocking-threads-idle-timeout": 600, "factory": None}


class VariantServer:
    """A running server of one variant, with clients who have signed in there."""

    def __init__(self, name, variant, environment, log):
        self.name, self.variant, self.log = name, variant, log
        self.sign_ins = []  # of each client a list
        application = f"project.lab.benchmark.meter:{'stock' if variant.stock else 'ours'}"
        with log.open("w") as file:
            self.server = Server(application, environment=environment, options=OPTIONS, log=file)
        self.http = Http(self.port)

    @property
    def port(self):
        return self.server.port.number

    def wait_until_it_answers(self):
        """Return when this server answers; raises Refused if it ends first, or does not answer in time."""
        try:
            self.server.wait_until_it_answers(self.answers)
        except NotStarted as error:
            raise Refused(f"The server of {self.name} {error}. It said:\n{self.said()}") from error

    def answers(self):
        self.http.close()
        self.http = Http(self.port)
        return self.http.json(CLOCK)["variant"] == self.name

    def said(self):
        return self.log.read_text(errors="replace")[-2000:]

    def sign_in(self, accounts, cart, clients):
        """Sign every account in and divide the sign-ins among the clients."""
        known = [sign_in(self.http, self.variant, account, cart) for account in accounts]
        self.sign_ins = [known[number::clients] for number in range(clients)]

    def reset(self):
        """Put what was loaded back into the carts."""
        self.http.close()  # granian ends a connection that was idle for 30 seconds; the next request opens another
        self.http.json(RESET)


def side_by_side(function, names):
    """Call the function for each name, several at once; raises what the first that fails raises."""
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        list(pool.map(function, names))


def end(servers):
    """End the servers side by side."""
    for server in servers:
        server.http.close()
    end_all([server.server for server in servers])
