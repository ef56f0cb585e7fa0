"""The law of Flatten: nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from tinyml.verify.laws.base import Law, Place
from tinyml.verify.lines import Line, Shape, places


class Flatten(Law):
    """y = x as one row, in row-major order; ∂ℓ/∂x = ∂ℓ/∂y, reshaped back."""

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        return (prod(inputs),)

    def forward(self, at: Place) -> Iterator[Line]:
        for n in range(at.batch):
            for k, i in enumerate(places(*at.inputs)):
                yield Line(at.output(n, k), "y = x, written in one row", [(at.input(n, *i),)])

    def input_gradients(self, at: Place) -> Iterator[Line]:
        for n in range(at.batch):
            for k, i in enumerate(places(*at.inputs)):
                yield Line(at.input_gradient(n, *i), "∂ℓ/∂x = ∂ℓ/∂y, shaped back", [(at.output_gradient(n, k),)])
