"""A run told in curl: the same requests, by alice, bob and the demo's manager, in a terminal."""

import json
import re
import shlex

from django.conf import settings

from accounts.pages import DEMO_CUSTOMERS

BEGIN = """SHOP={url}
api() {{ curl -s -w '\\n%{{http_code}}\\n' -H 'Content-Type: application/json' "$@"; }}
csrf() {{ awk '/csrftoken/ {{print $7}}' "$1"; }}
part() {{ sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p"; }}"""


class Script:
    """Writes one exchange after the other, and remembers who holds what."""

    def __init__(self, url):
        self.lines = [BEGIN.format(url=shlex.quote(url))]
        self.names = {}  # throw-away username -> account of the demo
        self.held = {}  # credential -> where it lies: a jar, or a variable
        self.copies = {}  # session id -> the jars of all clients that send it

    def foresee(self, steps):
        """Note who will copy whose cookies: a jar has to be copied before its owner empties it."""
        for step in steps:
            for exchange in step["exchanges"]:
                if sent := cookie(exchange["sent"].get("Cookie", "")):
                    self.copies.setdefault(sent, {})[f"{named(exchange)}.jar"] = True

    def step(self, step):
        self.lines += ["", f"# {step['title']}"]
        self.lines += [f"# {note['text']} {note['value']}".rstrip() for note in step["notes"]]
        for exchange in step["exchanges"]:
            self.exchange(exchange)

    def exchange(self, exchange):
        client = named(exchange)
        in_session = exchange["door"].startswith("session")
        words = ["api", *(self.cookies if in_session else self.bearer)(exchange, client)]
        if exchange["method"] != ("GET" if exchange["body"] is None else "POST"):
            words += ["-X", exchange["method"]]
        if exchange["body"] is not None:
            words += ["-d", self.body(exchange)]
        line = " ".join([*words, f'"$SHOP{exchange["path"]}"'])
        answer = exchange["answer"] if isinstance(exchange["answer"], dict) else {}
        if "access" in answer:
            self.lines.append(f'ANSWER=$({line}); echo "$ANSWER"  # {exchange["status"]}')
            for part in ("access", "refresh"):
                if part in answer:
                    self.held[answer[part]] = f"{client}_{part}"
                    self.lines.append(f'{client}_{part}=$(echo "$ANSWER" | part {part})')
        else:
            self.lines.append(f"{line}  # {exchange['status']}")
        if in_session:
            self.copy_jar(exchange, client)

    def copy_jar(self, exchange, client):
        """Write what copies a jar right after it was filled."""
        now = cookie(exchange["received"].get("Set-Cookie", ""))
        if now and now not in self.held:
            self.held[now] = f"{client}.jar"
            self.lines += [f"cp {client}.jar {jar}" for jar in self.copies.get(now, ()) if jar != f"{client}.jar"]

    def cookies(self, exchange, client):
        jar, sent = f"{client}.jar", cookie(exchange["sent"].get("Cookie", ""))
        if sent and sent not in self.held:
            return [f"-b {shlex.quote(f'sessionid={sent}')}"]
        words = [f"-b {jar} -c {jar}"]
        if "X-CSRFToken" in exchange["sent"]:
            words.append(f'-H "X-CSRFToken: $(csrf {jar})"')
        return words

    def bearer(self, exchange, client):
        header = exchange["sent"].get("Authorization", "")
        word, _, token = header.partition(" ")
        if token in self.held:
            return [f'-H "Authorization: {word} ${self.held[token]}"']
        return [f"-H {shlex.quote(f'Authorization: {header}')}"] if header else []

    def body(self, exchange):
        body = dict(exchange["body"])
        if "password" in body and "username" in body:
            body = {"username": self.account(body["username"]), "password": settings.DEMO_PASSWORD}
        for name, value in body.items():
            if isinstance(value, str) and value in self.held:
                body[name] = f"${self.held[value]}"
        text = json.dumps(body)
        return json.dumps(text) if "$" in text else shlex.quote(text)

    def account(self, username):
        """Return the demo's account that stands for a throw-away one: customers by their order."""
        if username.startswith("manager"):
            return "manager"
        customers = [name for name in self.names if not name.startswith("manager")]
        number = customers.index(username) if username in customers else len(customers)
        self.names[username] = DEMO_CUSTOMERS[min(number, len(DEMO_CUSTOMERS) - 1)]
        return self.names[username]


def named(exchange):
    """Return what a client is called in a shell: who at which door."""
    return re.sub(r"\W", "_", f"{exchange['who']}_{exchange['door']}")


def cookie(text):
    """Return the session id in a header."""
    _, found, rest = text.partition("sessionid=")
    return rest.partition(";")[0].strip('"') if found else ""


def script(steps, url):
    """Return the lines to paste; each says the status that it got in the run."""
    writing = Script(url)
    writing.foresee(steps)
    for step in steps:
        writing.step(step)
    return "\n".join(writing.lines)
