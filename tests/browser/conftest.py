"""A real server process, a real browser, and a page that is watched for errors."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from dev import BROWSERS
from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer, Watch
from tests.browser.feature_maps import FeatureMaps
from tests.browser.matrices_view import MatricesView
from tests.browser.shared_page import SharedPage

ROOT = Path(__file__).parents[2]
# For a machine without a network: the browser would otherwise request many updates.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# A new frame in place of the page's for each document, and a process kept ready for a page that may never come: without
# them an opening takes a sixth less of the processor. Playwright's list is replaced by this switch, so it is repeated.
COSTLY = ("RenderDocument", "SpareRendererForSitePerProcess")
OFF_IN_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "BlockOriginHeaderModificationOnRedirect",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "Translate",
    "AutoDeElevate",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
)
# A window is painted in one piece: in the usual small ones each change of its size took a fifth more.
IN_ONE_PIECE = ["--default-tile-width=2048", "--default-tile-height=2048"]
SWITCHES = [*QUIET, *IN_ONE_PIECE, f"--disable-features={','.join((*OFF_IN_PLAYWRIGHT, *COSTLY))}"]

# Files with few tests that take long, the longest first. Begun last, one of them would keep one browser busy while the
# other has nothing left to do: a file is never shared by two.
LONG = (
    "check",
    "room",
    "matrices",
    "check_sentences",
    "print",
    "accessibility",
    "truth",
    "panels",
    "train",
    "train_plots",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a browser test: `dev.py` ignores the folder in its run of the others."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=place)


def place(item: pytest.Item) -> int:
    """The place of the item's file among the long ones; all others come after them, in their order."""
    name = item.path.stem.removeprefix("test_")
    return LONG.index(name) if item.get_closest_marker("browser") and name in LONG else len(LONG)


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the built page, started from the command line."""
    built = [ROOT / "static" / "dist" / "index.html", ROOT / "app" / "static" / "index.html"]
    if not any(page.is_file() for page in built):
        pytest.fail("The page is not built: run `python3 dev.py build` first.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"TINYML_DATA": str(tmp_path_factory.mktemp("data"))}
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield wait_for(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=10)


def wait_for(origin: str, server: subprocess.Popen[bytes]) -> str:
    """The origin, as soon as the server answers."""
    # Starting takes long on a busy machine.
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{origin}/api/examples", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return origin
    pytest.fail(f"The server did not start (exit code {server.poll()}).")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, or the browser that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(f"No browser: install Debian's package `{BROWSERS[0]}`, or set CHROMIUM.")
    browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A new visitor with a window of laptop size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def watch(origin: str) -> Watch:
    """Requests, errors and dialogs of the page; a test that provokes errors lists them here."""
    return Watch(origin)


@pytest.fixture(scope="module")
def shared(chromium: Browser, origin: str) -> Iterator[SharedPage]:
    """The page that the tests of a file share."""
    shared = SharedPage(chromium, origin)
    yield shared
    shared.close()


@pytest.fixture
def explorer(request: pytest.FixtureRequest, shared: SharedPage, watch: Watch) -> Iterator[Explorer]:
    """The page, opened and with its first picture."""
    # A test that already has a context uses its page.
    own = "context" in request.fixturenames
    page = request.getfixturevalue("context").new_page() if own else shared.fresh()
    yield from opened(page, shared.origin, watch)


@pytest.fixture
def unopened(shared: SharedPage, watch: Watch) -> Iterator[Explorer]:
    """The page before it is opened, for tests that first change what it receives."""
    page = shared.fresh()
    watch.follow(page)
    yield Explorer(page, shared.origin)
    watch.verify()


@pytest.fixture
def ongoing(request: pytest.FixtureRequest, shared: SharedPage, watch: Watch) -> Iterator[Explorer]:
    """The page as the test before left it, if that used this fixture and passed; otherwise opened.

    For tests that choose their own network, step and options, whatever the page shows: opening it takes as much time as
    most of them.
    """
    failed = request.session.testsfailed
    page = shared.as_left()
    if page is None:
        yield from opened(shared.fresh(), shared.origin, watch)
    else:
        watch.follow(page)
        yield Explorer(page, shared.origin)
        watch.verify()
    if request.session.testsfailed == failed:
        shared.leave()


@pytest.fixture
def tabs(explorer: Explorer) -> BrowserContext:
    """The window of the page, for further pages of the same visitor: those are closed with the test."""
    return explorer.page.context


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, shared: SharedPage, watch: Watch) -> Iterator[Explorer]:
    """The page, opened, once in each theme."""
    yield from opened(shared.fresh(request.param), shared.origin, watch)


def opened(page: Page, origin: str, watch: Watch) -> Iterator[Explorer]:
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    yield explorer
    watch.verify()


@pytest.fixture
def view(explorer: Explorer) -> CheckView:
    """The Check view, opened."""
    view = CheckView(explorer)
    view.open()
    return view


@pytest.fixture
def ongoing_view(ongoing: Explorer) -> CheckView:
    """The Check view, opened in a page that may have been used."""
    view = CheckView(ongoing)
    view.open()
    return view


@pytest.fixture
def matrices(explorer: Explorer) -> MatricesView:
    """The Matrices view, opened."""
    view = MatricesView(explorer)
    view.open()
    return view


@pytest.fixture
def ongoing_matrices(ongoing: Explorer) -> MatricesView:
    """The Matrices view, opened in a page that may have been used."""
    view = MatricesView(ongoing)
    view.open()
    return view


@pytest.fixture
def maps(explorer: Explorer) -> FeatureMaps:
    """A network on images, as feature maps."""
    return FeatureMaps(explorer)
