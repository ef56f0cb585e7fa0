"""The test layer with a parameter: the part of `toy_layers` that is about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, ClassVar

from tests.support.layer_cases import Case
from tests.support.layer_rows import Row, any_shape
from tinyml.core import Array, Backend, Index, Parameter, Program
from tinyml.explain.index_slice import IndexSlice
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Law, product
from tinyml.layers import Layer
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.operation_counts import OperationCounts, input_counts
from tinyml.verify.laws.base import Law as Proof
from tinyml.verify.laws.base import Place
from tinyml.verify.lines import Line, places
from tinyml.verify.settings import ANYTHING, Settings


class Gain(Layer):
    """Multiplies each feature by a learned factor.

    Forward:   y = c x, with a `factor` c for each feature; the features of an image are its channels.
    Backward:  ∂ℓ/∂c = Σ ∇ x over all numbers of the feature; ∂ℓ/∂x = c ∇.
    Shapes:    x and y (batch, features, …); c (features,).
    Source:    RMSNorm, without the division.
    """

    analytic = piecewise_affine = True
    letters: ClassVar[Mapping[str, str]] = {"factor": "c"}

    def __init__(self, name: str, features: int) -> None:
        super().__init__(name)
        self.features = features
        self.factor = self.build_param(Backend.full(features, 0.5))

    def parameters(self) -> dict[str, Parameter]:
        return {"factor": self.factor}

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(lambda: Backend.multiply(at.input, self._factors(at), at.output),)]

    def parameter_program(self, at: LayerBuffers) -> Program:
        return [(self._learn, at)]

    def _learn(self, at: LayerBuffers) -> None:
        terms = (at.output_gradient * at.input).reshape(self.features, -1)
        terms.sum(axis=1, out=at.gradients[self.factor.block])

    def input_program(self, at: LayerBuffers) -> Program:
        return [(lambda: Backend.multiply(at.output_gradient, self._factors(at), at.input_gradient),)]

    def _factors(self, at: LayerBuffers) -> Array:
        values: Array = at.values[self.factor.block]
        return values.reshape(-1, *(1,) * (at.input.ndim - 1))

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        summed = batch * prod(input_shape[1:])
        return (*self.parameter_counts("parameter_gradients", summed), input_counts(input_shape))

    def reads(self, computes: str) -> tuple[str, ...]:
        return ("factor",) if computes == "input_gradient" else super().reads(computes)


class GainExplanation(LayerExplanation[Gain]):
    """y = c x."""

    explains = (Gain,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(Law.equation("y = c x"), product(scope.parameter("factor", at[1]), scope.input(*at)))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        return LocalDerivatives(
            Law.equation("∂ℓ/∂x = c ∇"), 1, lambda _: at, lambda _: scope.parameter("factor", at[1])
        )

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        places = IndexSlice((None, *at), scope.recorded.input.shape)
        return LocalDerivatives(
            Law.equation("∂ℓ/∂c = Σ ∇ x"),
            places.count,
            places.at,
            lambda i: scope.input(*places.at(i)),
            lambda: places.of(scope.recorded.input),
            lambda: places.of(scope.recorded.output_gradient),
        )


class GainLaw(Proof):
    """y = c x, with a c for each feature."""

    settings: ClassVar[Settings] = {"factor": ANYTHING, "frozen": ANYTHING}

    def parameters(self, settings: Mapping[str, Any], inputs: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
        return {"factor": inputs[:1]}

    def forward(self, at: Place) -> Iterator[Line]:
        for n, *i in places(at.batch, *at.inputs):
            yield Line(at.output(n, *i), "y = c x", [(at.own("factor", i[0]), at.input(n, *i))])

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        for f in range(at.inputs[0]):
            own = [place for place in places(at.batch, *at.inputs) if place[1] == f]
            terms = [(at.output_gradient(*place), at.input(*place)) for place in own]
            yield Line(at.own("factor.grad", f), "∂ℓ/∂c = Σ ∇ x", terms)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        for n, *i in places(at.batch, *at.inputs):
            terms = [(at.own("factor", i[0]), at.output_gradient(n, *i))]
            yield Line(at.input_gradient(n, *i), "∂ℓ/∂x = c ∇", terms)


GAIN = Row(
    [Case("Gain", {"features": 4}, (3, 4)), Case("Gain", {"features": 2}, (2, 2, 2, 3))],
    lambda on, factor: on.x * factor.reshape(-1, *[1] * (on.x.ndim - 2)),
    lambda _, shape: {"features": shape[0]},
    any_shape,
    autograd=lambda z, factor: z * factor,
)
