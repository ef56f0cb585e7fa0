"""Only `Sequential` and the format of documents assume that layers are a chain; all other code uses the topology."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.house.neighbours import neighbours
from tests.house.test_rules import ROOT, SOURCES, parsed

# Modules that use the order of a list, each with the reason.
BY_ORDER: Final = {
    "app/fitting/changes.py": "the list of a document, which is a chain, is edited here",
    "app/fitting/fit.py": "the same: the last layer of the list that has a width gets another one",
    "app/fitting/layers.py": "the same: Flatten layers are put between two layers of the list",
}
# Code that makes a chain.
CHAINS: Final = {"app/schemas/document.py", "tinyml/net/sequential.py"}

BROKEN = {
    "the last of the list": "def last(model): return model.layers[-1]",
    "the first of the list": "def first(plan): return plan.buffers[0].input",
    "the one before": "def source(trace, place): return trace.layers[place - 1] if place else None",
    "the one after": "def shape(self, i): return self._shapes[i + 1]",
    "two lists, one of them shifted": "def both(layers): return zip(layers, layers[1:])",
    "a list that begins with the input": "def fed(layers): return zip(layers, ['x', *map(name, layers)])",
    "pairs": "def pairs(layers): return itertools.pairwise(layers)",
    "backwards": "def back(trace): return reversed(trace.layers)",
    "backwards, counted": "def back(self): return reversed(list(enumerate(self.layers)))",
    "counted": "def names(layers, names):\n    for i, layer in enumerate(layers):\n        yield names[i - 1]",
    "counted in a comprehension": "def pairs(layers, passed): return [passed[i + 1] for i, _ in enumerate(layers)]",
    "carried along": "def last(layers, x):\n    for layer in layers:\n        x = layer.output_shape(x)\n    return x",
    "folded": "def shapes(layers, shape): return accumulate(layers, output_shape, initial=shape)",
}
FINE = {
    "the one of a name": "def of(trace, place): return trace.layers[place]",
    "each of the list": "def names(trace): return [layer.name for layer in trace.layers]",
    "each, counted": "def places(layers): return {layer.name: i for i, layer in enumerate(layers)}",
    "two lists side by side": "def both(plan): return zip(plan.layers, plan.buffers, strict=True)",
    "by their sources": "def fed(topology, made): return [made[topology.sources[i]] for i in topology.order]",
    "a total": "def size(layers, total):\n    for layer in layers:\n        total += layer.size\n    return total",
    "other lists": "def last(lines): return lines[-1]",
}


def test_no_module_takes_the_neighbours_in_a_list_for_what_feeds_a_layer_or_takes_its_output() -> None:
    found = {_name(path): list(neighbours(parsed(path))) for path in SOURCES}
    assert len(found) > 250
    assert {name: lines for name, lines in found.items() if lines and name not in BY_ORDER} == {}
    assert {name for name in BY_ORDER if not found[name]} == set()


def test_only_the_network_and_the_document_make_a_chain() -> None:
    assert {_name(path) for path in SOURCES if "Topology.chain(" in path.read_text("utf-8")} == CHAINS


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_code_that_assumes_a_chain_is_found(text: str) -> None:
    assert [line for line, _ in neighbours(ast.parse(text))]


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_code_that_does_not_is_left_alone(text: str) -> None:
    assert list(neighbours(ast.parse(text))) == []


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
