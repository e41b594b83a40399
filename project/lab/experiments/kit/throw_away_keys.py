"""Keys that the shop verifies tokens with while an experiment runs, and no longer."""

import json
import secrets
import time

from accounts.keys import key_file, keyring, make_jwk, parse_key
from accounts.secret_file import update

KID = "experiment"  # how their names begin; then comes the time when they were made


def add_key(algorithm):
    """Add a key of an algorithm, HS256, RS256 or Ed25519, to the shop's key file; return it."""
    jwk = make_jwk(algorithm) | {"kid": f"{KID}-{int(time.time())}-{secrets.token_hex(4)}"}
    update(key_file(), lambda text: json.dumps({"keys": [*json.loads(text)["keys"], jwk]}, indent=2))
    return parse_key(jwk)


def remove_keys(kids):
    """Remove the keys with these names."""
    if kids:
        update(key_file(), lambda text: without(text, kids.__contains__))


def remove_keys_older_than(age):
    """Remove throw-away keys of runs that were killed: those that are older than `age`, a timedelta."""

    def is_old(kid):
        name, _, made = kid.partition("-")
        return name == KID and int(made.partition("-")[0]) < time.time() - age.total_seconds()

    if any(map(is_old, keyring().by_kid)):
        update(key_file(), lambda text: without(text, is_old))


def without(text, unwanted):
    """Return the text of the key file without some keys, given by a function of their names."""
    keys = [jwk for jwk in json.loads(text)["keys"] if not unwanted(jwk["kid"])]
    return json.dumps({"keys": keys}, indent=2)
