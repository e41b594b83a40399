"""Runs that a class has asked for: a short queue beside the server's own threads, and what came of each.

Why a queue: an experiment talks to this very server. Run by the threads that answer requests, as many experiments as
there are threads would wait for one another for ever.
"""

import logging
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from django.conf import settings
from django.core.cache import caches
from django.db import connections

from project.lab.experiments.kit.answer import NoAnswer
from project.lab.experiments.run import run_experiment

AT_ONCE = 4  # runs
MOST_WAITING = 200  # runs in the queue
MOST_OF_ONE = 100  # of them for one address: a class may stand behind one router, but nobody takes the whole queue
LOST = 120  # seconds after which a run that nobody here knows has died with its process

logger = logging.getLogger(__name__)
pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="experiment")
waiting = {}  # the runs of this process that are not done, first come first: {run: address that asked}
lock = Lock()


class Busy(Exception):
    """Too many runs are waiting already."""


def start(name, address):
    """Queue a run of an experiment for a client at an address, and return its id. Raises Busy."""
    run = str(uuid.uuid4())
    with lock:
        if len(waiting) >= MOST_WAITING or list(waiting.values()).count(address) >= MOST_OF_ONE:
            raise Busy
        waiting[run] = address
    try:
        note_waiting(run, name)
        pool.submit(work, run, name)
    except BaseException:
        del waiting[run]
        raise
    return run


def note_waiting(run, name):
    caches["runs"].set(run, {"experiment": name, "since": time.time()})


def work(run, name):
    try:
        note_waiting(run, name)  # the time in the queue is over
        outcome = {"result": run_experiment(name, settings.LAB_URL)}
    except NoAnswer as error:
        outcome = {"problem": str(error)}
    except Exception:
        logger.exception("The experiment %s failed.", name)
        outcome = {"problem": "The experiment failed. The server's log says where."}
    finally:
        connections.close_all()
    try:
        caches["runs"].set(run, {"experiment": name, **outcome})
    finally:
        del waiting[run]


def look(run):
    """Return {"experiment"} of a run, with its "result" or its "problem" once it is done; None for an unknown one."""
    is_ours = str(run) in waiting  # asked first: what ends meanwhile has left its result
    found = caches["runs"].get(str(run))
    if found and "since" in found and not is_ours and time.time() - found["since"] > LOST:
        return {"experiment": found["experiment"], "problem": "The server was restarted meanwhile."}
    return found


def ahead_of(run):
    """Return how many runs come before this one, as far as this process knows."""
    runs = list(waiting)
    return runs.index(str(run)) if str(run) in runs else 0
