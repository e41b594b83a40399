"""Ctrl-C, a polite kill and the end of the terminal: all end a command in the same way, and leave nothing behind."""

import signal
from contextlib import contextmanager

ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def raise_for_all():
    """Have each of them raise KeyboardInterrupt; only the main thread of a program may say so."""
    for number in ENDINGS:
        try:
            signal.signal(number, signal.default_int_handler)
        except ValueError:  # in another thread
            return


@contextmanager
def finished_first():
    """Hear of Ctrl-C only when what runs here is done, so that it can leave nothing behind; of a second one at once."""
    heard = []

    def hear(number, frame):
        heard.append(number)
        if len(heard) > 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, hear) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        raise KeyboardInterrupt
