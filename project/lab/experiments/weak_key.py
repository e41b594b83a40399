"""Is a token under HS256 safe?

The dictionary sees tokens of this run alone, and never a foreign address.
Source: RFC 7518 section 3.2 (a key as long as the hash); RFC 8725 section 3.5 (keys with enough entropy).
"""

import json
import math
import secrets
import time
from pathlib import Path

from django.core import signing
from django.core.exceptions import ImproperlyConfigured

from accounts import keys
from project.lab.experiments.by_hand import decode, encode, header_of, hmac_with, make

STATEMENTS = {19: "HS256 is a strong algorithm."}
DECIDED_BY = [keys.make_jwk, keys.parse_key]
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()


def run(lab):
    account = lab.account()

    lab.step("A shop signs with a word. Its customer has a token, a list of words, and asks nobody")
    word = secrets.choice(WORDS)
    token = make({"typ": "JWT", "alg": "HS256"}, lab.claims(account), hmac_with(word.encode()))
    found, guesses, seconds = guess(token)
    lab.note("The token:", token)
    lab.note("The key that was found:", found)
    seen = f"{found or 'nothing'} found, with {guesses} guesses in {1000 * seconds:.1f} ms"
    lab.case(19, "the key is a word", found is None, seen)

    lab.step("What a finder can do: mint. So this shop takes no such key, and none shorter than the hash")
    refusals = {name: refusal(name.encode()) for name in (word, 31 * "x")}
    strict = all(refusals.values())
    for name, why in refusals.items():
        lab.note(f"keys.json with the secret {name!r}:", why or "taken")

    lab.step("The token of this shop's own login, and the same list")
    owner = lab.client("owner", "jwt").log_in(account)
    if header_of(owner.credential)["alg"] != "HS256":  # the shop signs otherwise: then with a key as it would make it
        owner.credential = lab.token(account, key=lab.key("HS256"))
    taken = owner.get("me/").status
    found, guesses, seconds = guess(owner.credential)
    years = 2**255 * seconds / guesses / (365 * 24 * 3600)
    lab.note("At this pace, half of all keys of 256 bits would take:", f"10^{math.log10(years):.0f} years")
    seen = f"{found or 'nothing'} found, with {guesses} guesses; a shorter key is {'refused' if strict else 'taken'}"
    as_said = taken == 200 and found is None and strict
    lab.case(19, "the key is 256 random bits, and nothing shorter is taken", as_said, seen)

    lab.step("The session's counterpart: a cookie signed with a word, and this shop's own")
    cookie = signing.dumps({"_auth_user_id": str(account.id)}, key=word)
    lab.note("Signed with a word, opened by:", guess_cookie(cookie) or "none of the words")
    owner = lab.client("owner", "session-signed_cookies").log_in(account)
    salt = "django.contrib.sessions.backends.signed_cookies"
    lab.note("This shop's own, opened by:", guess_cookie(owner.credential, salt) or "none of the words")
    lab.note("An id from the database is signed by no key: there is nothing to guess at home.")


def guess(token):
    """Try each word as the token's key; return the one that fits or None, the number of guesses, and seconds."""
    signed, _, signature = token.rpartition(".")
    wanted, signed, started = decode(signature), signed.encode(), time.perf_counter()
    for guesses, word in enumerate(WORDS, start=1):
        if hmac_with(word.encode())(signed) == wanted:
            return word, guesses, time.perf_counter() - started
    return None, guesses, time.perf_counter() - started


def guess_cookie(cookie, salt="django.core.signing"):
    """Return the word that signed a cookie, or None."""
    for word in WORDS:
        try:
            signing.loads(cookie, key=word, salt=salt)
        except signing.BadSignature:
            continue
        return word


def refusal(secret):
    """Return why the shop refuses a key file with a secret, or None where it takes it."""
    jwk = {"kty": "oct", "kid": "weak", "alg": "HS256", "k": encode(secret)}
    try:
        keys.parse(json.dumps({"keys": [jwk]}))
    except ImproperlyConfigured as error:
        return str(error)
