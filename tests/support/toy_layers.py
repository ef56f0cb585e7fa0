"""Three layers that exist in tests only: one elementwise, one with windows, one with a parameter. They are added as
CONTRIBUTING.md describes under "Add a layer", step by step and with nothing else; the page has no code for them.

`install` must be called before the import of any module that reads the list of layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import reload
from math import exp, log1p
from typing import Any, ClassVar, Literal

import autograd.numpy as anp

from tests.support.layer_rows import Row, function, image, images, pool
from tests.support.toy_gain import GAIN, Gain, GainExplanation, GainLaw
from tinyml import layers
from tinyml.core import Array, Backend, Index, Program
from tinyml.explain import layers as explanations
from tinyml.explain.layers import normalization, pooling
from tinyml.explain.layers.elementwise import FUNCTIONS, Function
from tinyml.explain.layers.pooling import PoolExplanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Law, Number, call, difference, negate
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.elementwise import Curved
from tinyml.layers.pool2d import Pool2D
from tinyml.layers.ranges import EVERYTHING, Range
from tinyml.layers.sigmoid import sigmoid
from tinyml.verify import laws
from tinyml.verify.laws import elementwise, normalized, pool2d
from tinyml.verify.laws.base import Place
from tinyml.verify.lines import Line, Term, places
from tinyml.verify.lines import Number as Figure


class LogSigmoid(Curved):
    """The logarithm of the logistic function: 0 far above 0, and z far below it.

    Forward:   h = log σ(z) = min(z, 0) − log(1 + e^(−|z|)).
    Backward:  ∂ℓ/∂z = ∂ℓ/∂h · σ(−z).
    Shapes:    any; the output has the shape of the input.
    Source:    PyTorch's `LogSigmoid`.
    """

    symbol = "LogSigmoid"

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._take, at.input, at.output)]

    @staticmethod
    def _take(z: Array, h: Array) -> None:
        # A form that overflows for no z.
        Backend.subtract(Backend.minimum(z, 0), Backend.log1p(Backend.exp(-Backend.abs(z))), h)

    def steepness(self, z: Array, slope: Array) -> None:
        slope[...] = sigmoid(-z)


class SumPool2D(Pool2D):
    """Computes the sum of each window of each channel; windows may overlap.

    Forward:   y[n,c,r,s] = the sum of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y is added to all places of its window.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Source:    AvgPool2D, without the division.
    """

    analytic = True
    piecewise_affine = True

    def output_range(self, input: Range) -> Range:
        return EVERYTHING

    def forward_program(self, at: LayerBuffers) -> Program:
        first, *others = self.views(at.input, at.output)
        return [(Backend.copyto, at.output, first), *[(Backend.add, at.output, view, at.output) for view in others]]

    def input_program(self, at: LayerBuffers) -> Program:
        views = self.views(at.input_gradient, at.output)
        return [(at.input_gradient.fill, 0), *[(Backend.add, view, at.output_gradient, view) for view in views]]


LOG_SIGMOID = Function(
    Law.equation("h = log σ(z) = min(z, 0) − log(1 + e^(−|z|))"),
    lambda _, z: difference(call("min", z, Number(0.0)), call("log1p", call("exp", negate(call("abs", z))))),
    Law.equation("h′ = σ(−z)"),
    lambda _, z, _h: call("sigmoid", negate(z)),
)


class SumPool2DExplanation(PoolExplanation):
    """y = the sum of the window."""

    explains = (SumPool2D,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        pixels, window = self.pixels_of(scope, at), self.window_of(scope, at)
        whole = scope.sum(len(pixels), lambda i: scope.input(*pixels[i]), lambda i: window.reshape(-1)[i:].sum())
        return Explained(Law.equation("y = Σ x"), whole)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        outputs = self.outputs_of(scope, at)
        law = Law.equation("∂ℓ/∂x = Σ ∇")
        return LocalDerivatives(
            law, len(outputs), lambda i: outputs[i], lambda _: Number(1.0), lambda: Backend.full(len(outputs), 1.0)
        )


class LogSigmoidLaw(elementwise.Elementwise):
    """h = log σ(z) = min(z, 0) − log(1 + e^(−|z|))."""

    forward_law = "h = log σ(z) = min(z, 0) − log(1 + e^(−|z|))"
    backward_law = "h′ = σ(−z)"

    def value(self, settings: elementwise.Given, z: str, at: float) -> Sequence[Term]:
        return [(Figure(f"min({z}, 0)", min(at, 0.0)),), (Figure(f"−log(1 + exp(−|{z}|))", -log1p(exp(-abs(at)))),)]

    def slope(self, settings: elementwise.Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        return [(Figure(f"σ(−{z})", elementwise.sigmoid(-at)),)]


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


def rows() -> dict[str, Row]:
    """Their rows in the table of test cases."""
    return {
        "LogSigmoid": function(
            "LogSigmoid",
            lambda on: on.f.logsigmoid(on.x),
            autograd=lambda z: -anp.log(1 + anp.exp(-z)),
            limits=((1, 0, 1), (0, 0, 0)),
        ),
        "SumPool2D": Row(
            images("SumPool2D", ((1, 1, 4, 4), {"size": (2, 2), "stride": 2})),
            lambda on: on.f.avg_pool2d(on.x, on.of("size"), on.of("stride"), divisor_override=1),
            pool,
            image,
            takes=3,
        ),
        "Gain": GAIN,
    }


def install() -> None:
    """Register them like any other layer."""
    _name_them()
    _let_documents_have_them()
    explain_them()
    _give_their_laws()


def _name_them() -> None:
    """In `tinyml/layers/__init__.py`."""
    for kind in (LogSigmoid, SumPool2D, Gain):
        setattr(layers, kind.__name__, kind)
        layers.__all__ = [*layers.__all__, kind.__name__]


def _let_documents_have_them() -> None:
    """In `app/schemas/layers/`."""
    from app.schemas.layers.base import LayerSchema, LearningLayerSchema, Seed
    from app.schemas.layers.pools import PoolSchema
    from app.schemas.tensors import Row as Numbers
    from app.shapes import Shape

    class LogSigmoidSchema(LayerSchema):
        """The logarithm of the logistic function: h = log σ(z)."""

        stem, title = "logsig", "LogSigmoid"
        type: Literal["LogSigmoid"]

        def make(self, name: str, input_shape: Shape, seed: Seed) -> layers.Layer:
            return LogSigmoid(name)

    class SumPool2DSchema(PoolSchema):
        """Keeps the sum of each window."""

        stem, title = "sum_pool", "Sum pooling"
        type: Literal["SumPool2D"]

        def make(self, name: str, input_shape: Any, seed: Seed) -> layers.Layer:
            return SumPool2D(name, input_shape, self.height_and_width, self.stride)

    # The names in the annotations of these classes must be found in the module.
    globals().update(Literal=Literal, Numbers=Numbers)

    class GainSchema(LearningLayerSchema):
        """Multiplies each feature by a learned factor: y = c x."""

        stem, title = "gain", "Gain"
        parameters: ClassVar[dict[str, str]] = {"factor": "one for each feature"}
        numbers = ("factor",)
        type: Literal["Gain"]
        factor: Numbers | None = None

        def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
            return {"factor": input_shape[:1]}

        def make(self, name: str, input_shape: Shape, seed: Seed) -> layers.Layer:
            return Gain(name, input_shape[0])

    from app.schemas import layers as registry
    from app.schemas.layers import activations, normalizations, pools

    # Processes that compute requests look the classes of a document up in the module.
    for schema in (LogSigmoidSchema, SumPool2DSchema, GainSchema):
        schema.__qualname__ = schema.__name__
        globals()[schema.__name__] = schema
    setattr(activations, LogSigmoidSchema.__name__, LogSigmoidSchema)
    setattr(pools, SumPool2DSchema.__name__, SumPool2DSchema)
    setattr(normalizations, GainSchema.__name__, GainSchema)
    reload(registry)


def explain_them() -> None:
    """In the modules of `tinyml/explain/layers/`: a function in its table, another layer by its own class."""
    FUNCTIONS[LogSigmoid] = LOG_SIGMOID
    setattr(pooling, SumPool2DExplanation.__name__, SumPool2DExplanation)
    setattr(normalization, GainExplanation.__name__, GainExplanation)
    # Collected again, because the collection was imported earlier.
    known = explanations.EXPLANATIONS
    known.update(reload(explanations).EXPLANATIONS)
    explanations.EXPLANATIONS = known  # type: ignore[misc]


def _give_their_laws() -> None:
    """In the modules of `tinyml/verify/laws/`."""
    known = laws.LAWS
    kinds = ((elementwise, LogSigmoid, LogSigmoidLaw), (pool2d, SumPool2D, SumPool2DLaw), (normalized, Gain, GainLaw))
    for module, kind, law in kinds:
        law.__name__ = kind.__name__
        setattr(module, kind.__name__, law)
    # Collected again, because the collection was imported earlier.
    known.update(reload(laws).LAWS)
    laws.LAWS = known  # type: ignore[misc]
