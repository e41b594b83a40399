"""Where the demo listens, and under which addresses others find it."""

import errno
import ipaddress
import os
import re
import socket
from contextlib import suppress

from django.core.management import CommandError
from django.core.management.commands.runserver import naiveip_re


def parse(addrport, default_host):
    """Return (address, port); names are looked up. Raises CommandError."""
    if not addrport:
        return default_host, 8000
    match = re.match(naiveip_re, addrport)
    if match is None or not 0 < int(match["port"]) < 65536:
        raise CommandError(f'"{addrport}" is not a valid port number or address:port pair. Try 127.0.0.1:8080.')
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
