"""A recorded training step as the JSON answer that DESIGN calls a trace."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import limits
from app.answers.numbers import Numbers, to_json
from app.answers.picture import edge_answer, node_answer
from app.answers.warnings import warnings_answer
from app.canonical import canonical, digest
from app.documents import filled
from app.schemas.document import NetworkDocument
from tinyml.core import Array, overflow_allowed
from tinyml.data import Scaled
from tinyml.flow import stuck_units
from tinyml.graph import count_edges, graph, is_flat
from tinyml.progress import Known, Progress
from tinyml.rounding import rounding_zeros
from tinyml.steps import Stage, phase_at, total
from tinyml.trace import LayerTrace, ParameterTrace, Trace

# Where the curve of an activation is drawn from.
CURVE = [step / 4 for step in range(-12, 13)]


def trace_answer(
    document: NetworkDocument,
    recorded: Trace,
    sample: int = 0,
    cursor: int | None = None,
    fitted: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """The trace as JSON. What lies after `cursor` (by default nothing) is null; nodes and edges are those of
    `sample`; `fitted` is what was changed so that the document fits.
    """
    with overflow_allowed():
        answer = _trace(document, recorded, sample, total(recorded.stages) if cursor is None else cursor)
        return to_json({**answer, "fitted": fitted})


class Rows:
    """The rows of the tensors that have one for each sample: all of them or, above MAX_TRACED_ACTIVATIONS, that of the
    shown sample; `sampled` are the places of those that have it alone.
    """

    def __init__(self, recorded: Trace, sample: int) -> None:
        self.sampled: list[str] = []
        activations = recorded.x.size + sum(layer.output.size for layer in recorded.layers)
        self._only = slice(sample, sample + 1) if activations > limits.MAX_TRACED_ACTIVATIONS else None

    def of(self, array: Array, path: str) -> Array:
        """Those of an array that stands at `path` in the answer."""
        if self._only is None:
            return array
        self.sampled.append(path)
        return array[self._only]


def _trace(document: NetworkDocument, recorded: Trace, sample: int, cursor: int) -> dict[str, Any]:
    progress, numbers, rows = Progress(recorded.stages, cursor), Numbers(), Rows(recorded, sample)
    last = recorded.layers[-1].layer.name
    written = filled(document, recorded)
    answer: dict[str, Any] = {
        "hash": digest(canonical(written)),
        "document": written,
        "phase": phase_at(recorded.stages, cursor),
        "cursor": cursor,
        "sample": sample,
        "output": numbers.tensor(rows.of(recorded.output, "/output"), "/output", progress.known(f"{last}.output")),
        "loss": {
            "type": recorded.loss.loss.type,
            "value": numbers.scalar(recorded.loss.value, "/loss/value") if progress.loss else None,
            "gradient": numbers.tensor(
                rows.of(recorded.loss.gradient, "/loss/gradient"),
                "/loss/gradient",
                progress.known(f"{last}.output.grad"),
            ),
            "p": _probabilities(recorded, progress, numbers, rows),
        },
        "layers": [_layer(i, recorded, progress, numbers, rows) for i in range(len(recorded.layers))],
        "nodes": None,
        "edges": None,
        "stages": [_stage(stage) for stage in recorded.stages],
        "scaling": None if recorded.scaled is None else _scaling(recorded.scaled),
        "sampled": rows.sampled,
        "rounding": _rounding(recorded, progress, rows),
        "warnings": warnings_answer(document, recorded, numbers),
    }
    if is_flat(recorded.layers) and count_edges(recorded) <= limits.MAX_GRAPH_EDGES:
        picture = graph(recorded, sample)
        answer["nodes"] = [node_answer(node, f"/nodes/{i}", progress, numbers) for i, node in enumerate(picture.nodes)]
        answer["edges"] = [edge_answer(edge, f"/edges/{i}", progress, numbers) for i, edge in enumerate(picture.edges)]
    answer["nonfinite"] = numbers.nonfinite
    return answer


def _scaling(scaled: Scaled) -> dict[str, Any]:
    return {"kind": scaled.kind, "center": scaled.center, "spread": scaled.spread}


def _probabilities(recorded: Trace, progress: Progress, numbers: Numbers, rows: Rows) -> dict[str, Any] | None:
    """What the loss makes of its predictions, where it compares probabilities."""
    p, gradient = recorded.loss.p, recorded.loss.p_gradient
    if p is None or gradient is None:
        return None
    last = recorded.layers[-1].layer.name
    known = {"value": progress.known("loss.p"), "gradient": progress.known(f"{last}.output.grad")}
    return {
        field: numbers.tensor(rows.of(array, f"/loss/p/{field}"), f"/loss/p/{field}", known[field])
        for field, array in (("value", p), ("gradient", gradient))
    }


def _rounding(recorded: Trace, progress: Progress, rows: Rows) -> list[str]:
    """Of a batch too large for an answer to have all of it, none."""
    if rows.sampled:
        return []
    found = rounding_zeros(recorded)
    known = {name: progress.known(name) for name in found}
    return [ref for name, refs in found.items() if (held := known[name]) is None or held.complete for ref in refs]


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "phase": stage.phase,
        "layer": stage.layer,
        "computes": stage.computes,
        "nodes": stage.nodes,
        "terms": stage.terms,
        "start": stage.start,
        "reads": stage.reads,
        "results": [
            {
                "name": results.name,
                "shape": results.shape,
                "each": results.each,
                "terms": results.terms,
                "axis": results.axis,
                "sampled": results.sampled,
            }
            for results in stage.results
        ],
        "settles": [settled._asdict() for settled in stage.settles],
    }


def _layer(i: int, recorded: Trace, progress: Progress, numbers: Numbers, rows: Rows) -> dict[str, Any]:
    layer = recorded.layers[i]
    name, path = layer.layer.name, f"/layers/{i}"

    def tensor(array: Array, field: str, known: Known | None) -> Array | list[Any] | None:
        return numbers.tensor(rows.of(array, f"{path}/{field}"), f"{path}/{field}", known)

    return {
        "name": name,
        "type": layer.layer.type,
        "inputs": recorded.inputs(i),
        "input": tensor(layer.input, "input", progress.inputs(name)),
        "output": tensor(layer.output, "output", progress.known(f"{name}.output")),
        "input_gradient": tensor(layer.input_gradient, "input_gradient", progress.input_gradients(name)),
        "output_gradient": tensor(layer.output_gradient, "output_gradient", progress.known(f"{name}.output.grad")),
        "kept": {
            kept: numbers.tensor(
                array if kept in layer.layer.shared_kept else rows.of(array, f"{path}/kept/{kept}"),
                f"{path}/kept/{kept}",
                progress.known(f"{name}.{kept}"),
            )
            for kept, array in layer.kept.items()
        },
        "activation": _activation(layer, progress.known(f"{name}.output")),
        "unrolled": _unrolled(layer),
        "parameters": {
            parameter: _parameter(f"{name}.{parameter}", kept, f"{path}/parameters/{parameter}", progress, numbers)
            for parameter, kept in layer.parameters.items()
        },
    }


def _unrolled(layer: LayerTrace) -> dict[str, Any] | None:
    found = layer.layer.unrolled(layer.input.shape[1:], layer.output.shape[1:])
    return {of: where._asdict() for of, where in found.items()} or None


def _activation(layer: LayerTrace, known: Known | None) -> dict[str, Any] | None:
    values = layer.layer.curve(CURVE)
    if values is None:
        return None
    done = known is None or known.complete
    dead, saturated = stuck_units(layer) if done else (None, None)
    return {"least": CURVE[0], "most": CURVE[-1], "values": values, "dead": dead, "saturated": saturated}


def _parameter(ref: str, parameter: ParameterTrace, path: str, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    learnt, following = progress.known(f"{ref}.grad"), progress.known(f"{ref}.next")
    updated = following is None or following.complete
    return {
        "value": parameter.value,  # what a document gives is finite
        "gradient": numbers.tensor(parameter.gradient, f"{path}/gradient", learnt),
        "next": numbers.tensor(parameter.next, f"{path}/next", following),
        "state": parameter.state,
        "next_state": {
            word: numbers.tensor(array, f"{path}/next_state/{word}") for word, array in parameter.next_state.items()
        }
        if updated
        else None,
    }
