"""The server is not the one that answered before: restarted, short of memory, or newer than its data. The page
continues without a message.
"""

import json
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer, Watch, numbers_of
from tests.browser.links import held, settled
from tests.browser.matrices_view import MatricesView
from tests.support.server import ROOT, running

KEPT = ROOT / "tests" / "compatibility"
# Without memory for any document: it refuses every request by a hash, and the page sends the document.
FORGETFUL = "from app import limits; limits.MAX_KNOWN_BYTES = 0"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def visitor(context: BrowserContext, origin: str) -> Iterator[tuple[Explorer, list[int]]]:
    """The page of a server, watched, with the status of each answer to a request by a hash."""
    watch, statuses = Watch(origin), list[int]()
    page = context.new_page()
    watch.follow(page)
    page.on(
        "response",
        lambda answer: statuses.append(answer.status) if '"hash":' in (answer.request.post_data or "") else None,
    )
    explorer = Explorer(page, origin)
    yield explorer, statuses
    watch.verify()


def no_message_is_shown(explorer: Explorer) -> None:
    """Check that there is no message, and that the requested content is shown."""
    expect(explorer.page.locator(".sentence")).to_have_attribute("aria-busy", "false")
    expect(explorer.sentence).not_to_be_empty()
    assert "server" not in explorer.sentence.inner_text()
    assert "".join(explorer.page.get_by_role("alert").all_inner_texts()) == ""


def test_the_page_goes_on_with_a_server_that_has_forgotten_its_network(context: BrowserContext, tmp_path: Path) -> None:
    port = free_port()
    with ExitStack() as stopped, visitor(context, f"http://127.0.0.1:{port}") as (explorer, statuses):
        with running(tmp_path, port=port):
            explorer.open()
            document = explorer.example("two-layers")
            explorer.choose("two-layers")
            explorer.press("ArrowRight", 3)
            no_message_is_shown(explorer)
            settled(explorer)  # so that the code for links is loaded
            assert 409 not in statuses
        # Another process, which knows no document.
        stopped.enter_context(running(tmp_path, FORGETFUL, port=port))

        def forgotten() -> None:
            # Prefetched answers are still available; the next request is sent later.
            for _ in range(100):
                if 409 not in statuses:
                    explorer.page.wait_for_timeout(100)
            assert 409 in statuses
            no_message_is_shown(explorer)
            statuses.clear()

        explorer.press("ArrowRight", 2)
        explorer.expect_position(5)
        forgotten()
        explorer.press("End")
        explorer.select("h_1^(1)")
        explained = explorer.inspector.locator('.formula [data-ref="relu_1.output.grad[0,0]"][data-value]')
        expect(explained).to_have_count(1)
        forgotten()
        matrices = MatricesView(explorer)
        matrices.open()
        matrices.entry("fc_1 weights", "fc_1.w.grad[0,1]").click()
        expect(explorer.inspector.locator('[data-ref="fc_1.w.grad[0,1]"]').first).to_be_visible()
        forgotten()
        view = CheckView(explorer)
        view.open()
        expect(view.summary).to_contain_text("agree")
        rows = {row["ref"]: row["numeric"] for row in view.check_answer(document)["rows"]}
        assert {ref: row["numeric"] for ref, row in view.numbers().items()}.items() <= rows.items()
        forgotten()
        explorer.page.reload()
        expect(view.summary).to_contain_text("agree")
        no_message_is_shown(explorer)


def test_a_data_folder_of_the_first_layout_opens_in_the_page_with_a_copy_beside_it(
    context: BrowserContext, tmp_path: Path
) -> None:
    kept = KEPT / "before-0.1.0"
    shutil.copytree(kept / "data", tmp_path / "data")
    [network] = json.loads((kept / "networks.json").read_text("utf-8"))
    with (
        running(tmp_path / "data", log=tmp_path / "log") as server,
        visitor(context, server.url) as (explorer, _),
    ):
        explorer.open()
        explorer.page.evaluate("id => { location.hash = `#diagram&n=${id}` }", network["network"]["id"])
        expect(explorer.build.locator('[data-layer="relu_1"]')).to_be_visible()
        explorer.press("End")
        no_message_is_shown(explorer)
        shown = explorer.shown(explorer.diagram)
        assert shown["loss"] > 0
        assert shown.items() <= numbers_of(explorer.trace(network["network"]["document"])).items()
    copies = [path for path in tmp_path.iterdir() if path.name.startswith("data-before-layout-")]
    assert [path.name for copy in copies for path in copy.iterdir()] == ["networks.sqlite3"]
    log = (tmp_path / "log").read_text("utf-8")
    assert "data" in log
    assert str(copies[0]) in log


def test_links_of_earlier_versions_open_in_the_page(explorer: Explorer) -> None:
    links = [link for kept in sorted(KEPT.glob("*/links.json")) for link in json.loads(kept.read_text("utf-8"))]
    for link in links[:: len(links) - 1]:
        state = held(f"#diagram&s={link['payload']}")
        explorer.page.evaluate("payload => { location.hash = `#diagram&s=${payload}` }", link["payload"])
        name = state["document"]["name"]
        expect(explorer.page.get_by_role("button", name=re.compile(f"^Undo: .*{re.escape(name)}"))).to_be_enabled()
        assert explorer.build.locator("[data-layer]").count() == len(state["document"]["layers"])
        no_message_is_shown(explorer)
