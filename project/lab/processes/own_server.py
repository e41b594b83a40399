"""The server that `manage.py lab` starts for its experiments where no running shop is named."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management import CommandError

from project.lab.processes.port import HOST
from project.lab.processes.server import STDERR, NotStarted, server


@contextmanager
def own_server():
    """Serve on a free port of this machine, with this program's database and keys; yield the address."""
    environment = {
        "ALLOWED_HOSTS": ",".join([HOST, *settings.ALLOWED_HOSTS]),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    with server(environment=environment, log=STDERR) as running:
        wait_until_up(running)
        yield running.url


def wait_until_up(running):
    """Return when the server answers; raises CommandError where it never does."""
    try:
        running.wait_until_it_answers()
    except NotStarted as error:
        raise CommandError(f"The experiments' own server {error}.", returncode=2) from error
