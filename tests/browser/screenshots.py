"""Take the README's pictures anew: `python -m tests.browser.screenshots`.

Needs chromium, writes to `pictures/`. With pngquant a picture takes a third of the bytes.
"""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.lab.demo.demo import Demo

PICTURES = Path(__file__).parent / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


def compare(page, url):
    """Log alice in under both schemes, and add a product under both."""
    page.goto(f"{url}/lab/")
    for step in ('[data-login="alice"]', '[data-step="add"]'):
        page.locator(step).click()
        page.locator(".compare-columns:not([aria-busy])").wait_for()


def experiment(page, url):
    """Predict what logging out ends, run it, and look at what happened."""
    page.goto(f"{url}/lab/experiments/logout/")
    for number in (27, 28, 29, 30):
        page.locator(f"[name=said-{number}][value=holds]").check()
    page.get_by_role("button", name="Run it", exact=True).click()
    page.locator("#found").wait_for()


def make_small(picture):
    """Reduce a picture to 256 colours, which is all that these pages need."""
    if pngquant := shutil.which("pngquant"):
        subprocess.run([pngquant, "--force", "--speed=1", "--strip", "--output", picture, picture], check=True)  # noqa: S603


def main():
    with TemporaryDirectory() as var, Demo(Path(var)) as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for scheme in ("light", "dark"):
            for show in (compare, experiment):
                page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
                show(page, f"http://127.0.0.1:{demo.port}")
                picture = PICTURES / f"{show.__name__}-{scheme}.png"
                page.screenshot(path=picture)
                page.close()
                make_small(picture)
        browser.close()


if __name__ == "__main__":
    main()
