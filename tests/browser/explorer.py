"""Operates the page as users do, with the service as the reference for its numbers."""

import itertools
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.traces import filled

EXAMPLES = ("chapter", "two-layers", "xor", "batch-of-three", "softmax-classifier", "vanishing", "dead-relu")
# The examples of the long walks over every number: an activation, a batch, classes. The others have the same parts.
WALKED = ("chapter", "two-layers", "batch-of-three", "softmax-classifier")
# Examples with feature maps instead of nodes and edges: images, and sequences as images of one row.
IMAGE_EXAMPLES = ("convolution", "digits-cnn", "sequence")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@dataclass
class Watch:
    """Collects everything that must not happen: console errors, exceptions, failed and foreign requests."""

    origin: str
    refusals_expected: bool = False
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        page.on("response", lambda response: self._response(response.url, response.status))

    def verify(self) -> None:
        assert self.faults == []

    def _console(self, kind: str, text: str) -> None:
        # The browser itself logs answers above 399; those are judged by their status.
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource"):
            self.faults.append(f"console {kind}: {text}")

    def _request(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:")):
            self.faults.append(f"left the origin: {url}")

    def _failed(self, url: str, failure: str | None) -> None:
        # A request that a newer one made obsolete is aborted on purpose; Firefox reports it with another word.
        if not re.search("ERR_ABORTED|NS_BINDING_ABORTED", failure or "") and not self.refusals_expected:
            self.faults.append(f"failed: {url} ({failure})")

    def _response(self, url: str, status: int) -> None:
        # The service may have forgotten a document that is referred to by its hash; the page then sends it whole.
        forgotten = status == 409 and "/api/networks/" not in url
        if status >= 400 and not forgotten and not self.refusals_expected:
            self.faults.append(f"{status}: {url}")


class Explorer:
    """The page and its operations."""

    # A page that several tests go on with has the files of all of them in its history.
    files = itertools.count(1)

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        # Not by their roles, which test_open checks: the browser would look through all elements each time.
        self.diagram = page.locator("section.diagram")
        self.inspector = page.locator("aside.inspector")
        self.build = page.locator("section.build")
        self.timeline = page.locator("section.timeline")
        self.sentence = self.timeline.locator("[role=status]")
        self.slider = self.timeline.locator(".scrubber input")

    def open(self) -> None:
        self.page.goto(self.origin)
        # `expect` would describe the whole page for its message each time that the picture is not there yet.
        self.diagram.locator(".node.input").first.wait_for()

    def choose(self, slug: str) -> dict[str, Any]:
        """Open an example and return the service's trace of it."""
        trace = self.trace(self.example(slug))
        menu = self.page.get_by_label("Example")
        if menu.input_value() != slug:
            menu.select_option(slug)
        # An edge into an activation or a probability has no number.
        weighted = [edge for edge in trace["edges"] if edge["ref"] is not None]
        expect(self.diagram.locator(".edge")).to_have_count(len(weighted))
        return trace

    def begin(self, slug: str) -> dict[str, Any]:
        """Open an example in any state of the Diagram view, wait for its first picture, and return the trace of it."""
        menu = self.page.get_by_label("Example")
        if menu.input_value() == slug:
            # Chosen again, it would stay as it is.
            other = "xor" if slug == "chapter" else "chapter"
            menu.select_option(other)
            expect(self.sentence).to_contain_text(f"“{self.example(other)['name']}” is ready.")
        trace = self.choose(slug)
        expect(self.sentence).to_contain_text(f"“{trace['document']['name']}” is ready.")
        return trace

    def bring(self, document: dict[str, Any]) -> dict[str, Any]:
        """Open a network as a file dropped on the page, and return the service's trace of it."""
        name = f"network-{next(self.files)}.json"
        transfer = self.page.evaluate_handle(
            """([name, text]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([text], name, {type: 'application/json'}));
                return transfer;
            }""",
            [name, json.dumps(document)],
        )
        self.page.dispatch_event("main", "drop", {"dataTransfer": transfer})
        # Opening can be undone. A network with many numbers takes time.
        expect(self.page.get_by_role("button", name=name)).to_be_enabled(timeout=30_000)
        expect(self.build.locator("[data-layer]")).to_have_count(len(document["layers"]))
        return self.trace(document)

    def node(self, name: str) -> Locator:
        return self.diagram.get_by_role(
            "button", name=re.compile(f"^(input|bias|hidden|output|probability|target) {name}\\b")
        )

    def part(self, identifier: str) -> Locator:
        return self.page.locator(f'[data-part="{identifier}"]')

    def field(self, pointer: str) -> Locator:
        return self.build.locator(f'[data-pointer="{pointer}"]')

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def position(self) -> tuple[int, int]:
        """The number of completed steps and of all steps, at the chosen grain."""
        match = re.match(r"step (\d+) of (\d+)", self.slider.get_attribute("aria-valuetext") or "")
        assert match
        return int(match[1]), int(match[2])

    def expect_position(self, done: int, steps: int | None = None) -> None:
        """Wait until `done` of `all` steps are complete: while an edit waits for the service, a key press waits too."""
        total = r"\d+" if steps is None else steps
        expect(self.slider).to_have_attribute("aria-valuetext", re.compile(rf"^step {done} of {total}\b"))

    def expect_training_step(self, step: int) -> None:
        """Wait until this training step is shown."""
        expect(self.timeline.get_by_role("textbox", name="Training step")).to_have_value(str(step))

    def shown(self, within: Locator) -> dict[str, float]:
        """Every number shown, by its ref; the displayed text agrees with the exact value in all digits that fit."""
        found = within.locator("[data-ref][data-value]").evaluate_all(
            """all => all.map(one => {
                const text = [...one.childNodes].filter(n => n.nodeName !== 'title').map(n => n.textContent).join('');
                return [one.dataset.ref, one.dataset.value, text, Number(one.dataset.digits ?? 6)];
            })"""
        )
        for ref, value, text, digits in found:
            if text.endswith("(rounding)") or text == "≈ 0":
                assert 0 < abs(float(value)) < 1e-9, (ref, text)
                continue
            rounded = float(f"{float(value):.{digits}g}")
            assert read(text) == rounded or abs(read(text) / float(value) - 1) < 10 ** (1 - digits), (ref, text)
        return {ref: float(value) for ref, value, _, _ in found}

    def example(self, slug: str) -> dict[str, Any]:
        return self.ask(f"/api/examples/{slug}")["document"]

    def trace(self, document: dict[str, Any], sample: int = 0) -> dict[str, Any]:
        return filled(self.ask(f"/api/trace?graph=1&sample={sample}", document), document)

    def explain(self, document: dict[str, Any], ref: str, notation: str = "scalar") -> dict[str, Any]:
        return self.ask("/api/explain", {"document": document, "ref": ref, "notation": notation})

    def select(self, identifier: str) -> None:
        """Select a part of the picture, even if others overlap it, and wait for its formulas."""
        self.part(identifier).dispatch_event("click")
        expect(self.part(identifier)).to_have_attribute("aria-pressed", "true")
        expect(self.inspector.get_by_text("Selected")).to_be_visible()
        expect(self.inspector).to_have_attribute("aria-busy", "false")

    def notation(self, name: str) -> Locator:
        return self.inspector.get_by_role("radio", name=name)

    def quantity(self, heading: str) -> Locator:
        """The part of the inspector about one number."""
        title = self.page.get_by_role("heading", level=4, name=heading, exact=True)
        return self.inspector.locator(".quantity").filter(has=title)

    def ask(self, path: str, body: Any = None) -> Any:
        """A request directly to the service."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.origin}{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def read(text: str) -> float:
    """The number that a text displays."""
    digits = re.sub(r"^(Σ𝑛)?(𝑧|∂ℓ|∇|w|b|new|新)?\s", "", text.strip()).translate(SUPERSCRIPTS).replace("−", "-")
    return float(re.sub(r"\s*×\s*10", "e", digits))


def numbers_of(trace: dict[str, Any]) -> dict[str, float]:
    """Every number of a picture by its ref, from the service."""
    numbers = {"loss": trace["loss"]["value"]}
    sample = trace["sample"]
    target = trace["tensors"]["y"][0 if "y" in trace["sampled"] else sample]
    numbers |= {f"y[{sample},{k}]": value for k, value in enumerate(target)}
    for node in trace["nodes"]:
        for quantity in filter(None, (node, node["pre"])):
            numbers[quantity["ref"]] = quantity["value"]
            numbers[derivative(quantity["ref"], "grad")] = quantity["gradient"]
    for edge in trace["edges"]:
        if edge["ref"] is None:
            continue
        numbers[edge["ref"]] = edge["weight"]
        numbers[derivative(edge["ref"], "grad")] = edge["gradient"]
        numbers[derivative(edge["ref"], "next")] = edge["next"]
    return numbers


def derivative(ref: str, kind: str) -> str:
    return ref.replace("[", f".{kind}[")


@contextmanager
def visitor(chromium: Browser, watch: Watch, **window: Any) -> Iterator[Explorer]:
    """The page, opened in a new window and watched until it is closed."""
    page = chromium.new_page(**window)
    watch.follow(page)
    explorer = Explorer(page, watch.origin)
    explorer.open()
    yield explorer
    page.close()
    watch.verify()
