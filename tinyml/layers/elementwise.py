"""What the layers share that are a function of each entry by itself."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from tinyml.core import Array, Backend, Program
from tinyml.expression import Leaf
from tinyml.layers.base import Layer
from tinyml.layers.reasons import Explained, Fan, Index, Locals
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope
    from tinyml.expression import Expression


class Elementwise(Layer):
    """h = f(z), entry by entry: the gradient is ∂ℓ/∂z = ∂ℓ/∂h · f′(z), upstream times local.

    A subclass writes `forward_program`, which is f, and `slope_program`, which is f′; and both once more as formulas,
    `explained` and `explained_slope`, with their laws.
    """

    stackable = True
    law: ClassVar[str]
    slope_law: ClassVar[str]

    def input_program(self, at: Site) -> Program:
        shared = self.slope_from_output
        if not shared:
            at.slope = at.scratch("slope", at.output.shape)
        own = [] if shared else self.slope_program(at)
        return [*own, (Backend.multiply, at.output_gradient, at.slope, at.input_gradient)]

    @abstractmethod
    def explained(self, z: Leaf) -> Expression:
        """f(z)."""

    @abstractmethod
    def explained_slope(self, z: Leaf, h: Leaf) -> Expression:
        """f′(z), from z or from h = f(z)."""

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(self.law, self.explained(scope.input(*at)))

    def input_locals(self, scope: LayerScope, at: Index) -> Locals:
        z, h = scope.recorded.input, scope.recorded.output
        return Locals(
            self.slope_law,
            1,
            lambda _: at,
            lambda _: self.slope_at(scope, at),
            lambda: self.explained_slopes(z[at].reshape(1), h[at].reshape(1)),
            formula="∂ℓ/∂Z = ∂ℓ/∂H ⊙ f′(Z), entry by entry",
        )

    def slope_at(self, scope: LayerScope, at: Index) -> Expression:
        """f′(z) at one place."""
        return self.explained_slope(scope.input(*at), scope.output(*at))

    def input_fan(self, scope: LayerScope, numbers: Array) -> Fan:
        z, h = scope.recorded.input, scope.recorded.output
        at = Backend.unravel_index(numbers, z.shape)
        return Fan(1, lambda: numbers, lambda: self.explained_slopes(z[at], h[at]))

    def curve(self, points: Sequence[float]) -> list[float]:
        return [self.explained(Leaf("", "", z)).value for z in points]

    def slopes(self, input: Array, output: Array) -> Array:
        return self.explained_slopes(input.ravel(), output.ravel()).reshape(input.shape)

    def explained_slopes(self, z: Array, h: Array) -> Array:
        """The numbers that `explained_slope` gives, without the symbols and refs that take several times as long."""
        pairs = zip(z.tolist(), h.tolist(), strict=True)
        return Backend.asarray([self.explained_slope(Leaf("", "", z), Leaf("", "", h)).value for z, h in pairs])


class SplitAtZero(Elementwise):
    """h = f(z) with one definition where z > 0 and another elsewhere: a subclass writes both once, as `split`."""

    @abstractmethod
    def split(self, positive: Array, z: Array, h: Array) -> None:
        """Fill `h` by the one definition where `positive`, by the other elsewhere."""

    def branches(self, at: Site) -> Array:
        positive: Array = at.input > 0
        return positive

    def along(self, branches: Array, at: Site) -> None:
        self.split(branches, at.input, at.output)


class Curved(Elementwise):
    """h = f(z) whose slope is worked out from z: a subclass writes f′ once, as `steepness`, for arrays of any shape."""

    @abstractmethod
    def steepness(self, z: Array, slope: Array) -> None:
        """Fill `slope` with f′(z)."""

    def slope_program(self, at: Site) -> Program:
        return [(self.steepness, at.input, at.slope)]

    def explained_slopes(self, z: Array, h: Array) -> Array:
        slopes = Backend.empty_like(z)
        self.steepness(z, slopes)
        return slopes
