"""Who the client is behind a proxy (RFC 7239 section 6)."""

import pytest

from project.api.proxies import behind_proxies

TRUSTED = ["10.0.0.1", "10.1.0.0/16", "2001:db8:ffff::/48"]


def seen(peer="10.0.0.1", **headers):
    """Return the address and the scheme that the application sees."""
    found = {}

    def application(environ, start_response):
        found.update(environ)

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    environ |= {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in headers.items()}
    behind_proxies(application, TRUSTED)(environ, None)
    return found["REMOTE_ADDR"], found["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("1.2.3.4:5678", "1.2.3.4"),
        ("[2001:db8::1]", "2001:db8::1"),
        ('"[2001:db8::1]:4711"', "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.7, 10.1.2.3", "192.0.2.7"),
        ("10.1.2.3, 10.0.0.1", "10.1.2.3"),
    ],
)
def test_address_is_read_from_the_node(forwarded, client):
    assert seen(**{"for": forwarded})[0] == client


@pytest.mark.parametrize("forwarded", ["unknown", "_hidden", "", ",", "999.1.1.1", "x'; DROP", "203.0.113.9, unknown"])
def test_bad_address_counts_as_proxy(forwarded):
    assert seen(**{"for": forwarded})[0] == "10.0.0.1"


def test_stranger_is_not_trusted():
    assert seen(peer="203.0.113.1", proto="https", **{"for": "192.0.2.7"}) == ("203.0.113.1", "http")


@pytest.mark.parametrize("proto", ["https", "https,http", "HTTPS , http"])
def test_first_proxy_decides_https(proto):
    assert seen(proto=proto)[1] == "https"


@pytest.mark.parametrize("proto", ["", "ftp", "http", "javascript"])
def test_other_scheme_is_ignored(proto):
    assert seen(proto=proto)[1] == "http"
