"""What verifying a token costs, beside PyJWT: `python -m project.lab.benchmark.verify_cost`.

In turn and in random order, in one process: our own check; `jwt.decode` with the same claims required, which would be
told the key by nobody; and what a safe use of it takes, the header first and then `jwt.decode`. CPU time a call.
"""

import os
import random
import tempfile
import time
from statistics import median

import django

ROUNDS, CALLS = 41, 400
os.environ |= {"VAR_DIR": tempfile.mkdtemp(), "DJANGO_SETTINGS_MODULE": "project.settings"}  # keys of its own


def main():
    django.setup()
    import jwt
    from django.conf import settings

    from accounts import tokens
    from accounts.keys import keyring
    from accounts.scopes import FULL_SCOPE

    now, key = int(time.time()), keyring().signing()
    said = {"sub": "7", "iat": now, "exp": now + 300, "jti": "0a1b.0", "sid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
    token = tokens.mint(said | {"name": "ada", "role": "customer", "scope": FULL_SCOPE})
    wanted = {
        "audience": settings.TOKEN_AUDIENCE,
        "issuer": settings.TOKEN_ISSUER,
        "options": {"require": list(tokens.CLAIMS)},
    }

    def decode():
        return jwt.decode(token, key.public, [key.alg], **wanted)

    def header_then_decode():
        found = keyring().by_kid[jwt.get_unverified_header(token)["kid"]]
        return jwt.decode(token, found.public, [found.alg], **wanted)

    ways = {"ours": lambda: tokens.verify(token), "jwt.decode": decode, "header, then jwt.decode": header_then_decode}
    found = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name in random.sample(list(ways), len(ways)):
            found[name].append(microseconds(ways[name]))
    print(f"Verifying one {key.alg} token, CPU time, median of {ROUNDS} rounds of {CALLS} calls:")  # noqa: T201
    for name, times in found.items():
        ratio = median(ours / other for ours, other in zip(found["ours"], times, strict=True))
        print(f"  {name:25} {median(times):6.1f} µs   ours is {ratio:.2f} of it")  # noqa: T201


def microseconds(call):
    started = time.process_time()
    for _ in range(CALLS):
        call()
    return 1e6 * (time.process_time() - started) / CALLS


if __name__ == "__main__":
    main()
