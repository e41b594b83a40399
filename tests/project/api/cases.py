"""Requests that follow from the description of the API, made by schemathesis."""

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.pytest.lazy import get_all_tests

from project.wsgi import application
from tests.project.api.description import DESCRIPTION, paths_of

# The same cases on every run, so that none fails by bad luck: those at the limits of each field, and some made up.
GENERATION = {"deterministic": True, "database": "none"}


def describe(scheme, **generation):
    """Return the description of a scheme's routes, as schemathesis reads it, of an application in this process."""
    config = SchemathesisConfig.from_dict({"seed": 1, "generation": GENERATION | generation})
    flat = {name: value for name, value in DESCRIPTION.items() if name != "servers"} | {"paths": paths_of(scheme)}
    description = schemathesis.openapi.from_dict(flat, config=config)
    description.app = application
    return description


def send_all(scheme, operation, send, **generation):
    """Call `send` with each case that follows from the description of an operation."""
    method, path = operation.split()
    one = describe(scheme, **generation).include(method=method, path=path)
    [result] = get_all_tests(schema=one, test_func=send, settings=None, given_kwargs=None)
    _, test = result.ok()
    test()


def credential(client, method):
    """Return what a request must carry, as arguments for schemathesis."""
    headers = client.credential(method)
    cookies = {name: cookie.value for name, cookie in client.http.cookies.items()}
    if cookies:  # said twice: the one is sent, in the other schemathesis sees that it is not made up
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"headers": headers, "cookies": cookies}
