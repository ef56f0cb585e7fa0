"""A training step saved as a web page, opened without a server and without a network, alone and in a frame."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.explorer import Explorer
from tests.support.networks import Document
from tests.support.saved import SavedPage

EXAMPLES = Path(__file__).parents[2] / "app" / "examples"
# In the page, by which names and in which order of bytes does not matter: every number with its ref.
SHOWN = "of => [...of.querySelectorAll('[data-ref][data-value]')].map(one => [one.dataset.ref, one.dataset.value])"


def example(slug: str) -> Document:
    """An example as the service has it."""
    document: Document = json.loads((EXAMPLES / f"{slug}.json").read_text("utf-8"))
    return document


def asked(origin: str, path: str, body: dict[str, Any]) -> bytes:
    """The service's answer."""
    request = urllib.request.Request(f"{origin}{path}", json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        content: bytes = answer.read()
    return content


def saved(origin: str, folder: Path, document: Document, language: str = "en") -> Path:
    """A saved page as a file."""
    file = folder / f"{language}.html"
    file.write_bytes(asked(origin, "/api/export/page/html", {"document": document, "language": language}))
    assert file.stat().st_size <= 500_000
    return file


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without a network; every request but for files, and every error, is a fault."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce", offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if request.resource_type != "document" else None)
    yield page
    context.close()
    assert faults == []


def checked(page: Page, values: dict[str, float]) -> int:
    """Every number that is shown is the service's; returns how many there are."""
    shown = page.locator("body").evaluate(SHOWN)
    for ref, value in shown:
        assert float(value) == values[ref], ref
    return len(shown)


def test_a_saved_page_shows_the_training_step_without_a_network(origin: str, page: Page, tmp_path: Path) -> None:
    document = example("batch-of-three")
    file = saved(origin, tmp_path, document)
    answers = SavedPage(file.read_text("utf-8")).answers()
    values = {one["ref"]: one["value"] for name, one in answers.items() if name.startswith("explanation")}
    for ref in ("loss", "fc_1.w[0,0]", "fc_1.w.grad[0,1]"):
        explained = json.loads(asked(origin, "/api/explain", {"document": document, "ref": ref}))
        assert values[ref] == explained["value"], ref
    page.goto(file.as_uri())
    explorer = Explorer(page, origin)
    # Nothing that needs a server is offered.
    for name in ("Share", "Undo"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("link", name="Train", exact=True)).to_have_count(0)
    expect(explorer.build).to_have_count(0)
    expect(explorer.sentence).to_contain_text("ready")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "4", "ArrowRight", "3", "End"):
        page.keyboard.press(key)
    expect(explorer.sentence).to_contain_text("complete")
    expect(page.get_by_role("button", name="Step forward")).to_be_disabled()
    page.locator('[data-part="fc_1.w[0,1]"]').focus()
    page.keyboard.press("Enter")
    expect(explorer.inspector).to_contain_text("After the update")
    expect(explorer.inspector.locator("input[data-pointer]")).to_have_count(0)
    counted = checked(page, values)
    for notation in ("Chain rule", "Matrix", "Paths"):
        explorer.notation(notation).check()
        counted += checked(page, values)
    explorer.diagram.get_by_label("Sample").select_option(label="3")
    page.get_by_role("link", name="Matrices").click()
    expect(page.locator(".matrices-view table").first).to_be_visible()
    counted += checked(page, values)
    page.get_by_role("link", name="Check").click()
    expect(page.locator(".check .summary")).to_contain_text("agree")
    page.locator(".presets button").filter(has_text="0.01").click()
    counted += checked(page, values)
    assert counted > 60


def test_in_a_frame_that_may_only_run_scripts_it_works_in_its_language(origin: str, page: Page, tmp_path: Path) -> None:
    file = saved(origin, tmp_path, {**example("chapter"), "name": "</script>\u202e"}, "zh")
    page.set_content('<iframe sandbox="allow-scripts" width="1200" height="700"></iframe>')
    page.locator("iframe").evaluate("(frame, html) => { frame.srcdoc = html; }", file.read_text("utf-8"))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("</script>\u202e")
    frame.get_by_role("button", name="执行第一步").click()
    expect(frame.locator(".sentence [data-ref]").first).to_be_visible()
    frame.get_by_role("link", name="矩阵").click()
    expect(frame.locator(".matrices-view table").first).to_be_visible()
    frame.get_by_role("link", name="检验").click()
    expect(frame.locator(".check .summary")).not_to_be_empty()
