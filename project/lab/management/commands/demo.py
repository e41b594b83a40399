"""`manage.py demo`: the shop on this machine, with one command."""

import errno
import ipaddress
import json
import os
import re
import secrets
import shlex
import socket
from contextlib import suppress

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.commands.runserver import naiveip_re

from accounts import keys
from project.lab.demo.seed import seed
from project.lab.processes.server import server


class Command(BaseCommand):
    help = "Migrates, seeds and serves the shop: on this machine, or with --lan for a classroom."

    def add_arguments(self, parser):
        parser.add_argument("addrport", nargs="?", help="Port, or address:port, as for runserver.")
        parser.add_argument("--lan", action="store_true", help="Serve everyone on this network.")
        parser.add_argument("--reset", action="store_true", help="Forget all orders, carts and accounts first.")

    def handle(self, **options):
        try:
            self.prepare_and_serve(options["addrport"], options["lan"], options["reset"])
        except KeyboardInterrupt:
            self.stderr.write("Stopped.")

    def prepare_and_serve(self, addrport, lan, reset):
        if settings.PRODUCTION:
            raise CommandError("The demo has known passwords; it does not run under the production profile.")
        host, port = parse(addrport, "0.0.0.0" if lan else "127.0.0.1")  # noqa: S104 - asked for
        classroom = not ipaddress.ip_address(host).is_loopback
        if lan and not classroom:
            raise CommandError(f"--lan serves the network, {host} only this machine. Give one of the two.")
        check_free(host, port)
        manager_password = secrets.token_urlsafe(9) if classroom else settings.DEMO_PASSWORD
        call_command("migrate", verbosity=0)
        if reset:
            call_command("flush", interactive=False, verbosity=0)
            # Why: ids start at 1 again, and a token from before would name somebody else.
            keys.key_file().unlink(missing_ok=True)
        seed(settings.DEMO_PASSWORD, manager_password)
        names = [bracketed(name) for name in reachable_at(host)]
        self.stdout.write(banner([f"http://{name}:{port}" for name in names], classroom, manager_password))
        self.stdout.flush()
        # What the server's settings are to be where they differ from this process's.
        changes = {
            "ALLOWED_HOSTS": ",".join([*names, socket.gethostname(), *settings.ALLOWED_HOSTS]),
            "CLASSROOM": str(classroom),
            "LAB_URL": f"http://{'127.0.0.1' if ipaddress.ip_address(host).is_unspecified else bracketed(host)}:{port}",
            "VAR_DIR": str(settings.VAR_DIR),
        }
        serve(host, port, changes)


def parse(addrport, default_host):
    """Return (address, port); names are looked up. Raises CommandError."""
    if not addrport:
        return default_host, 8000
    match = re.match(naiveip_re, addrport)
    if match is None or not 0 < int(match["port"]) < 65536:
        raise CommandError(f'"{addrport}" is not a valid port number or address:port pair.')
    if match["addr"] is None:
        return default_host, int(match["port"])
    host = match["addr"].strip("[]")
    family = socket.AF_INET6 if match["ipv6"] else socket.AF_INET
    flags = 0 if match["fqdn"] else socket.AI_NUMERICHOST
    try:
        return socket.getaddrinfo(host, None, family, flags=flags)[0][4][0], int(match["port"])
    except OSError as error:
        raise CommandError(f"{host} is no address of this machine.") from error


def check_free(host, port):
    """Raise CommandError unless this address and port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there it would allow a second listener
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = port + 1 if port < 65535 else 8000
                message = f"Port {port} is taken, perhaps by an earlier demo. Try another: manage.py demo {other}"
            else:
                message = f"Cannot serve at {bracketed(host)}:{port}: {error.strerror}."
            raise CommandError(message) from error


def reachable_at(host):
    """Return the names and addresses under which a server that listens on `host` is found."""
    if not ipaddress.ip_address(host).is_unspecified:
        return [host]
    found = set()
    with suppress(OSError):  # not every machine knows its own name
        found = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for target in ("192.0.2.1", "10.255.255.255", "172.31.255.255", "192.168.255.255"):
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))  # sends nothing, but picks the interface
            found.add(probe.getsockname()[0])
    outside = sorted(address for address in found if not ipaddress.ip_address(address).is_loopback)
    return outside or ["127.0.0.1"]


def bracketed(address):
    return f"[{address}]" if ":" in address else address


def banner(urls, classroom, manager_password):
    login = shlex.quote(json.dumps({"username": "alice", "password": settings.DEMO_PASSWORD}))
    manager = f"manager / {manager_password}" + (" (shown here only)" if classroom else "")
    return f"""
  {"Students type this" if classroom else "Open this"}:  {"  or  ".join(urls)}
  Log in as:  alice / {settings.DEMO_PASSWORD}   bob / {settings.DEMO_PASSWORD}   {manager}
  API pages:  {urls[0]}/api/docs/

  The products, for everyone:
{products(urls[0])}

  Alice's cart, known by a cookie:
{by_cookie(urls[0], login)}

  The same cart, known by a token:
{by_token(urls[0], login)}

  Ctrl-C ends it.
"""


# What the lines below use is in every curl of the last ten years (`--json` is not), and in every POSIX shell.
JSON = "-H 'Content-Type: application/json' -d"


def products(url):
    return f"curl -s {shlex.quote(f'{url}/api/products/')}"


def by_cookie(url, login):
    api = f"{url}/api/session"
    csrf = """-H "X-CSRFToken: $(awk '/csrftoken/ {print $7}' jar.txt)\""""
    return (
        f"curl -s -c jar.txt {shlex.quote(f'{api}/csrf/')}"
        f" && curl -s -b jar.txt -c jar.txt {csrf} {JSON} {login} {shlex.quote(f'{api}/login/')}"
        f" && curl -s -b jar.txt {shlex.quote(f'{api}/cart/')}"
    )


def by_token(url, login):
    api = f"{url}/api/jwt"
    cut_out = """sed 's/.*"access":"\\([^"]*\\)".*/\\1/'"""
    return (
        f"TOKEN=$(curl -s {JSON} {login} {shlex.quote(f'{api}/login/')} | {cut_out})"
        f' && curl -s -H "Authorization: Bearer $TOKEN" {shlex.quote(f"{api}/cart/")}'
    )


def serve(host, port, environment):
    """Serve until interrupted."""
    with server(host=host, port=port, environment=environment) as running:
        if running.process.wait():
            raise CommandError(f"The server ended with status {running.process.returncode}.")
