"""Our verification beside PyJWT's, over every mutated token: it never accepts more, and each check is at its place.

`token_checks.json` holds which check refuses which mutation (HS256); its entries change only on purpose.
"""

import json
from pathlib import Path

import jwt
import pytest
from django.conf import settings

from accounts import keys, tokens
from tests.accounts import test_tokens as table
from tests.accounts.test_tokens import decode, signed

shopper = table.shopper  # a fixture
REQUIRED = list(tokens.CLAIMS)
CHECKS = json.loads(Path(__file__).with_name("token_checks.json").read_text())


def mutations(access):
    """Return {case: token}, the whole table of test_tokens.py applied to a valid token."""
    header, payload, signature = access.split(".")
    head, claims = decode(header), decode(payload)
    found = {f"text: {case}": change(header, payload, signature) for case, change in table.TEXTS.items()}
    found |= {f"header: {case}": signed(head | more, claims) for case, more in table.HEADERS.items()}
    found |= {f"header without {name}": signed(without(head, name), claims) for name in head}
    raw = json.dumps(head).encode()
    found |= {f"raw header: {case}": signed(change(raw), claims) for case, change in table.RAW_HEADERS.items()}
    for number, (name, value) in enumerate(table.CLAIM_CASES):
        found[f"claim {number}: {name}"] = signed(head, claims | {name: value})
    found |= {f"claims without {name}": signed(head, without(claims, name)) for name in claims}
    raw = json.dumps(claims).encode()
    found |= {f"raw claims: {case}": signed(head, change(raw)) for case, change in table.RAW_CLAIMS.items()}
    return found


def without(members, name):
    return {key: value for key, value in members.items() if key != name}


def refused_by_pyjwt(token):
    """Say whether PyJWT refuses a token that it is given with our key, audience, issuer and required claims."""
    key = keys.keyring().signing()
    wanted = {"audience": settings.TOKEN_AUDIENCE, "issuer": settings.TOKEN_ISSUER}
    try:
        jwt.decode(token, key.public, [key.alg], **wanted, leeway=tokens.CLOCK_LEEWAY, options={"require": REQUIRED})
    except (jwt.PyJWTError, ValueError, RecursionError):
        return True
    return False


def refusing_check(token):
    """Return the name of the check that refuses a token, None for a token that is accepted."""
    try:
        tokens.verify(token)
    except tokens.InvalidToken as error:
        return error.check
    return None


def test_pyjwt_refusal_is_ours_too(shopper):
    found = mutations(shopper.access)
    assert len(found) > 150
    refused = {case for case, token in found.items() if refused_by_pyjwt(token)}
    assert len(refused) > 60
    assert {case for case in refused if refusing_check(found[case]) is None} == set()


def test_accepted_token_passes_pyjwt(shopper):
    header, claims, _ = shopper.access.split(".")
    good = {"plain": shopper.access, "nbf": signed(decode(header), decode(claims) | {"nbf": table.NOW, "more": [1]})}
    for token in good.values():
        assert refusing_check(token) is None
        assert not refused_by_pyjwt(token)
    assert (
        tokens.verify(shopper.access).items() <= jwt.decode(shopper.access, options={"verify_signature": False}).items()
    )


@pytest.mark.parametrize("shopper", ["HS256"], indirect=True)
def test_mutation_fails_at_its_check(shopper):
    assert {case: refusing_check(token) for case, token in mutations(shopper.access).items()} == CHECKS


def test_each_check_is_needed():
    assert set(tokens.CHECKS) <= {"its members", *CHECKS.values()}
