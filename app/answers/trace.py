"""A recorded training step as the JSON answer that DESIGN calls a trace."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import limits
from app.answers.numbers import Numbers, to_json
from app.answers.picture import edge_answer, node_answer
from app.answers.stages import stages_answer
from app.answers.tensors import Encoding, Tensors
from app.answers.warnings import warnings_answer
from app.answers.windows import sent_windows
from app.documents import filled
from app.known import KnownDocument
from app.schemas.base import without_defaults
from app.schemas.trace import (
    AxesAnswer,
    LayerAnswer,
    TraceAnswer,
)
from tinyml.core import overflow_allowed
from tinyml.data import Scaled
from tinyml.explain import Symbols
from tinyml.explain.layers import curve
from tinyml.flow import stuck_units
from tinyml.graph import count_edges, graph, is_flat, products
from tinyml.layers.unrolled import Unrolled
from tinyml.optims import Rate
from tinyml.progress import Known, Progress
from tinyml.rounding import rounding_zeros
from tinyml.steps import end_of, phase_at, total
from tinyml.trace import LayerTrace, Trace

# The points at which the curve of an activation is computed.
CURVE = [step / 4 for step in range(-12, 13)]


def trace_answer(
    known: KnownDocument,
    sample: int = 0,
    cursor: int | None = None,
    fitted: Sequence[Mapping[str, Any]] = (),
    *,
    sent: bool = False,
    step: int = 1,
    with_graph: bool = False,
    with_products: bool = False,
    encoding: Encoding = "json",
) -> bytes:
    """The trace as JSON. Numbers after `cursor` (by default none) are null; `fitted` is what was changed to make the
    document fit, and `sent` whether it is unchanged from the request. Nodes and edges, and the products of a complete
    step, all those of `sample`, are included on request.
    """
    document, recorded = known.document, known.trace()
    end = total(recorded.stages) if cursor is None else cursor
    with overflow_allowed():
        progress, numbers = Progress(recorded.stages, end), Numbers()
        tensors = Tensors(recorded, sample, encoding)
        changed_document = None if sent and known.whole else tensors.named_in(filled(document, recorded))
        complete = end == total(recorded.stages)
        answer: dict[str, Any] = {
            "hash": known.hash,
            "document": changed_document,
            "phase": None if complete else phase_at(recorded.stages, end),
            "cursor": None if complete else end,
            "step": step,
            "sample": sample,
            "loss": _loss(recorded, progress, numbers),
            "tensors": (tensors_answer := tensors.answer(progress, numbers)),
            "symbols": Symbols(recorded).patterns(recorded),
            "layers": _layers(recorded, progress, numbers, tensors),
            "stages": stages_answer(recorded, tensors_answer),
            "scaling": None if recorded.scaled is None else _scaling(recorded.scaled),
            **_minibatch(known),
            "rate": _rate(recorded.rate, numbers),
            "clipped": _clipped(recorded, end, numbers),
            "objective": _objective(recorded, progress, numbers),
            "sampled": tensors.sampled,
            "rounding": _rounding(recorded, progress, sample if tensors.sampled else None),
            "warnings": warnings_answer(known, numbers),
        }
        if with_products:
            answer["products"] = tensors.beside("products", products(recorded, sample), numbers)
        # If requested they are present, null for images and large networks.
        picture = _graph(recorded, sample, progress, numbers) if with_graph else {}
        answer |= {"nonfinite": numbers.nonfinite, "fitted": fitted}
        return to_json(without_defaults(TraceAnswer, answer) | picture)


def _loss(recorded: Trace, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    loss = recorded.loss
    answer: dict[str, Any] = {
        "type": loss.loss.type,
        "value": numbers.scalar(loss.value, "/loss/value") if progress.loss else None,
    }
    # The intermediate results of the loss.
    if (own := loss.loss.of_probabilities) is not None:
        answer |= {"quantities": ["loss.p"], "elementwise": own.elementwise}
    return answer


def _graph(recorded: Trace, sample: int, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    """The nodes and edges of a sample; null for images, and above MAX_GRAPH_EDGES."""
    if not is_flat(recorded) or count_edges(recorded) > limits.MAX_GRAPH_EDGES:
        return {"nodes": None, "edges": None}
    picture = graph(recorded, sample)
    return {
        "nodes": [node_answer(node, f"/nodes/{i}", progress, numbers) for i, node in enumerate(picture.nodes)],
        "edges": [edge_answer(edge, f"/edges/{i}", progress, numbers) for i, edge in enumerate(picture.edges)],
    }


def _scaling(scaled: Scaled) -> dict[str, Any]:
    return {"kind": scaled.kind, "center": scaled.center, "spread": scaled.spread}


def _minibatch(known: KnownDocument) -> dict[str, Any]:
    """Which rows of the data the training step takes; nothing if every step takes the same."""
    rows, batches = known.experiment.batch, known.experiment.supply.batches
    if rows is None:
        return {}
    counts = {"samples": batches.samples, "training": batches.count}
    return {
        "position": known.document.place.model_dump(),
        "batch_rows": rows.tolist(),
        "batches": {**counts, "held_out": batches.kept_apart, "steps": batches.steps},
    }


def _rate(rate: Rate, numbers: Numbers) -> dict[str, Any] | None:
    """The learning rate, if it follows from a schedule."""
    if rate.schedule is None:
        return None
    value = numbers.scalar(rate.value, "/rate/value")
    return {"value": value, "first": rate.first, "unit": rate.schedule.unit, "passed": rate.passed}


def _clipped(recorded: Trace, end: int, numbers: Numbers) -> dict[str, Any] | None:
    """What a clip makes of the gradients, once all of them are known."""
    if recorded.clipped is None or end < end_of(recorded.stages, "backward"):
        return None
    norm, factor, count = recorded.clipped
    return {
        "norm": numbers.scalar(norm, "/clipped/norm"),
        "factor": numbers.scalar(factor, "/clipped/factor"),
        "count": count,
    }


def _objective(recorded: Trace, progress: Progress, numbers: Numbers) -> dict[str, Any] | None:
    """The loss with the penalty, once the loss is known."""
    if recorded.objective is None or not progress.loss:
        return None
    return {name: numbers.scalar(number, f"/objective/{name}") for name, number in recorded.objective._asdict().items()}


def _rounding(recorded: Trace, progress: Progress, sample: int | None) -> list[str]:
    """For a batch that is too large for one answer, those of `sample` and of tensors without samples."""
    found = rounding_zeros(recorded, sample, limits.MAX_ROUNDING_ZEROS)
    known = {name: progress.known(name) for name in found}
    return [ref for name, refs in found.items() if (held := known[name]) is None or held.complete for ref in refs]


def _layers(recorded: Trace, progress: Progress, numbers: Numbers, tensors: Tensors) -> list[dict[str, Any]]:
    answers, sent = [], sent_windows(recorded)
    for place, layer in enumerate(recorded.layers):
        known = progress.known(f"{layer.layer.name}.output")
        windows = sent.get(layer.layer.name)
        seen = _unrolled(layer, windows, f"/layers/{place}", known, numbers, tensors) if windows else None
        answers.append(without_defaults(LayerAnswer, {**_layer(recorded, place, known), "unrolled": seen}))
    return answers


def _layer(recorded: Trace, place: int, known: Known | None) -> dict[str, Any]:
    layer = recorded.layers[place]
    name = layer.layer.name
    return {
        "name": name,
        "type": layer.layer.type,
        "inputs": recorded.inputs(place),
        **_descriptor(layer),
        "output": f"{name}.output",
        "parameters": [f"{name}.{parameter}" for parameter in layer.parameters],
        "saved": [f"{name}.{saved}" for saved in layer.saved],
        "activation": _activation(layer, known),
    }


def _descriptor(layer: LayerTrace) -> dict[str, Any]:
    found = layer.layer.descriptor(layer.parameters)
    return {
        **found._asdict(),
        "window": None if found.window is None else found.window._asdict(),
        "axes": {name: without_defaults(AxesAnswer, axes._asdict()) for name, axes in found.axes.items()},
    }


def _unrolled(
    layer: LayerTrace,
    windows: Mapping[str, Unrolled],
    path: str,
    known: Known | None,
    numbers: Numbers,
    tensors: Tensors,
) -> dict[str, Any]:
    """The places of windows. The chosen places of a max pool are known with its outputs."""
    chosen = layer.layer.chosen(layer.input)
    return {
        **{of: where._asdict() for of, where in windows.items()},
        "chosen": None
        if chosen is None
        else numbers.tensor(tensors.of_sample(chosen), f"{path}/unrolled/chosen", known),
    }


def _activation(layer: LayerTrace, known: Known | None) -> dict[str, Any] | None:
    values = curve(layer.layer, CURVE)
    if values is None:
        return None
    done = known is None or known.complete
    dead, saturated = stuck_units(layer) if done else (None, None)
    return {"least": CURVE[0], "most": CURVE[-1], "values": values, "dead": dead, "saturated": saturated}
