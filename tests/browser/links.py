"""Encodes and decodes links independently of the page's code."""

import base64
import hashlib
import json
import re
import zlib
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.explorer import Explorer, Watch

STATE = re.compile(r"#(\w+)&s=1\.([\w-]+)\.([0-9a-f]{16})$")


def payload(state: Any, text: str | None = None) -> str:
    """A link's payload, encoded as the page does; `text` replaces the state's JSON."""
    raw = (json.dumps(state) if text is None else text).encode()
    squeezed = zlib.compressobj(wbits=-15)
    packed = base64.urlsafe_b64encode(squeezed.compress(raw) + squeezed.flush()).decode().rstrip("=")
    return f"1.{packed}.{hashlib.sha256(raw).hexdigest()[:16]}"


def held(url: str) -> dict[str, Any]:
    """The state in an address, with its hash verified independently of the page's code."""
    match = STATE.search(url)
    assert match, url
    raw = zlib.decompress(base64.urlsafe_b64decode(match[2] + "=" * (-len(match[2]) % 4)), wbits=-15)
    assert hashlib.sha256(raw).hexdigest()[:16] == match[3]
    state: dict[str, Any] = json.loads(raw)
    return state


def notice(explorer: Explorer) -> Locator:
    return explorer.page.locator(".page-notice")


def visit(context: BrowserContext, watch: Watch, url: str, origin: str) -> Explorer:
    page = context.new_page()
    watch.follow(page)
    page.goto(url)
    explorer = Explorer(page, origin)
    expect(explorer.node("x 1")).to_be_visible()
    return explorer


def settled(explorer: Explorer, **expected: Any) -> str:
    """The address after it has been updated to the shown state."""
    # There is no event for this: it waits until nothing changes any more.
    explorer.page.wait_for_timeout(900)
    state = held(explorer.page.url)
    assert {key: state[key] for key in expected} == expected
    return explorer.page.url
