"""Every line with "=" that is shown during stepping, at the digits shown: in the sentence and in the growing sum.

One page for all networks; of large ones some steps across the training step. Sentences of passes and layers have no
formulas in numbers: every number that they name is the engine's.
"""

from collections import Counter
from typing import Any

from playwright.sync_api import expect

from tests.browser.explorer import EXAMPLES, IMAGE_EXAMPLES, Explorer
from tests.support.lines import equations_in, lines_hold
from tests.support.networks import Document

# The number of steps of one grain that are checked in one network.
MOST = 9
LAYER_NORM: Document = {
    "format": "tinyml-network/1",
    "name": "Normalized",
    "input_shape": [2],
    "layers": [{"type": "LayerNorm", "name": "ln", "gamma": [1.5, 0.5], "beta": [0.1, -0.2]}],
    "loss": {"type": "mean_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.9},
    "x": [[1.0, 2.0]],
    "y": [[0.0, 1.0]],
}
SOFTMAX: Document = {
    **LAYER_NORM,
    "layers": [
        {"type": "Linear", "name": "fc", "output_dim": 2, "w": [[1.0, -0.5], [0.25, -1.0]], "b": [-0.1, 0.2]},
        {"type": "Softmax", "name": "soft"},
    ],
    "loss": {"type": "huber"},
    "optimizer": {"type": "adam", "lr": 0.1},
    "x": [[1.0, 2.0], [-1.0, 0.5]],
    "y": [[0.0, 1.0], [3.0, 0.0]],
}

# Formulas of MathML in one line, as tests.support.lines reads them; terms that are only counted are left out.
READ = """() => {
    const inner = node => [...node.childNodes].map(read).join('');
    const read = node => {
        if (node.nodeType === 3) return node.data.replace(/[\\u2061\\u2062\\u2009]/g, '');
        const [first, second] = [...node.children];
        switch (node.localName) {
            case 'mfrac': return `((${read(first)})/(${read(second)}))`;
            case 'msup': return second.textContent === '2' ? `${read(first)}²` : `${read(first)}^(${read(second)})`;
            case 'msqrt': return `√(${inner(node)})`;
            case 'munder': return read(first);
            default: return inner(node);
        }
    };
    // A side begins a line where what is left of its "=" is the name of something.
    const begins = side => !side.previousElementSibling.previousElementSibling.classList.contains('side');
    const sides = [...document.querySelectorAll('.growing .side')]
        .map(side => ({text: [...side.children].map(read).join(''), begins: begins(side)}));
    return {sentence: document.querySelector('.sentence').textContent.replace(/\u202f/g, ''), sides};
}"""


def sides_of(shown: list[dict[str, Any]]) -> list[list[str]]:
    """The lines of a growing sum, each as its sides."""
    lines: list[list[str]] = []
    for side in shown:
        lines = [*lines, [side["text"]]] if side["begins"] else [*lines[:-1], [*lines[-1], side["text"]]]
    return lines


def check_numbers(explorer: Explorer, document: Document, known: dict[str, float]) -> int:
    """Every number that the sentence names is the engine's, at the digits shown; returns their count. `known` keeps
    those of the document that the service has computed.
    """
    named = explorer.shown(explorer.page.locator(".sentence"))
    for ref, value in named.items():
        if ref not in known:
            known[ref] = explorer.explain(document, ref)["value"]
        assert value == known[ref], ref
    return len(named)


# By the key of each grain: the least of its lines with "=", and of the numbers that its sentences name.
LINES = {"1": 0, "2": 0, "3": 40, "4": 60}
NAMED = {"1": 20, "2": 60, "3": 60, "4": 40}


def test_every_line_with_an_equals_sign_holds_at_the_digits_shown_at_every_grain(explorer: Explorer) -> None:
    looked, named = Counter[str](), Counter[str]()
    documents = [explorer.example(slug) for slug in (*EXAMPLES, *IMAGE_EXAMPLES)]
    for document in [*documents, LAYER_NORM, SOFTMAX]:
        explorer.bring(document)
        expect(explorer.sentence).to_contain_text(f"“{document['name']}” is ready")
        known: dict[str, float] = {}
        for grain in LINES:
            explorer.press("Home")
            explorer.press(grain)
            explorer.expect_position(0)
            _, every = explorer.position()
            for number in sorted({round(1 + k * (every - 1) / (MOST - 1)) for k in range(MOST)}):
                explorer.slider.fill(str(number))
                expect(explorer.page.locator(".sentence")).to_have_attribute("aria-busy", "false")
                expect(explorer.sentence).not_to_be_empty()
                shown = explorer.page.evaluate(READ)
                looked[grain] += equations_in(shown["sentence"])
                looked[grain] += sum(map(lines_hold, sides_of(shown["sides"])))
                named[grain] += check_numbers(explorer, document, known)
    assert all(looked[grain] >= least for grain, least in LINES.items()), looked
    assert all(named[grain] > least for grain, least in NAMED.items()), named
