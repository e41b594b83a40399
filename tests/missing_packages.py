"""Say which line installs the package that a test lacks, in place of a traceback. The other tests run."""

INSTALL = ".venv/bin/pip install -r tests/requirements.txt"
# What stands in tests/requirements.txt and is not there in a venv for the demo alone, as it is imported.
MODULES = {"axe_playwright_python", "hypothesis", "playwright", "psutil", "pycurl", "schemathesis"}


def pytest_exception_interact(call, report):
    missing = missing_package(call.excinfo.value)
    if missing:
        report.longrepr = f"No module named {missing!r}: {INSTALL}"


def missing_package(error):
    """Return the one of MODULES that could not be imported, of an error or of its cause; None for any other error."""
    while error is not None:
        name = error.name.partition(".")[0] if isinstance(error, ModuleNotFoundError) and error.name else None
        if name in MODULES:
            return name
        error = error.__cause__
    return None
