"""The numbers of a training step as views of a plan's arrays, and their public names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tinyml.core import Array


class Views(NamedTuple):
    """A plan's arrays with the samples first and the parameters in the notation's orientation: views, not copies.

    `input`, `outputs`                    the input, and each layer's output.
    `input_gradient`, `output_gradients`  ∂ℓ/∂ of each of them.
    `truth`                               the targets; None for a loss without targets.
    `parameters`                          of each layer (name, value, gradient, proposed value).
    """

    input: Array
    input_gradient: Array
    outputs: list[Array]
    output_gradients: list[Array]
    truth: Array | None
    parameters: list[list[tuple[Any, ...]]]


def named(names: list[str], views: Views) -> Iterator[tuple[str, Array]]:
    """The views by the names of `tinyml.tensors`."""
    yield from (("x", views.input), ("x.grad", views.input_gradient))
    if views.truth is not None:
        yield "y", views.truth
    for place, name in enumerate(names):
        yield f"{name}.output", views.outputs[place]
        yield f"{name}.output.grad", views.output_gradients[place]
        for parameter, now, gradient, following in views.parameters[place]:
            of = f"{name}.{parameter}"
            yield from ((of, now), (f"{of}.grad", gradient), (f"{of}.next", following))
