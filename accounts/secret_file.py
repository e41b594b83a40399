"""Secrets that the program makes itself and keeps in files."""

import os
from tempfile import NamedTemporaryFile

from django.core.files import locks


def read_or_create(path, make):
    """Return the text of the file at `path`; where there is none, `make()` is written to it first."""
    return path.read_text() if path.exists() else update(path, lambda text: text or make())


def update(path, change):
    """Replace the text of the file at `path` by `change(text)` and return it. A missing file has the text "".

    The file is readable by its owner alone (mode 0600), appears whole or not at all, and of two processes that
    change it at once the second sees what the first wrote.
    """
    with open(path.with_name(f".{path.name}.lock"), "w") as lock:
        locks.lock(lock, locks.LOCK_EX)
        before = path.read_text() if path.exists() else ""
        after = change(before)
        if after != before:
            with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
                draft.write(after)
            os.replace(draft.name, path)
    return after
