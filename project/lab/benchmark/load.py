"""The load: closed-loop clients over keep-alive connections. Each sends its next request when the last is answered.

That is what browsers and programs do that wait for an answer; and it means that a slow server is asked less often, so
that rare long waits are counted once and not by all who would have come meanwhile ("coordinated omission").

By libcurl, which takes about 25 microseconds a request where aiohttp takes 75 and urllib3 in threads 175.
"""

import time
from io import BytesIO

import pycurl

from project.lab.benchmark.client import PROXY, Refused
from project.lab.benchmark.kinds import PRODUCTS, ROOM
from project.lab.benchmark.meter import CLOCK
from project.lab.benchmark.plan import Round

NOT_THE_CLIENTS = sum(len(f"{header}\r\n") for header in PROXY)  # bytes that a proxy adds to each request


class Client:
    """One client, which uses its sign-ins in turn."""

    def __init__(self, server, kind, sign_ins, wait):
        self.origin, self.mount = f"http://127.0.0.1:{server.port}", server.variant.mount
        self.kind, self.sign_ins = kind, sign_ins
        self.extra = [f"Benchmark-Wait: {wait}"] if wait else []
        self.turn = 0
        self.curl = pycurl.Curl()
        self.curl.setopt(pycurl.USERAGENT, "benchmark")
        self.curl.client = self
        self.set_cookies = []  # of the last answer, as lines
        if kind.takes_cookies and server.variant.carrier == "cookie":
            self.curl.setopt(pycurl.HEADERFUNCTION, self.note_header)

    @property
    def has_room(self):
        """Whether another piece can be added to one of the carts; other requests can always be made."""
        return not self.kind.changes_cart or self.turn < ROOM * len(PRODUCTS) * len(self.sign_ins)

    def prepare(self):
        """Make the next request ready to be sent."""
        lap, number = divmod(self.turn, len(self.sign_ins))
        self.sign_in = self.sign_ins[number]
        request = self.kind.make(self.sign_in, self.mount, lap)
        self.turn += 1
        self.answer = BytesIO()
        self.set_cookies.clear()
        self.curl.setopt(pycurl.URL, self.origin + request.path)
        self.curl.setopt(pycurl.HTTPHEADER, request.headers + self.extra)
        self.curl.setopt(pycurl.WRITEDATA, self.answer)
        if request.body is not None:
            self.curl.setopt(pycurl.POSTFIELDS, request.body)

    def note_header(self, line):
        name, _, value = line.decode().partition(":")
        if name.lower() == "set-cookie":
            self.set_cookies.append(value.strip())

    def check(self):
        """Raise Refused unless the answer is right."""
        status, body = self.curl.getinfo(pycurl.RESPONSE_CODE), self.answer.getvalue()
        if status != self.kind.status or not self.kind.right(self.sign_in, body, self.set_cookies):
            where = f"{self.origin}{self.mount}"
            raise Refused(f"{self.kind.name} at {where}: {status} {body[:500].decode(errors='replace')}")

    def bytes(self):
        """Return (sent, received) of the last request."""
        info = self.curl.getinfo
        sent = info(pycurl.REQUEST_SIZE) + info(pycurl.SIZE_UPLOAD_T) - NOT_THE_CLIENTS
        return sent, info(pycurl.HEADER_SIZE) + info(pycurl.SIZE_DOWNLOAD_T)


def run(server, kind, seconds, wait=0):
    """Load a server with one kind of request and return the Round. Raises Refused at the first wrong answer.

    Args:
        wait: microseconds that the server shall keep busy with each request: a known effect.
    """
    server.reset()
    clients = [Client(server, kind, own, wait) for own in server.sign_ins]
    multi = pycurl.CurlMulti()
    exchange(multi, clients, 0)  # connects, and wakes the server's threads
    before, started, client_started = server.http.json(CLOCK), time.perf_counter(), time.thread_time()
    latencies, sent, received = exchange(multi, clients, seconds)
    took, client_took, after = time.perf_counter() - started, time.thread_time() - client_started, None
    after = server.http.json(CLOCK)
    if after["pid"] != before["pid"]:
        raise Refused(f"The server of {server.name} was started anew in the middle of a round.")
    for client in clients:
        client.curl.close()
    multi.close()
    count = len(latencies)
    cpu = 1e6 * (after["cpu"] - before["cpu"]) / count
    return Round(count, took, cpu, client_took / took, latencies, sent / count, received / count)


def exchange(multi, clients, seconds):
    """Have each client send one request, and more until the time is over; return (latencies, bytes sent, received)."""
    latencies, sent, received = [], 0, 0
    end = time.perf_counter() + seconds
    for client in clients:
        client.prepare()
        multi.add_handle(client.curl)
    active = len(clients)
    while active:
        multi.perform()
        _, done, failed = multi.info_read()
        if failed:
            raise Refused(f"{failed[0][0].client.origin}: {failed[0][2]}")
        for curl in done:
            client = curl.client
            client.check()
            latencies.append(curl.getinfo(pycurl.TOTAL_TIME_T))
            there, back = client.bytes()
            sent, received = sent + there, received + back
            multi.remove_handle(curl)
            if time.perf_counter() < end and client.has_room:
                client.prepare()
                multi.add_handle(curl)
            else:
                active -= 1
        if not done:
            multi.select(1.0)
    return latencies, sent, received
