"""After any edit in Build, the step buttons run the network of the panel, and that network works."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.build_panel import BuildPanel
from tests.browser.edits_at_random import KEEPING, RandomEdits
from tests.browser.explorer import Explorer, Watch
from tests.browser.shared_page import SharedPage
from tests.browser.test_refusals import SYNTAX

# Records the page's requests: the number in flight, document and hash of the last trace received, and the
# hash of the last request for steps.
RECORDER = """
window.asked = { pending: 0, changed: 0, trace: null, hash: null, steps: null };
const plain = window.fetch;
window.fetch = async (path, options) => {
    const { asked } = window;
    asked.pending++;
    asked.changed = performance.now();
    try {
        if (String(path).startsWith('/api/steps')) {
            asked.steps = JSON.parse(await new Response(options.body).text()).document.hash;
        }
        const answer = await plain(path, options);
        if (String(path).startsWith('/api/trace') && answer.ok) {
            const { document, hash } = await answer.clone().json();
            Object.assign(asked, { trace: document ?? JSON.parse(await new Response(options.body).text()), hash });
        }
        return answer;
    } finally {
        asked.pending--;
        asked.changed = performance.now();
    }
};
"""
IDLE = "() => window.asked.pending === 0 && performance.now() - window.asked.changed > 60"
STEPPED = """() => window.asked.pending === 0 && window.asked.steps === window.asked.hash"""
PANEL = """panel => ({
    numbers: [...panel.querySelectorAll('[data-pointer]')].filter(one => one.dataset.value !== '')
        .map(one => [one.dataset.pointer, Number(one.dataset.value)]),
    layers: [...panel.querySelectorAll('[data-layer]')].map(layer => ({
        name: layer.dataset.layer,
        locks: [...layer.querySelectorAll('.parameter-lock')].map(lock => lock.ariaPressed === 'true'),
    })),
    menus: [...panel.querySelectorAll('.training > label select')].map(menu => menu.value),
})"""

SEEDS = {"chapter": (1, 2), "softmax-classifier": (3,), "convolution": (4,)}
EDITS = 14


@pytest.fixture(scope="module")
def shared(chromium: Browser, origin: str) -> Iterator[SharedPage]:
    shared = SharedPage(chromium, origin, RECORDER)
    yield shared
    shared.close()


@pytest.mark.parametrize(("slug", "seed"), [(slug, seed) for slug, seeds in SEEDS.items() for seed in seeds])
def test_what_is_stepped_through_is_what_is_in_the_panel(
    explorer: Explorer, watch: Watch, slug: str, seed: int
) -> None:
    watch.refusals_expected = True
    explorer.page.get_by_label("Example").select_option(slug)
    explorer.page.wait_for_function(IDLE)
    first = explorer.page.evaluate("window.asked.trace")
    edits = RandomEdits(BuildPanel(explorer), seed)
    document = first
    for _ in range(EDITS):
        step = training_step(explorer)
        kind = edits.make()
        before, document = document, stepped(explorer, document)
        edits_made = " · ".join(edits.made)
        text = explorer.build.inner_text() + explorer.page.locator(".page-notice").inner_text()
        assert not SYNTAX.search(text), (edits_made, text)
        works(explorer, document, edits_made)
        if kind in KEEPING and training_step(explorer) == step:
            kept(before, document, edits_made)


def training_step(explorer: Explorer) -> str:
    return explorer.timeline.get_by_role("textbox", name="Training step").input_value()


def stepped(explorer: Explorer, before: Any) -> Any:
    """The document that a step runs, which is that of the panel."""
    # At once: whatever requests are in flight, the steps are those of the network just edited.
    explorer.timeline.locator(".transport .primary").click()
    explorer.page.wait_for_function(IDLE)
    explorer.page.wait_for_function(STEPPED)
    document = explorer.page.evaluate("window.asked.trace")
    panel = explorer.build.evaluate(PANEL)
    assert [layer["name"] for layer in panel["layers"]] == [layer["name"] for layer in document["layers"]]
    for shown, layer in zip(panel["layers"], document["layers"], strict=True):
        assert sum(shown["locks"]) == len(layer.get("frozen", [])) * bool(shown["locks"])
    for pointer, value in panel["numbers"]:
        assert at(document, pointer) in (value, None), pointer  # an omitted field has its default value
    assert panel["menus"] == [document["loss"]["type"], document["optimizer"]["type"]]
    return document


def at(document: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        document = document[int(key)] if isinstance(document, list) else (document or {}).get(key)
    return document


def works(explorer: Explorer, document: Any, edits_made: str) -> None:
    """The service accepts the document and returns it unchanged."""
    trace = explorer.trace(document)
    assert trace["document"] == document, edits_made
    assert json.dumps(trace["loss"]["value"])


def kept(before: Any, after: Any, edits_made: str) -> None:
    """At most one of the numbers that still have their place has changed."""
    layers = {layer["name"]: layer for layer in before["layers"]}
    changed = 0
    for layer in after["layers"]:
        was = layers.get(layer["name"], {})
        for part in ("w", "b", "gamma", "beta"):
            if part in layer and part in was and shape(layer[part]) == shape(was[part]):
                changed += differing(layer[part], was[part])
    if shape(rows(before)["x"]) == shape(rows(after)["x"]):
        changed += differing(rows(before)["x"], rows(after)["x"])
    assert changed <= 1, edits_made


def rows(document: Any) -> Any:
    return document.get("data", {}).get("rows", document)


def shape(numbers: Any) -> tuple[int, ...]:
    return (len(numbers), *shape(numbers[0])) if isinstance(numbers, list) else ()


def differing(one: Any, other: Any) -> int:
    if isinstance(one, list):
        return sum(map(differing, one, other))
    return int(one != other)
