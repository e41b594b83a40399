"""The pages as somebody in front of them uses them."""

from contextlib import contextmanager

from tests.clients import PASSWORD


class Shop:
    def __init__(self, page):
        self.page = page

    def sign_up(self, username):
        self.page.goto("/accounts/signup/")
        self.fill_in(username=username, password1=PASSWORD, password2=PASSWORD)
        self.press("Open my account")

    def log_in(self, username):
        self.page.goto("/accounts/login/")
        self.fill_in(username=username, password=PASSWORD)
        self.press("Log in")

    def fill_in(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:visible").fill(value)

    def add(self, product):
        self.page.locator(".product", has_text=product).get_by_role("button").click()

    def follow(self, link):
        self.page.get_by_role("link", name=link).click()

    def press(self, button):
        self.page.get_by_role("button", name=button).click()

    def main(self):
        return self.page.locator("main").inner_text()


class Compare:
    """The Compare page. Each method comes back when the page has done what it was asked for."""

    def __init__(self, page):
        self.page = page
        self.answers = []
        page.on("response", lambda answer: self.answers.append(answer))

    def open(self, left="session", right="jwt"):
        self.schemes = (left, right)
        self.page.goto(f"/lab/?left={left}&right={right}")
        return self.settled()

    def reload(self):
        self.page.reload()
        return self.settled()

    def settled(self):
        self.page.locator(".compare-columns:not([aria-busy])").wait_for()
        return self

    def choose(self, where):
        """Let the next steps be done under one scheme, or under "both"."""
        self.page.locator(f"[name=where][value={where}]").check()

    def do(self, step, where="both"):
        self.choose(where)
        self.page.locator(f"[data-step={step}]").click()
        return self.settled()

    def log_in(self, username, where="both"):
        """Log a demo account in with one click, anyone else with name and password."""
        self.choose(where)
        one_click = self.page.locator(f"[data-login='{username}']")
        if one_click.count():
            one_click.click()
        else:
            self.fill_in(username)
        return self.settled()

    def fill_in(self, username):
        form = self.page.locator(".controls form")
        if not form.is_visible():
            self.page.get_by_text("Somebody else").click()
        form.get_by_label("Name").fill(username)
        form.get_by_label("Password").fill(PASSWORD)
        form.get_by_role("button").click()

    def keep_tokens_in(self, place):
        self.page.get_by_role("radio", name=place).check()

    def column(self, scheme):
        return self.page.locator(f"[data-client={scheme}]")

    def part(self, scheme, name):
        """Return what a column says in its part "who", "request", "answer", "trace", "held" or "kept"."""
        return self.column(scheme).locator(f"[data-part={name}]").inner_text()

    def who(self):
        """Return who the left and the right column think they are."""
        return tuple(self.part(scheme, "who") for scheme in self.schemes)

    def steps(self):
        return self.page.locator(".timeline li button").all_inner_texts()

    def status(self, scheme):
        """Return the status of the step that is shown."""
        return int(self.column(scheme).locator(".glance .status").inner_text())

    def copied_from(self, scheme):
        """Press "Copy as curl" in a column, and return what a terminal can paste then."""
        self.column(scheme).locator("[data-copy]").click()
        self.column(scheme).get_by_role("button", name="Copied").wait_for()
        return self.page.evaluate("navigator.clipboard.readText()")

    @contextmanager
    def requests(self):
        """Collect the requests to the API that are sent meanwhile."""
        seen = []
        self.page.on("request", lambda request: "/api/" in request.url and seen.append(request))
        yield seen

    def secrets(self):
        """Return what nobody else may read: all tokens so far, whole and their signatures, and the cookies."""
        bodies = [answer.json() for answer in self.answers if answer.url.endswith(("/login/", "/refresh/"))]
        tokens = [body[name] for body in bodies for name in ("access", "refresh") if name in body]
        cookies = [cookie["value"] for cookie in self.page.context.cookies()]
        return [*tokens, *(token.rpartition(".")[2] for token in tokens), *cookies]

    def on_screen(self):
        """Return all text that can be read on the page, in its fields too."""
        fields = "[...document.querySelectorAll('input, textarea, select')].map((field) => field.value).join(' ')"
        return self.page.locator("body").inner_text() + self.page.evaluate(fields)

    def tab_to(self, selector):
        return tab_to(self.page, selector)


class Inspector:
    """The page of the token inspector and the session inspector."""

    def __init__(self, page):
        self.page = page
        self.token, self.claims = page.locator("#token"), page.locator("#claims")
        self.verdict, self.answer = page.locator("#verdict"), page.locator("#answer")

    def open(self):
        self.page.goto("/lab/inspector/")
        return self

    def fetch_token_of(self, username):
        self.page.get_by_role("button", name=f"A new token of {username}").click()
        self.page.locator("#verdict[data-result=pass]").wait_for()

    def press(self, button):
        self.page.get_by_role("button", name=button).click()


class Experiments:
    """The list of experiments, the page of one, and the page of a run."""

    def __init__(self, page):
        self.page = page

    def open(self, name=None):
        self.page.goto(f"/lab/experiments/{f'{name}/' if name else ''}")
        return self

    def follow(self, link):
        self.page.get_by_role("link", name=link, exact=True).click()

    def press(self, button):
        self.page.get_by_role("button", name=button, exact=True).click()

    def predict(self, said, why=""):
        for number, finding in said.items():
            self.page.locator(f"[name=said-{number}][value={finding}]").check()
            self.page.locator(f"[name=why-{number}]").fill(why)

    def run(self):
        self.press("Run it")
        return self.done()

    def done(self):
        """Come back when the run has ended; until then the page reloads itself."""
        self.page.locator("#found").wait_for()
        return self

    def exchange(self, what):
        """Return the head of the first exchange with this method and path."""
        return self.page.locator(".exchange summary", has_text=what).first

    def findings(self):
        """Return {statement: finding} as the page says it."""
        numbers, verdicts = self.page.locator(".finding .number"), self.page.locator(".finding .verdict")
        found = verdicts.evaluate_all("(all) => all.map((verdict) => verdict.dataset.finding)")
        return dict(zip(map(int, numbers.all_inner_texts()), found, strict=True))

    def said(self):
        """Return how each prediction was, as the page says it."""
        return self.page.locator(".finding .mine").all_inner_texts()

    def main(self):
        return self.page.locator("main").inner_text()

    def overflow(self):
        """Return by how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")

    def tab_to(self, selector):
        return tab_to(self.page, selector)

    def press_key(self, key):
        self.page.keyboard.press(key)


def tab_to(page, selector):
    """Press Tab until the focus is there; return the keyboard."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return page.keyboard
    raise AssertionError(f"Tab does not lead to {selector}.")
