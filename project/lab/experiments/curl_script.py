"""A run told in curl: the same requests, by alice, bob and the demo's manager, in a terminal."""

import json
import re
import shlex
from collections import Counter

from django.conf import settings

from accounts.schemes import scheme_named
from project.lab import curl
from project.lab.demo.accounts import known_password

ARGUMENT = '"$1"'  # of a function of the shell
SECOND = '"$2"'
SPLICED = f"'{ARGUMENT}'"  # the same in a word between single quotes
BEGIN = "\n".join(
    [
        f"api() {{ curl -s -w '\\n%{{http_code}}\\n' {curl.JSON} \"$@\"; }}",
        "page() { curl -s -o page.html -w '%{http_code}\\n' \"$@\"; }",
        f"csrf() {{ {curl.cookie('csrftoken', ARGUMENT)}; }}",
        f"cookie() {{ {curl.cookie(SPLICED, SECOND)}; }}",
        f"part() {{ {curl.member(SPLICED)}; }}",
    ]
)


class Script:
    """Writes one exchange after the other, and remembers who holds what."""

    def __init__(self, url):
        self.lines = [f"SHOP={shlex.quote(url)}", BEGIN]
        self.names = {}  # throw-away username -> account of the demo
        self.held = {}  # token or session id -> the variable it lies in
        self.variables = Counter()  # how many credentials a client had
        self.jars = {}  # jar -> the credential in it, if any

    def step(self, step):
        self.lines += ["", remark(step["title"])]
        for event in step["events"]:
            if "note" in event:
                self.lines.append(remark(f"{event['note']} {event['value']}"))
            else:
                self.exchange(event)

    def exchange(self, exchange):
        client = named(exchange)
        is_page = not exchange["path"].startswith("/api/")
        options = [*self.cookies(exchange, f"{client}.jar"), *self.headers(exchange)]
        if exchange["method"] != ("GET" if exchange["body"] is None else "POST"):
            options += ["-X", exchange["method"]]
        body, address = exchange["body"], f'"$SHOP"{self.with_variables(exchange["path"])}'
        if is_page:
            line = curl.send(address, *options, *form(body or {}), command="page")
        else:
            line = curl.send(address, *options, body=None if body is None else self.body(body), command="api")
        if "…" in line:  # see project/lab/experiments/kit/transcript.py
            self.lines.append(f"# {exchange['status']}, by a token made for the run, whose signature is cut: {line}")
            return
        answer = exchange["answer"] if isinstance(exchange["answer"], dict) else {}
        if "access" in answer:
            self.lines.append(f'ANSWER=$({line}); echo "$ANSWER"  # {exchange["status"]}')
            for part in ("access", "refresh"):
                if part in answer:
                    self.hold(answer[part], f"{client}_{part}", f'echo "$ANSWER" | part {part}')
        else:
            self.lines.append(f"{line}  # {exchange['status']}")
        if (now := self.jars.get(f"{client}.jar")) and now not in self.held:
            name = credential_cookie(exchange)
            self.hold(now, f"{client}_{name}", f"cookie {name} {client}.jar")

    def hold(self, credential, name, command):
        """Keep a credential in a variable of its own: who gets another may come back with this one."""
        self.variables[name] += 1
        self.held[credential] = name if self.variables[name] == 1 else f"{name}_{self.variables[name]}"
        self.lines.append(f"{self.held[credential]}=$({command})")

    def cookies(self, exchange, jar):
        """Send the client's own jar where that holds what was sent, else the same cookies by hand."""
        sent, set_cookie = exchange["sent"], exchange["received"].get("Set-Cookie", "")
        header, csrf, words = sent.get("Cookie", ""), sent.get("X-CSRFToken"), []
        name = credential_cookie(exchange)
        own = header and self.jars.get(jar) == cookie(name, header)
        if header:
            words.append(f"-b {jar}" if own else f"-b {self.with_variables(header)}")
        if set_cookie:
            words.append(f"-c {jar}")
            if f"{name}=" in set_cookie or not own:
                self.jars[jar] = cookie(name, set_cookie)
        if csrf:
            words.append(f'-H "X-CSRFToken: $(csrf {jar})"' if own else f"-H {shlex.quote(f'X-CSRFToken: {csrf}')}")
        return words

    def headers(self, exchange):
        """Send all other headers as they were."""
        others = {name: value for name, value in exchange["sent"].items() if name not in ("Cookie", "X-CSRFToken")}
        return [f"-H {self.with_variables(f'{name}: {value}')}" for name, value in others.items()]

    def with_variables(self, text):
        """Return a word of the shell in which variables stand for what they hold."""
        found = [credential for credential in self.held if credential in text]
        if not found:
            return shlex.quote(text)
        text = re.sub(r'([\\"$`])', r"\\\1", text)
        for credential in found:
            text = text.replace(credential, f"${{{self.held[credential]}}}")
        return f'"{text}"'

    def body(self, body):
        body = dict(body)
        if "password" in body and "username" in body:
            name = self.account(body["username"])
            body = {"username": name, "password": known_password(name) or "shown in the terminal"}
        return self.with_variables(json.dumps(body, ensure_ascii=False))

    def account(self, username):
        """Return the demo's account that stands for a throw-away one: its customers take turns."""
        if username.startswith("manager"):
            return "manager"
        customers = [name for name in self.names if not name.startswith("manager")]
        number = customers.index(username) if username in customers else len(customers)
        demo = settings.DEMO_CUSTOMERS
        self.names[username] = demo[number % len(demo)]
        return self.names[username]


def remark(text):
    """Return a comment of one line."""
    return f"# {' '.join(text.split())}"


def form(fields):
    """Return the words that fill in a page's form."""
    return [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in fields.items()]


def named(exchange):
    """Return what a client is called in a shell: who, under which scheme."""
    return re.sub(r"\W", "_", f"{exchange['who']}_{exchange['scheme']}")


def credential_cookie(exchange):
    """Return the name of the cookie that carries the credential; a name that no cookie has where a header does."""
    return next(iter(scheme_named(exchange["scheme"]).cookies), "none")


def cookie(name, text):
    """Return the value of a cookie in a header."""
    _, found, rest = text.partition(f"{name}=")
    return rest.partition(";")[0].strip('"') if found else ""


def script(steps, url):
    """Return the lines to paste; each says the status that it got in the run."""
    writing = Script(url)
    for step in steps:
        writing.step(step)
    return "\n".join(writing.lines)
