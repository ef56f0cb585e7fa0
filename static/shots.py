"""Takes the README's pictures of the real page: docs/screenshot-light.png and -dark.png.

`python3 dev.py shots` runs it. It starts a server, or uses a running one: `--origin http://127.0.0.1:8000`.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dev import BROWSERS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SIZE = (1280, 800)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--origin", help="address of a running server; without it one is started")
    origin = options.parse_args().origin
    browser_path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        sys.exit(f"No browser: install Debian's package `{BROWSERS[0]}`, or set CHROMIUM.")
    DOCS.mkdir(exist_ok=True)
    with served(origin) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--disable-background-networking"])
        for scheme in ("light", "dark"):
            path = DOCS / f"screenshot-{scheme}.png"
            take(browser, address, scheme, path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")
        browser.close()


def take(browser: Browser, origin: str, scheme: str, path: Path) -> None:
    """The two-layer example on its way back, with the step's own formula beside it."""
    page = browser.new_page(
        viewport={"width": SIZE[0], "height": SIZE[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(origin)
    page.get_by_label("Example").select_option("two-layers")
    page.locator(".node.hidden").first.wait_for()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    page.locator(".quantity.wanted .formula").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=path)
    page.close()


@contextmanager
def served(origin: str | None) -> Iterator[str]:
    """The address of a server: the one given, or one started for as long as it is needed."""
    if origin:
        yield origin.rstrip("/")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TINYML_DATA": data})
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/api/examples", timeout=5).close()  # noqa: S310 - our own server
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not start.")


if __name__ == "__main__":
    main()
