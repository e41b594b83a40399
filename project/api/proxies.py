"""Who the client is, behind a proxy. Only what a trusted proxy says counts.

Source: RFC 7239 section 6 (how a node is written), which X-Forwarded-For has in common with Forwarded.
"""

import ipaddress
import re


def behind_proxies(application, trusted):
    """Return the WSGI application, told the client's address and scheme where a trusted proxy names them.

    Args:
        trusted: addresses and networks of proxies.
    """
    networks = [ipaddress.ip_network(entry, strict=False) for entry in trusted]

    def wrapped(environ, start_response):
        if is_in(address_of(environ.get("REMOTE_ADDR", "")), networks):
            client = client_of(environ.get("HTTP_X_FORWARDED_FOR", ""), networks)
            if client:
                environ["REMOTE_ADDR"] = str(client)
            # A chain of proxies writes a list: the first one saw the client.
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip().lower()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return application(environ, start_response)

    return wrapped


def client_of(forwarded, networks):
    """Return the address of the last node that is no proxy of ours; None where that node names no address."""
    client = None
    for node in reversed([node for node in forwarded.split(",") if node.strip()]):
        client = address_of(node)
        if client is None or not is_in(client, networks):
            return client
    return client


def address_of(node):
    """Return the IP address in a node such as `192.0.2.1:4711` or `"[2001:db8::1]:4711"`, or None."""
    node = node.strip().strip('"')
    match = re.fullmatch(r"\[([^\]]*)\](?::\w+)?", node) or re.fullmatch(r"([0-9.]+)(?::\w+)?", node)
    try:
        address = ipaddress.ip_address(match[1] if match else node)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_in(address, networks):
    return address is not None and any(address.version == net.version and address in net for net in networks)
