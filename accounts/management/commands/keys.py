"""`manage.py keys`: list, make, promote and retire the keys that sign access tokens."""

import json

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError

from accounts.keys import ALGORITHMS, key_file, keyring, make_jwk, parse
from accounts.secret_file import update


class Command(BaseCommand):
    help = (
        "Lists, makes, promotes and retires the keys that sign access tokens. To change keys without a refused "
        "token: make one; promote it once all servers have the file; retire the old one when the last token it "
        "signed has expired."
    )

    def add_arguments(self, parser):
        commands = parser.add_subparsers(dest="command", title="commands")
        commands.add_parser("list", help="Show all keys; the first one marked signs (the default).")
        make = commands.add_parser("make", help="Make a key that verifies, and signs once it is promoted.")
        make.add_argument("algorithm", nargs="?", choices=list(ALGORITHMS), default=settings.JWT_ALGORITHM)
        for name, text in [("promote", "Sign with this key from now on."), ("retire", "Remove a key for good.")]:
            commands.add_parser(name, help=text).add_argument("kid")

    def handle(self, command=None, **options):
        try:
            keyring()  # so that there is a file
            if command == "make":
                self.change(lambda keys: [*keys, make_jwk(options["algorithm"])])
            elif command == "promote":
                self.change(lambda keys: promoted(keys, options["kid"]))
            elif command == "retire":
                self.change(lambda keys: retired(keys, options["kid"]))
            self.show()
        except ImproperlyConfigured as error:
            raise CommandError(error) from error

    def change(self, rule):
        def changed(text):
            parse(text)
            after = json.dumps({"keys": rule(json.loads(text)["keys"])}, indent=2)
            parse(after)
            return after

        update(key_file(), changed)

    def show(self):
        ring = keyring()
        signing = ring.signing()
        for key in ring.by_kid.values():
            role = "signs and verifies" if key is signing else "verifies"
            self.stdout.write(f"{key.kid}  {key.alg:6} {role}{'' if key.private else ' (public half alone)'}")


def find(keys, kid):
    for key in keys:
        if key["kid"] == kid:
            return key
    raise CommandError(f"There is no key {kid}.")


def promoted(keys, kid):
    key = find(keys, kid)
    alg = ALGORITHMS[settings.JWT_ALGORITHM][0]
    if key["alg"] != alg:
        raise CommandError(f"JWT_ALGORITHM is {settings.JWT_ALGORITHM}; set it to sign with a key for {key['alg']}.")
    if parse(json.dumps({"keys": [key]})).signing() is None:
        raise CommandError(f"Of {kid} there is the public half alone: it cannot sign.")
    return [key, *(other for other in keys if other is not key)]


def retired(keys, kid):
    key = find(keys, kid)
    signing = parse(json.dumps({"keys": keys})).signing()
    if signing and signing.kid == kid:
        raise CommandError(f"{kid} is the key that signs. Promote another one first.")
    return [other for other in keys if other is not key]
