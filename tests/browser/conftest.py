"""A real browser in front of a real demo server. No page, in any test, may complain or ask another host for a thing."""

import re
import shutil
from uuid import uuid4

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.pages import Compare, Inspector, Shop
from tests.lab.demo.demo import Demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OPTIONS = {
    "viewport": {"width": 1280, "height": 720},
    "reduced_motion": "reduce",  # colours are there at once
    "permissions": ["clipboard-read", "clipboard-write"],
}
# What the browser itself logs where the shop refuses, which is what the lab is for.
REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of (400|401|403|404|409) ")
TELL_CSP = """
    document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP report: ${event.effectiveDirective} ${event.blockedURI}`);
    });
"""

expect.set_options(timeout=30_000)  # ms, as for all else that is waited for: other tests may keep the machine busy


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the browser's tests first and together, so that it is started as seldom as can be."""
    items.sort(key=lambda item: "tests/browser/" not in item.nodeid)


def pytest_runtest_setup():
    if CHROMIUM is None:
        pytest.skip("there is no browser on this machine: apt-get install chromium")


# Why not for the whole session: Playwright keeps an event loop running, beside which Django refuses to use the
# database. So it has to be gone before the next test that does.
@pytest.fixture(scope="package")
def browser():
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS) as browser,
    ):
        yield browser


@pytest.fixture(scope="package")
def demo(browser, tmp_path_factory):
    with Demo(tmp_path_factory.mktemp("demo")) as demo, demo.process.stdout:
        yield f"http://127.0.0.1:{demo.port}"


@pytest.fixture(scope="package")
def customer(browser, demo):
    """What the browser of a customer keeps who has ordered something, and put something into the cart since."""
    with browser.new_context(base_url=demo) as context:
        shop = Shop(context.new_page())
        shop.sign_up("customer")
        shop.add("Headphones")
        shop.follow("Cart")
        shop.press("Check out")
        shop.follow("Products")
        shop.add("Headphones")
        return context.storage_state()


@pytest.fixture
def troubles():
    """What pages complained of, and what they asked of other hosts."""
    return []


@pytest.fixture
def new_page(browser, demo, troubles):
    """Return a function that opens an empty page, watched, with cookies of its own."""
    contexts = []

    def new_page(**options):
        context = browser.new_context(**OPTIONS | {"base_url": demo} | options)
        context.add_init_script(TELL_CSP)
        watch(context, demo, troubles)
        contexts.append(context)
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()
    assert troubles == []


def watch(context, demo, troubles):
    def on_console(message):
        refused = REFUSAL.match(message.text) and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not refused:
            troubles.append(f"console: {message.text} at {message.location['url']}")

    def on_request(request):
        if not request.url.startswith((f"{demo}/", "data:", f"blob:{demo}/")):
            troubles.append(f"another host: {request.url}")

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("weberror", lambda error: troubles.append(f"uncaught: {error.error}"))


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def shop(page):
    return Shop(page)


@pytest.fixture
def compare(page):
    """The Compare page, just opened by somebody who is logged in nowhere."""
    return Compare(page).open()


@pytest.fixture
def inspector(page):
    """The page of the inspectors, just opened by somebody who is logged in nowhere."""
    return Inspector(page).open()


@pytest.fixture
def newcomer(new_page):
    """The name of an account that nobody has used yet."""
    name = f"user-{uuid4().hex[:8]}"
    Shop(new_page()).sign_up(name)
    return name
