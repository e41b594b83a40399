"""Say which line installs the package that a test lacks, in place of a traceback. The other tests run."""

INSTALL = ".venv/bin/pip install -r tests/requirements.txt"


def pytest_exception_interact(call, report):
    missing = missing_package(call.excinfo.value)
    if missing:
        report.longrepr = f"No module named {missing!r}: {INSTALL}"


def missing_package(error):
    """Return the module that could not be found, of an error or of its cause; "" for any other error."""
    while error is not None:
        if isinstance(error, ModuleNotFoundError):
            return error.name or ""
        error = error.__cause__
    return ""
