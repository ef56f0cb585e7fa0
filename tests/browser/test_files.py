"""A document saved as a file, and opened from a file: by the button, or dropped on the page."""

import atexit
import base64
import json
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.explorer import Explorer, Watch

DROP = """([name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type: 'application/json' }));
    const target = document.querySelector('.diagram');
    for (const type of ['dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def share(page: Page) -> Locator:
    page.get_by_role("button", name="Share").click()
    panel = page.get_by_role("dialog", name="Share")
    expect(panel.get_by_role("heading", name="File")).to_be_visible()
    return panel


def choose(explorer: Explorer, name: str, content: bytes) -> None:
    """Open a file with the button; from the disk, as Playwright passes at most 50 MB otherwise."""
    # Kept until all tests have run: the page may read the file later.
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder, ignore_errors=True)
    file = folder / name
    file.write_bytes(content)
    with explorer.page.expect_file_chooser() as chooser:
        explorer.page.get_by_role("banner").get_by_role("button", name="Open …").click()
    chooser.value.set_files(file)


def drop(explorer: Explorer, name: str, content: bytes) -> None:
    explorer.page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def notice(explorer: Explorer) -> Locator:
    return explorer.page.locator(".page-notice")


def test_what_is_saved_is_the_exact_document_and_opens_again(explorer: Explorer, tmp_path: Path) -> None:
    explorer.choose("two-layers")
    explorer.field("/layers/0/w/0/1").fill("1/3")
    expect(explorer.diagram.locator('[data-ref="fc_1.w[0,1]"]')).to_have_attribute("data-value", str(1 / 3))
    panel = share(explorer.page)
    with explorer.page.expect_download() as download:
        panel.get_by_role("button", name="Save as a file").click()
    expect(panel).to_contain_text("Saved as Two-layers-with-ReLU.json.")
    assert download.value.suggested_filename == "Two-layers-with-ReLU.json"
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    document = explorer.example("two-layers")
    document["layers"][0]["w"][0][1] = 1 / 3
    assert json.loads(saved.read_text()) == explorer.trace(document)["document"]
    explorer.press("Escape")
    explorer.choose("chapter")
    choose(explorer, "saved.json", saved.read_bytes())
    expect(explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", str(1 / 3))
    expect(explorer.page.get_by_role("dialog", name="Share")).to_be_hidden()
    expect(explorer.page.get_by_role("button", name="Undo: file “saved.json” opened")).to_be_visible()


def test_a_file_that_is_dropped_on_the_page_is_opened(explorer: Explorer) -> None:
    document = explorer.example("two-layers")
    drop(explorer, "two.json", json.dumps(document).encode())
    expect(explorer.diagram.locator(".edge")).to_have_count(12)
    expect(explorer.page.locator(".drop")).to_have_count(0)


def test_while_a_file_is_over_the_page_a_hint_explains_dropping(explorer: Explorer) -> None:
    explorer.page.evaluate(DROP.replace("['dragover', 'drop']", "['dragover']"), ["a.json", ""])
    expect(explorer.page.locator(".drop")).to_have_text(
        "Drop the file: a network is opened, a table shown before it is used"
    )
    explorer.page.evaluate("window.dispatchEvent(new DragEvent('dragleave'))")
    expect(explorer.page.locator(".drop")).to_have_count(0)


def bad(document: dict[str, Any]) -> dict[str, tuple[bytes, str]]:
    """Contents of a file that is not a network, and the message for each."""

    def written(**parts: Any) -> bytes:
        return json.dumps(document | parts).encode()

    return {
        "empty": (b"", "It is empty."),
        "no JSON": (b"x,y\n1,2\n", "It is not valid JSON"),
        "cut": (written()[:80], "It is not valid JSON: perhaps a part of it is missing."),
        "no text": (b"\xff\xff\x1a\n\x00\xff", "It is not UTF-8 text."),
        "not a number": (written(x=[[float("nan"), 1]]), "JSON has no NaN"),
        "too large a number": (written().replace(b"0.1", b"1e999", 1), "too large for a float64"),
        "prototype": (b'{"layers": [], "x": [], "y": [], "__proto__": {"x": 1}}', "the key “__proto__”"),
        "nested": (b"[" * 100_000 + b"]" * 100_000, "more than 24 deep"),
        "megabytes": (b'{"x": [' + b" " * 68_000_000 + b"]}", "a network document has at most 67,108,864"),
        "other version": (written(format="tinyml-network/2"), "Its format is “tinyml-network/2”"),
        "other JSON": (b'{"hello": "world"}', "not a network document"),
        "unfit": (written(input_shape=[3]), "there are too many numbers, or too few, for this network"),
        "unknown field": (written(note="<script>window.ran = 1</script>"), "this name is unknown"),
    }


def test_a_bad_file_is_refused_and_the_picture_stays(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.press("End")
    expect(explorer.sentence).to_contain_text("One training step is complete.")
    before = explorer.shown(explorer.diagram)
    for place, (case, (content, message)) in enumerate(bad(explorer.example("chapter")).items()):
        way = (choose, drop)[place % 2]
        way(explorer, f"<b>{case}.json", content)
        expect(notice(explorer)).to_contain_text(f"“<b>{case}.json” could not be opened.")
        expect(notice(explorer)).to_contain_text(message)
        expect(notice(explorer)).to_contain_text("Your network is still open.")
        assert explorer.shown(explorer.diagram) == before, case
        assert explorer.page.evaluate("window.ran === undefined && ({}).x === undefined"), case


def test_a_good_file_puts_the_complaint_about_a_bad_one_away(explorer: Explorer) -> None:
    drop(explorer, "bad.json", b"nothing")
    expect(notice(explorer)).to_contain_text("could not be opened")
    drop(explorer, "good.json", json.dumps(explorer.example("xor")).encode())
    expect(notice(explorer)).to_have_text("")
    expect(explorer.field("/x/3/0")).to_be_visible()
