"""Two layers that exist in tests only: one elementwise, one with windows. `install` gives them to the service, before
any of its modules that know the layers is imported; the page has no line about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

from pydantic import Field

from tinyml import layers
from tinyml.core import Array, Backend, Program
from tinyml.expression import Expression, Leaf, Number, call, difference, product, total
from tinyml.layers.elementwise import Curved
from tinyml.layers.pool2d import Pool2D
from tinyml.layers.ranges import EVERYTHING, Range
from tinyml.layers.reasons import Explained, Index, Locals
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.site import Site

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class SiLU(Curved):
    """h = z σ(z)."""

    symbol = "SiLU"
    law = "h = z σ(z)"
    slope_law = "h′ = σ(z) + z σ(z) (1 − σ(z))"
    analytic = True

    def forward_program(self, at: Site) -> Program:
        return [(self._swish, at.input, at.output)]

    @staticmethod
    def _swish(z: Array, h: Array) -> None:
        Backend.multiply(z, sigmoid(z), h)

    def steepness(self, z: Array, slope: Array) -> None:
        share = sigmoid(z)
        slope[...] = share + z * share * (1 - share)

    def explained(self, z: Leaf) -> Expression:
        return product(z, call("sigmoid", z))

    def explained_slope(self, z: Leaf, h: Leaf) -> Expression:
        share = call("sigmoid", z)
        return total([share, product(z, share, difference(Number(1.0), share))])


class SumPool2D(Pool2D):
    """y = the sum of each window of each channel; windows may overlap."""

    analytic = True
    piecewise_affine = True

    def output_range(self, input: Range) -> Range:
        return EVERYTHING

    def forward_program(self, at: Site) -> Program:
        first, *others = self.views(at.input, at.output)
        return [(Backend.copyto, at.output, first), *[(Backend.add, at.output, view, at.output) for view in others]]

    def input_program(self, at: Site) -> Program:
        views = self.views(at.input_gradient, at.output)
        return [(at.input_gradient.fill, 0), *[(Backend.add, view, at.output_gradient, view) for view in views]]

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        pixels, window = self.under(scope, at), self.window(scope, at)
        whole = scope.sum(len(pixels), lambda i: scope.input(*pixels[i]), lambda i: window.reshape(-1)[i:].sum())
        return Explained("y = the sum of the window", whole)

    def input_locals(self, scope: LayerScope, at: Index) -> Locals:
        outputs = self.over(scope, at)
        law = "Each ∇ goes to all places of its window"
        return Locals(
            law, len(outputs), lambda i: outputs[i], lambda _: Number(1.0), lambda: Backend.full(len(outputs), 1.0)
        )


def install() -> None:
    """Make them layers that a document may have."""
    from app.schemas import layers as registry
    from app.schemas.layers.base import LayerSchema, Seed
    from app.schemas.layers.pools import PoolSchema
    from app.shapes import Shape

    class SiLUSchema(LayerSchema):
        """Lets what is positive pass, softly: h = z σ(z)."""

        stem, title = "silu", "SiLU"
        type: Literal["SiLU"]

        def make(self, name: str, input_shape: Shape, seed: Seed) -> layers.Layer:
            return SiLU(name)

    class SumPool2DSchema(PoolSchema):
        """Keeps the sum of each window."""

        stem, title = "sum_pool", "Sum pooling"
        type: Literal["SumPool2D"]

        def make(self, name: str, input_shape: Any, seed: Seed) -> layers.Layer:
            return SumPool2D(name, input_shape, self.height_and_width, self.stride)

    # What the annotations of these classes name has to be found from the module.
    globals().update(Literal=Literal)
    registry.LAYERS = (*registry.LAYERS, SiLUSchema, SumPool2DSchema)
    registry.AnyLayer = Annotated[Union[registry.LAYERS], Field(discriminator="type")]  # type: ignore[misc,valid-type]  # noqa: UP007
