"""The explanation of the parametric rectified linear unit: h = z where z > 0, else αz, with a learned α."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index
from tinyml.explain.index_slice import IndexSlice
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.layers.elementwise import split
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Expression, Law, Leaf, Number, product
from tinyml.layers import PReLU


class PReLUExplanation(LayerExplanation[PReLU]):
    """Each α is shared by all numbers of its feature, or by all of the layer."""

    explains = (PReLU,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        z = scope.input(*at)
        return Explained(
            Law("law.cases", first="h = z", condition="z > 0", other="h = αz"),
            split(z, z, product(self._slope(scope, at), z)),
        )

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        z = scope.input(*at)
        return LocalDerivatives(
            Law("law.cases", first="h′ = 1", condition="z > 0", other="h′ = α"),
            1,
            lambda _: at,
            lambda _: split(z, Number(1.0), self._slope(scope, at)),
            formula=Law("law.entrywise", formula="∂ℓ/∂Z = ∂ℓ/∂H ⊙ f′(Z)"),
        )

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        places = IndexSlice(() if self.layer.shared else (None, *at), scope.recorded.input.shape)
        upstream = scope.recorded.output_gradient

        def derivative(i: int) -> Expression:
            z = scope.input(*places.at(i))
            return split(z, Number(0.0), z)

        def derivatives() -> Array:
            z = places.of(scope.recorded.input)
            return Backend.where(z > 0, 0.0, z)

        return LocalDerivatives(
            Law.equation("∂ℓ/∂α = Σ ∇ min(z, 0)"),
            places.count,
            places.at,
            derivative,
            derivatives,
            lambda: places.of(upstream),
        )

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        z = scope.tensor("input")
        below = eq.times(self._slopes(scope, "slope"), eq.apply("ReLU", eq.negate(z)))
        right = eq.subtract(eq.apply("ReLU", z), below)
        return [scope.forward("forward", "entrywise", scope.tensor("output"), right)]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        z, gradient, upstream = (scope.tensor(what) for what in ("input", "input.grad", "output.grad"))
        over = "".join(label for label in z.labels if self.layer.shared or label not in self._feature(scope))
        below = eq.total(eq.times(upstream, eq.apply("ReLU", eq.negate(z))), over)
        positive = eq.slope("ReLU", z)
        elsewhere = eq.times(self._slopes(scope, "slope"), eq.subtract(eq.Scalar("1", 1.0), positive))
        return [
            scope.learnt("slopes", "parameter", self._slopes(scope, "slope.grad"), eq.negate(below)),
            scope.back("back", "back", gradient, eq.times(upstream, eq.add(positive, elsewhere))),
        ]

    def curve(self, points: Sequence[float]) -> list[float] | None:
        """Return f at these numbers; None if features have different functions, or if they leave float64."""
        alphas = set(self.layer.slope.tensor.tolist())
        found = [z if z > 0 else alpha * z for alpha in alphas for z in points]
        return found if len(alphas) == 1 and all(map(isfinite, found)) else None

    def _slope(self, scope: LayerScope, at: Index) -> Leaf:
        """Return the α of a number."""
        return scope.parameter("slope", 0 if self.layer.shared else at[1])

    def _slopes(self, scope: eq.LayerTensors, what: str) -> eq.Operand:
        """Return α with a column for each feature; a shared α has one column, with a label of its parameter only."""
        return scope.tensor(what, eq.Layout(label := self._feature(scope), "", label))

    def _feature(self, scope: eq.LayerTensors) -> str:
        return "j" if self.layer.shared else eq.layout(scope.axes).axes.split()[1]
