"""The law of the fully connected layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from tinyml.verify.errors import MisfitError
from tinyml.verify.laws.base import WITH_BIAS, Law, Place
from tinyml.verify.lines import Line, Shape, places
from tinyml.verify.settings import AMOUNT, Settings


class Linear(Law):
    """Ŷ = Xw + b, or Ŷ = Xw without a bias; ∂ℓ/∂w = Xᵀ∇, ∂ℓ/∂b = Σₙ ∇ₙ, ∂ℓ/∂X = ∇wᵀ."""

    settings: ClassVar[Settings] = {"output_dim": AMOUNT, **WITH_BIAS}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        if len(inputs) != 1:
            raise MisfitError(
                f"Linear '{name}': expects samples of one axis, got {len(inputs)}; add a Flatten layer before it."
            )
        return (int(settings["output_dim"]),)

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        outputs = int(settings["output_dim"])
        return {"w": (*inputs, outputs)} | ({"b": (outputs,)} if self.biased(settings) else {})

    def forward(self, at: Place) -> Iterator[Line]:
        for n, k in places(at.batch, *at.outputs):
            products = [(at.input(n, j), at.own("w", j, k)) for j in range(*at.inputs)]
            if self.biased(at.settings):
                yield Line(at.output(n, k), "Ŷ = Xw + b", [*products, (at.own("b", k),)])
            else:
                yield Line(at.output(n, k), "Ŷ = Xw", products)

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        samples = range(at.batch)
        for j, k in places(*at.inputs, *at.outputs):
            products = [(at.output_gradient(n, k), at.input(n, j)) for n in samples]
            yield Line(at.own("w.grad", j, k), "Law 1: ∂ℓ/∂w = Xᵀ∇", products)
        for k in range(*at.outputs) if self.biased(at.settings) else ():
            gradients = [(at.output_gradient(n, k),) for n in samples]
            yield Line(at.own("b.grad", k), "∂ℓ/∂b = ∇, summed over the batch", gradients)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        for n, j in places(at.batch, *at.inputs):
            paths = [(at.output_gradient(n, k), at.own("w", j, k)) for k in range(*at.outputs)]
            yield Line(at.input_gradient(n, j), "Law 2: ∂ℓ/∂X = ∇wᵀ", paths)
