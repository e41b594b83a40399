"""How settings read the environment: a variable that is set is used to the letter, or refused by name."""

import ipaddress
import os
import re

import environ
from django.core.exceptions import ImproperlyConfigured

SWITCH = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}


def text(name, default=""):
    """Return the variable as it is; the default where it is not set or empty."""
    return os.environ.get(name) or default


def one_of(name, choices):
    """Return the variable, one of the choices; the first one is its default."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def switch(name, default):
    """Return whether the variable says on or off."""
    value = text(name, "on" if default else "off")
    if value.lower() not in SWITCH:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be on or off.")
    return SWITCH[value.lower()]


def number(name, default, least=1):
    """Return the variable, a whole number of at least `least`."""
    value = text(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", value) or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number, at least {least}.")
    return int(value)


def database(name):
    """Return the database that a URL names, as Django's settings describe it."""
    url = text(name)
    try:
        found = environ.Env.db_url_config(url) if "://" in url else {}
    except ValueError:
        found = {}
    # Why: behind a # stands what no database reads, so that the name would be another one. A password may have one.
    named = url.rpartition("@")[2] if found.get("HOST") else url
    if not found.get("ENGINE") or "#" in named:
        raise ImproperlyConfigured(f"{name} is no URL of a database. In a name, # is written as %23.")
    return found


def entries(name, default=(), valid=lambda entry: True, what="entry"):
    """Return the variable's entries, which commas separate; blanks around them do not count."""
    found = [entry.strip() for entry in text(name).split(",") if entry.strip()]
    for entry in found:
        if not valid(entry):
            raise ImproperlyConfigured(f"{name} has {entry!r}, which is no {what}.")
    return found or list(default)


def is_host(entry):
    """Say whether Django can compare a request's host with an entry of ALLOWED_HOSTS."""
    return re.fullmatch(r"\*|\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]", entry) is not None


def is_origin(entry):
    return re.fullmatch(r"https?://[\w*.\[\]:-]+", entry) is not None


def is_network(entry):
    """Say whether an entry is an IP address or a network."""
    try:
        ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
    return True
