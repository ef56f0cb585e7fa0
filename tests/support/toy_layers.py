"""Two layers that exist in tests only: one elementwise, one with windows. They are added as CONTRIBUTING.md tells it
under "Add a layer", step by step and with nothing else; the page has no line about them.

`install` comes before any module that has read which layers there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union

from pydantic import Field

from tinyml import layers
from tinyml.core import Array, Backend, Index, Program
from tinyml.explain import layers as explanations
from tinyml.explain.layers.elementwise import FUNCTIONS, Function
from tinyml.explain.layers.pooling import PoolExplanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Expression, Leaf, Number, call, difference, product, total
from tinyml.layers.elementwise import Curved
from tinyml.layers.pool2d import Pool2D
from tinyml.layers.ranges import EVERYTHING, Range
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.site import Site
from tinyml.verify import laws
from tinyml.verify.laws import elementwise, pool2d
from tinyml.verify.laws.base import Place
from tinyml.verify.lines import Line, Term, places
from tinyml.verify.lines import Number as Figure


class SiLU(Curved):
    """Lets each number pass with its own logistic share.

    Forward:   h = z σ(z).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · (σ(z) + z σ(z) σ(−z)).
    Shapes:    any; the output has the shape of the input.
    Source:    Elfwing, Uchibe and Doya (2018), Sigmoid-weighted linear units for neural network function approximation.
    """

    symbol = "SiLU"
    analytic = True

    def forward_program(self, at: Site) -> Program:
        return [(self._swish, at.input, at.output)]

    @staticmethod
    def _swish(z: Array, h: Array) -> None:
        Backend.multiply(z, sigmoid(z), h)

    def steepness(self, z: Array, slope: Array) -> None:
        share = sigmoid(z)
        slope[...] = share + z * share * (1 - share)


class SumPool2D(Pool2D):
    """Keeps the sum of each window of each channel; windows may overlap.

    Forward:   y[n,c,r,s] = the sum of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y goes to all places of its window.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Source:    AvgPool2D, without the division.
    """

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


def _silu_slope(_: layers.Layer, z: Leaf, h: Leaf) -> Expression:
    share = call("sigmoid", z)
    return total([share, product(z, share, difference(Number(1.0), share))])


SILU = Function(
    "h = z σ(z)",
    lambda _, z: product(z, call("sigmoid", z)),
    "h′ = σ(z) + z σ(z) (1 − σ(z))",
    _silu_slope,
)


class SumPool2DExplanation(PoolExplanation):
    """y = the sum of the window."""

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        pixels, window = self.pixels_of(scope, at), self.window_of(scope, at)
        whole = scope.sum(len(pixels), lambda i: scope.input(*pixels[i]), lambda i: window.reshape(-1)[i:].sum())
        return Explained("y = the sum of the window", whole)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        outputs = self.outputs_of(scope, at)
        law = "Each ∇ goes to all places of its window"
        return LocalDerivatives(
            law, len(outputs), lambda i: outputs[i], lambda _: Number(1.0), lambda: Backend.full(len(outputs), 1.0)
        )


class SiLULaw(elementwise.Elementwise):
    """h = z σ(z)."""

    forward_law = "h = z σ(z)"
    backward_law = "h′ = σ(z) + z σ(z) σ(−z)"

    def value(self, settings: elementwise.Given, z: str, at: float) -> Sequence[Term]:
        return [(z, Figure(f"σ({z})", elementwise.sigmoid(at)))]

    def slope(self, settings: elementwise.Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        share = Figure(f"σ({z})", elementwise.sigmoid(at))
        return [(share,), (z, share, Figure(f"σ(−{z})", elementwise.sigmoid(-at)))]


class SumPool2DLaw(pool2d.Pool2D):
    """y = the sum of the window; its ∇ goes to all of it."""

    def forward(self, at: Place) -> Iterator[Line]:
        down, across = self.sides(at.name, at.settings, at.inputs)
        for n, c, r, s in places(at.batch, *at.outputs):
            terms = [(at.input(n, c, y, x),) for _, y in down.pixels(r) for _, x in across.pixels(s)]
            yield Line(at.output(n, c, r, s), "y = the sum of the window", terms)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self.sides(at.name, at.settings, at.inputs)
        for n, c, y, x in places(at.batch, *at.inputs):
            terms = [(at.output_gradient(n, c, r, s),) for _, r in down.around(y) for _, s in across.around(x)]
            yield Line(at.input_gradient(n, c, y, x), "∂ℓ/∂x = Σ ∇ of the windows", terms)


def install() -> None:
    """Make them layers as any other."""
    _name_them()
    _let_documents_have_them()
    explain_them()
    _give_their_laws()


def _name_them() -> None:
    """In `tinyml/layers/__init__.py`."""
    for kind in (SiLU, SumPool2D):
        setattr(layers, kind.__name__, kind)
    layers.__all__ = [*layers.__all__, SiLU.__name__, SumPool2D.__name__]


def _let_documents_have_them() -> None:
    """In `app/schemas/layers/`."""
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

    from app.schemas import layers as registry

    # What the annotations of these classes name has to be found from the module.
    globals().update(Literal=Literal)
    registry.LAYERS = (*registry.LAYERS, SiLUSchema, SumPool2DSchema)
    registry.AnyLayer = Annotated[Union[registry.LAYERS], Field(discriminator="type")]  # type: ignore[misc,valid-type]  # noqa: UP007


def explain_them() -> None:
    """In `tinyml/explain/layers/`: a function in its table, another layer by its own class."""
    FUNCTIONS[SiLU] = SILU
    explanations.EXPLANATIONS[SumPool2D] = SumPool2DExplanation


def _give_their_laws() -> None:
    """In `tinyml/verify/laws/__init__.py`."""
    laws.LAWS.update(SiLU=SiLULaw(), SumPool2D=SumPool2DLaw())
