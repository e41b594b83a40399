"""`manage.py demo`: the shop on this machine, with one command."""

import ipaddress
import secrets
import socket

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from accounts import keys
from project.lab.demo.address import bracketed, check_free, parse, reachable_at
from project.lab.demo.banner import banner
from project.lab.demo.seed import seed
from project.lab.processes.server import server

# How a server is started whose code is being edited: it restarts when a file changes, and shows what is broken.
EDITED = {
    "application": "project.lab.demo.wsgi:application",
    "options": {"reload": None, "reload-paths": ["accounts", "project", "shop", "templates"]},
}


class Command(BaseCommand):
    requires_system_checks = []  # one of them asks for `migrate`, which comes first here
    help = "Migrates, seeds and serves the shop: on this machine, or with --lan for a classroom."

    def add_arguments(self, parser):
        parser.add_argument("addrport", nargs="?", help="Port, or address:port, as for runserver.")
        parser.add_argument("--lan", action="store_true", help="Serve everyone on this network.")
        parser.add_argument("--reset", action="store_true", help="Forget all orders, carts and accounts first.")

    def handle(self, **options):
        try:
            self.prepare_and_serve(options["addrport"], options["lan"], options["reset"])
        except KeyboardInterrupt:
            self.stderr.write("Stopped.", style_func=str)  # not in red: it is no error

    def prepare_and_serve(self, addrport, lan, reset):
        if settings.PRODUCTION:
            raise CommandError("The demo has known passwords; it does not run under the production profile.")
        host, port = parse(addrport, "0.0.0.0" if lan else "127.0.0.1")  # noqa: S104 - asked for
        classroom = not ipaddress.ip_address(host).is_loopback
        if lan and not classroom:
            raise CommandError(f"--lan serves the network, {host} only this machine. Give one of the two.")
        check_free(host, port)
        manager_password = secrets.token_urlsafe(9) if classroom else settings.DEMO_PASSWORD
        self.prepare(manager_password, reset)
        names = [bracketed(name) for name in reachable_at(host)]
        self.say(banner([f"http://{name}:{port}" for name in names], classroom, manager_password))
        # What the server's settings are to be where they differ from this process's.
        changes = {
            "ALLOWED_HOSTS": ",".join([*names, socket.gethostname(), *settings.ALLOWED_HOSTS]),
            "CLASSROOM": str(classroom),
            "LAB_URL": f"http://{'127.0.0.1' if ipaddress.ip_address(host).is_unspecified else bracketed(host)}:{port}",
            "TRACEBACKS": str(not classroom),
            "VAR_DIR": str(settings.VAR_DIR),
        }
        serve(host, port, changes, **({} if classroom else EDITED))

    def prepare(self, manager_password, reset):
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0, skip_checks=True)
        self.check()
        if reset:
            self.say("Deleting all orders, carts and accounts …")
            call_command("flush", interactive=False, verbosity=0)
            # Why: ids start at 1 again, and a token from before would name somebody else: one of ours, or one that
            # simplejwt has signed with SECRET_KEY. The server makes new keys.
            keys.key_file().unlink(missing_ok=True)
            (settings.VAR_DIR / "secret_key").unlink(missing_ok=True)
        seed(settings.DEMO_PASSWORD, manager_password)

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def serve(host, port, environment, **how):
    """Serve until interrupted."""
    with server(host=host, port=port, environment=environment, **how) as running:
        if running.process.wait():
            raise CommandError(f"The server ended with status {running.process.returncode}.")
