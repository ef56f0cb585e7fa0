"""A page of the service in Chromium, for measurements there."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dev import BROWSERS

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def laptop() -> Iterator[tuple[Page, str]]:
    """An empty page with a laptop's window, and the address of a separate service."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"No browser: install Debian's package `{BROWSERS[0]}`, or set CHROMIUM.")
    if not (ROOT / "static" / "dist" / "index.html").is_file():
        sys.exit("The page is not built: run `python3 dev.py build` first.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TINYML_DATA": folder})
        try:
            origin = f"http://127.0.0.1:{port}"
            wait_for(f"{origin}/api/examples")
            chromium = playwright.chromium.launch(executable_path=browser)
            yield chromium.new_page(viewport={"width": 1280, "height": 720}), origin
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(10)


def wait_for(url: str) -> None:
    """Wait until the address answers."""
    for _ in range(600):
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not start")


def free_port() -> int:
    """A free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
