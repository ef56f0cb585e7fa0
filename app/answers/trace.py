"""A recorded training step as the JSON answer that DESIGN calls a trace."""

from collections.abc import Mapping
from math import prod
from typing import Any

from app import limits
from app.answers.numbers import Numbers, to_json
from app.answers.picture import edge_answer, node_answer
from app.documents import filled
from app.schemas.document import NetworkDocument
from tinyml.core import Array, overflow_allowed
from tinyml.graph import count_edges, graph, is_flat
from tinyml.progress import Progress
from tinyml.steps import phase_at, total
from tinyml.trace import LayerTrace, Trace


def trace_answer(document: NetworkDocument, recorded: Trace, sample: int = 0, cursor: int | None = None) -> bytes:
    """The trace as JSON. What lies after `cursor` (by default nothing) is null; nodes and edges are those of
    `sample`.
    """
    with overflow_allowed():
        return to_json(_trace(document, recorded, sample, total(recorded.stages) if cursor is None else cursor))


def _trace(document: NetworkDocument, recorded: Trace, sample: int, cursor: int) -> dict[str, Any]:
    progress, numbers = Progress(recorded.stages, cursor), Numbers()
    last = recorded.layers[-1].layer.name
    answer: dict[str, Any] = {
        "document": filled(document, recorded),
        "phase": phase_at(recorded.stages, cursor),
        "cursor": cursor,
        "sample": sample,
        "output": numbers.tensor(recorded.output, "/output", progress.outputs(last)),
        "loss": {
            "type": recorded.loss.loss.type,
            "value": numbers.scalar(recorded.loss.value, "/loss/value") if progress.loss else None,
            "gradient": numbers.tensor(recorded.loss.gradient, "/loss/gradient", progress.output_gradients(last)),
        },
        "layers": [_layer(i, layer, recorded, progress, numbers) for i, layer in enumerate(recorded.layers)],
        "nodes": None,
        "edges": None,
        "stages": recorded.stages,
    }
    if is_flat(recorded.layers) and count_edges(recorded.layers) <= limits.MAX_GRAPH_EDGES:
        picture = graph(recorded, sample)
        answer["nodes"] = [node_answer(node, f"/nodes/{i}", progress, numbers) for i, node in enumerate(picture.nodes)]
        answer["edges"] = [edge_answer(edge, f"/edges/{i}", progress, numbers) for i, edge in enumerate(picture.edges)]
    answer["nonfinite"] = numbers.nonfinite
    return answer


def _layer(i: int, layer: LayerTrace, recorded: Trace, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    name, path = layer.layer.name, f"/layers/{i}"
    before = recorded.layers[i - 1].layer.name if i else None
    inputs_known = None if before is None else progress.outputs(before)
    return {
        "name": name,
        "type": layer.layer.type,
        "input": numbers.tensor(layer.input, f"{path}/input", inputs_known),
        "output": numbers.tensor(layer.output, f"{path}/output", progress.outputs(name)),
        "input_gradient": numbers.tensor(
            layer.input_gradient, f"{path}/input_gradient", progress.input_gradients(name)
        ),
        "output_gradient": numbers.tensor(
            layer.output_gradient, f"{path}/output_gradient", progress.output_gradients(name)
        ),
        "kept": _tensors(layer.kept, f"{path}/kept", numbers, progress.outputs(name) >= prod(layer.output.shape[1:])),
        "parameters": {
            parameter: {
                "value": numbers.tensor(kept.value, f"{path}/parameters/{parameter}/value"),
                "gradient": numbers.tensor(
                    kept.gradient, f"{path}/parameters/{parameter}/gradient", progress.parameter_gradients(name)
                ),
                "next": numbers.tensor(kept.next, f"{path}/parameters/{parameter}/next", progress.updates(name)),
                "state": _tensors(kept.state, f"{path}/parameters/{parameter}/state", numbers),
                "next_state": _tensors(
                    kept.next_state, f"{path}/parameters/{parameter}/next_state", numbers, progress.complete
                ),
            }
            for parameter, kept in layer.parameters.items()
        },
    }


def _tensors(
    named: Mapping[str, Array], path: str, numbers: Numbers, known: bool = True
) -> dict[str, Array | list[Any] | None] | None:
    """Arrays by their names; null where they are not known yet."""
    return {name: numbers.tensor(array, f"{path}/{name}") for name, array in named.items()} if known else None
