"""The arrays of a recorded training step by their names in refs: `x`, `fc_1.output.grad`, `fc_1.w.next`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tinyml.core import Array, Backend
from tinyml.parameter_trace import ParameterTrace
from tinyml.trace import LayerTrace, Trace


class Tensor(NamedTuple):
    """An array of the training step. Where it is `sampled`, its first axis counts the samples."""

    values: Array
    sampled: bool


def tensors(trace: Trace) -> dict[str, Tensor]:
    """Return each array once, by the name of its refs without the index.

    The input of a layer is the output of the previous one, or `x`, and has that name (`Trace.inputs`); ∂ℓ/∂ŷ is
    `<last layer>.output.grad`, and p of a loss over probabilities `loss.p`. A scalar of the optimizer, such as Adam's
    number of updates, is an array of one entry.
    """
    return dict(_tensors(trace))


def _tensors(trace: Trace) -> Iterator[tuple[str, Tensor]]:
    yield "x", Tensor(trace.x, True)
    yield "x.grad", Tensor(trace.input_gradient, True)
    if trace.y is not None:
        yield "y", Tensor(trace.y, True)
    for recorded in trace.layers:
        name = recorded.layer.name
        yield f"{name}.output", Tensor(recorded.output, True)
        yield f"{name}.output.grad", Tensor(recorded.output_gradient, True)
        yield from _made_on_the_way(recorded)
        if recorded.layer.connects and recorded.layer.biased:
            yield f"{name}.one", Tensor(Backend.ones(len(trace.x)), True)
            yield f"{name}.one.grad", Tensor(recorded.one_gradient(), True)
        for parameter, of in recorded.parameters.items():
            yield from _parameter(f"{name}.{parameter}", of)
    if trace.loss.given is not None:
        yield "loss.g", Tensor(trace.loss.given, True)
    if trace.loss.p is not None and trace.loss.p_gradient is not None:
        yield "loss.p", Tensor(trace.loss.p, True)
        yield "loss.p.grad", Tensor(trace.loss.p_gradient, True)


def _made_on_the_way(recorded: LayerTrace) -> Iterator[tuple[str, Tensor]]:
    name = recorded.layer.name
    for saved, array in recorded.saved.items():
        yield f"{name}.{saved}", Tensor(array, saved not in recorded.layer.shared_saved)
    for state, (before, after) in recorded.running_state.items():
        if Backend.ndim(before):  # a number of passes is not a number of the step
            yield f"{name}.{state}", Tensor(before, False)
            yield f"{name}.{state}.next", Tensor(after, False)


def _parameter(name: str, parameter: ParameterTrace) -> Iterator[tuple[str, Tensor]]:
    yield name, Tensor(parameter.value, False)
    yield f"{name}.grad", Tensor(parameter.gradient, False)
    if parameter.objective_gradient is not None:
        yield f"{name}.objective_grad", Tensor(parameter.objective_gradient, False)
    yield f"{name}.next", Tensor(parameter.next, False)
    for word, array in parameter.state.items():
        yield f"{name}.{word}", Tensor(array, False)
    for word, array in parameter.next_state.items():
        yield f"{name}.{word}.next", Tensor(array, False)
