"""The cursor at which each number of small networks becomes known, and the numbers that each node computes, according
to the engine. The page's results are compared with these.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings

from app.answers.trace import trace_answer
from app.documents import build
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from tests.static import words
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.traces import filled
from tinyml.explain.tensors import explained_tensors
from tinyml.progress import Progress
from tinyml.trace import Trace

RANDOM = 12
# Numbers of a random network's training step, so that the recording stays small.
MOST = 600


def timings() -> list[dict[str, Any]]:
    """A network for every layer, loss and optimizer, training and predicting, and some random ones."""
    found = [timing(document) for document in (*words.documents(), *at_random())]
    return [one for place, one in enumerate(found) if one not in found[:place]]


def at_random() -> list[Document]:
    """Random networks, the same in every run."""
    found: list[Document] = []

    @seed(14)
    @settings(
        max_examples=200, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(documents())
    def collect(document: Document) -> None:
        if len(found) < RANDOM and len(document["layers"]) > 1:
            numbers = sum(family.values.size for family in explained_tensors(traced(document)))
            if numbers <= MOST:
                found.append(document)

    collect()
    return found


def traced(document: Document) -> Trace:
    return build(NetworkDocument.model_validate_json(json.dumps(document))).trace()


def timing(document: Document) -> dict[str, Any]:
    """The stages of a trace, and the engine's timing for them."""
    checked = NetworkDocument.model_validate_json(json.dumps(document))
    known = KnownDocument(checked)
    recorded = known.trace()
    answer = filled(json.loads(trace_answer(known)))
    return {
        "layers": [{"name": layer["name"], "inputs": layer["inputs"]} for layer in answer["layers"]],
        "stages": answer["stages"],
        "samples": len(recorded.x),
        "due": {family.ref(()): shaped(recorded, family) for family in explained_tensors(recorded)},
        "nodes": list(nodes(recorded)),
    }


def shaped(recorded: Trace, family: Any) -> dict[str, Any]:
    """The shape of a tensor, and the cursors at which its numbers are first known, row by row."""
    plan = recorded.stages
    # Numbers become known only at the end of a node.
    ends = [0, *(stage.start + (node + 1) * stage.terms for stage in plan for node in range(stage.nodes))]
    steps = [Progress(plan, end) for end in ends]

    def first(ref: str) -> int:
        low, high = 0, len(ends) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if steps[middle].knows(ref) else (middle + 1, high)
        return ends[low]

    shape = family.values.shape
    return {"shape": list(shape), "at": [first(family.ref(index)) for index in np.ndindex(shape)]}


def nodes(recorded: Trace) -> Iterator[dict[str, Any]]:
    """The first and the last node of each stage: their numbers for the last sample, and the target of each term."""
    sample = len(recorded.x) - 1
    for place, stage in enumerate(recorded.stages):
        for node in sorted({0, stage.nodes - 1}):
            parts = [stage.part(term) for term in range(stage.terms)]
            yield {
                "stage": place,
                "node": node,
                "refs": list(stage.refs(node, sample)),
                "terms": [[part.results.name, part.entry, part.term] for part in parts],
            }
