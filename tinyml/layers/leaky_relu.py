"""The rectified linear unit with a leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Program
from tinyml.expression import Expression, Number, choice, product
from tinyml.layers.base import Explained
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.site import Site
from tinyml.layers.words import Words

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class LeakyReLu(Elementwise):
    """Lets what is positive pass, and a little of the rest, so that no unit ever dies.

    Forward:   h = z where z > 0, else αz, with α the `slope`.
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else α ∂ℓ/∂h; at the kink z = 0 the derivative is taken as α, as PyTorch does.
    Shapes:    any; the output has the shape of the input.
    Source:    Maas, Hannun and Ng (2013), Rectifier nonlinearities improve neural network acoustic models.
    """

    in_words = Words(
        "what is positive passes, and the rest is made small",
        "what comes back passes where the input was positive, and is made small elsewhere",
    )

    def __init__(self, name: str, slope: float = 0.01) -> None:
        super().__init__(name)
        self.slope = slope

    def forward_program(self, at: Site) -> Program:
        return [(self._leak, at.input, at.output)]

    def slope_program(self, at: Site) -> Program:
        return [(self._steepness, at.input, at.slope)]

    def _leak(self, z: Array, h: Array) -> None:
        h[...] = Backend.where(z > 0, z, self.slope * z)

    def _steepness(self, z: Array, slope: Array) -> None:
        slope[...] = Backend.where(z > 0, 1, self.slope)

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        z = scope.input(sample, unit)
        return Explained("h = z where z > 0, else αz", self._leaking(z, z.value > 0))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        z, upstream = scope.input(sample, unit), scope.output_gradient(sample, unit)
        return Explained("The gradient passes where z > 0, and α of it elsewhere", self._leaking(upstream, z.value > 0))

    def _leaking(self, whole: Expression, passes: bool) -> Expression:
        cases = [("z > 0", whole), ("z ≤ 0", product(Number(self.slope), whole))]
        return choice(cases, 0 if passes else 1)
