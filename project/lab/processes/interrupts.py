"""Ctrl-C, SIGTERM and SIGHUP: all end a command in the same way, and leave nothing behind."""

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
    """Delay a first Ctrl-C until this block is done, so that it leaves nothing behind; a second one ends it at once."""
    received = []

    def receive(number, frame):
        received.append(number)
        if len(received) > 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, receive) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if received:
        raise KeyboardInterrupt
