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
from project.lab.experiments.kit.by_hand import decode, encode, header_of, hmac_with, make
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        19,
        "HS256 is a strong algorithm.",
        expected=DEPENDS,
        because="HMAC with SHA-256 is sound, but no better than its key. RFC 7518 section 3.2 demands one at least as "
        "long as the hash, 256 bits, and RFC 8725 section 3.5 forbids passwords that people can remember. A weak key "
        "is searched for at home, with one token and a word list, and the server notices nothing.",
        settled=["RFC 7518 section 3.2", "RFC 8725 section 3.5"],
    ),
]
NEXT_QUESTION = (
    "Put a word of yours as an HS256 key into var/keys.json (in base64url, as k) and start the demo. What does it "
    "say, and which line of accounts/keys.py says it?"
)
DECIDED_BY = [keys.make_jwk, keys.parse_key]
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()
SALT = "django.contrib.sessions.backends.signed_cookies"


def run(lab):
    account = lab.account()

    lab.step("A shop signs with a word. A customer tries a list of words on a token and on a cookie, offline")
    word = secrets.choice(WORDS)
    token = make({"typ": "JWT", "alg": "HS256"}, lab.claims(account), hmac_with(word.encode()))
    found, seen = guess(token)
    lab.note("A token signed with a word:", token)
    lab.note("Its key:", seen)
    lab.case(19, "the key is a word", found is None, seen)
    cookie = signing.dumps({"_auth_user_id": str(account.id)}, key=word)
    lab.note("A session cookie signed with that word, opened by:", guess_cookie(cookie) or "none of the words")

    lab.step("The same with a word and six digits. This shop refuses such a key, and any key shorter than the hash")
    numbered = f"{word}{secrets.randbelow(10**6):06}"
    found, seen = guess(make({"typ": "JWT", "alg": "HS256"}, lab.claims(account), hmac_with(numbered.encode())))
    lab.note("Its key:", seen)
    lab.note("Guesses that a list with six digits behind each word would take:", len(WORDS) * 10**6)
    refusals = {name: refusal(name.encode()) for name in (word, numbered, 31 * "x")}
    for name, why in refusals.items():
        lab.note(f"keys.json with the secret {name!r}:", why or "taken")
    as_said = found is None and refusals[numbered]
    seen += f"; the shop {'refuses' if refusals[numbered] else 'takes'} such a key"
    lab.case(19, "the key is a word with digits, which the list lacks", as_said, seen)

    lab.step("What this shop itself signs with, and the same list")
    owner = lab.client("owner", "session-signed_cookies").log_in(account)
    lab.note("The cookie, opened by:", guess_cookie(owner.credential, SALT) or "none of the words")
    lab.note("An id from the database is signed by no key: there is nothing to guess at home.")
    owner = lab.client("owner", "jwt").log_in(account)
    if header_of(owner.credential)["alg"] != "HS256":  # the shop signs otherwise: then with a key as it would make it
        owner.credential = lab.token(account, key=lab.key("HS256"))
    taken, started = owner.get("me/").status, time.perf_counter()
    found, seen = guess(owner.credential)
    years = 2**255 * (time.perf_counter() - started) / len(WORDS) / (365 * 24 * 3600)
    lab.note("The token's key:", seen)
    lab.note("At this pace, half of all keys of 256 bits would take:", f"10^{math.log10(years):.0f} years")
    as_said = taken == 200 and found is None and all(refusals.values())
    seen += f"; a shorter key is {'refused' if all(refusals.values()) else 'taken'}"
    lab.case(19, "the key is 256 random bits, and nothing shorter is taken", as_said, seen)


def guess(token):
    """Try each word as the token's key; return the one that fits or None, and what was seen."""
    signed, _, signature = token.rpartition(".")
    wanted, signed, started = decode(signature), signed.encode(), time.perf_counter()
    found, guesses = None, 0
    while found is None and guesses < len(WORDS):
        found = WORDS[guesses] if hmac_with(WORDS[guesses].encode())(signed) == wanted else None
        guesses += 1
    spent = 1000 * (time.perf_counter() - started)
    return found, f"{found or 'nothing'} found, with {guesses} guesses in {spent:.1f} ms"


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
