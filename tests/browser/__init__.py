"""Tests in a real browser, and the pictures of the README."""

from tests.missing_packages import INSTALL

try:
    import playwright  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}: {INSTALL}", name=error.name) from None
