"""What programs in other languages make of a session and of a token, by the standard library of each and nothing else.

They are fixed texts; what they work on comes to them by standard input, as JSON. Python is always there: without its
packages, so without Django.
"""

import json
import shutil
import subprocess
import sys

SECONDS = 20  # that a program may take

PYTHON = """
import base64, hashlib, hmac, json, sys, zlib

def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

def check(credential):  # who is it, if the signature is good?
    signed, _, signature = credential.rpartition(".")
    good = hmac.digest(bytes.fromhex(given["secret"]), signed.encode(), "sha256")
    if hmac.compare_digest(good, decode(signature)):
        return json.loads(decode(signed.partition(".")[2]))["sub"]

def read(session):  # whose is it, if this is the text that Django writes?
    text = session.split(":")[0]
    try:
        return json.loads(zlib.decompress(decode(text[1:])) if text[0] == "." else decode(text))["_auth_user_id"]
    except ValueError:
        return None

given = json.load(sys.stdin)
said = {name: check(given[name]) for name in ("token", "forged")}
print(json.dumps(said | {name: read(given[name]) for name in ("id", "signed", "row")}))
"""

NODE = """
const crypto = require("crypto"), zlib = require("zlib");
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const decode = (text) => Buffer.from(text, "base64url");

function check(credential) {  // who is it, if the signature is good?
  const [header, payload, signature] = credential.split(".");
  const good = crypto.createHmac("sha256", Buffer.from(given.secret, "hex")).update(`${header}.${payload}`).digest();
  const sent = decode(signature || "");
  return sent.length === good.length && crypto.timingSafeEqual(sent, good) ? JSON.parse(decode(payload)).sub : null;
}

function read(session) {  // whose is it, if this is the text that Django writes?
  const text = session.split(":")[0];
  try {
    return JSON.parse(text[0] === "." ? zlib.inflateSync(decode(text.slice(1))) : decode(text))._auth_user_id;
  } catch {
    return null;
  }
}

const ask = (names, what) => names.map((name) => [name, what(given[name])]);
const said = [...ask(["token", "forged"], check), ...ask(["id", "signed", "row"], read)];
console.log(JSON.stringify(Object.fromEntries(said)));
"""

OTHERS = {"JavaScript (node)": ("node", "-e", NODE)}


def answers(**given):
    """Yield each language with what its program says, or with None where it is not installed or not whole.

    Args:
        given: the texts `secret` (in hexadecimal); `token`, `forged`; `id`, `signed` and `row`, of sessions.
    """
    yield "Python without packages", ask([sys.executable, "-I", "-S", "-c", PYTHON], given)
    for language, (name, *arguments) in OTHERS.items():
        program = shutil.which(name)
        yield language, program and ask([program, *arguments], given)


def ask(command, given):
    try:
        run = subprocess.run(  # noqa: S603 fixed programs; nothing of the input is part of the command
            command, input=json.dumps(given), capture_output=True, text=True, encoding="utf-8", timeout=SECONDS
        )
        return json.loads(run.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
