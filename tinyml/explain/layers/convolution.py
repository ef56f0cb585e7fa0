"""The explanations of convolutions and their transpose, by the taps of the windows and their pixels."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index, unravel_index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Expression, Law, Number, added, product
from tinyml.layers.conv_base import Convolution
from tinyml.layers.receptive_field import ReceptiveFields


class ConvolutionExplanation(LayerExplanation[Convolution]):
    """y = Σ x w + b: for a convolution a sum over the window, for the transpose over all windows at the pixel."""

    explains = (Convolution,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        n, f = at[:2]
        fields, channels = self._fields(scope), scope.recorded.input.shape[1]
        grid = fields.windows_of_pixel(at, channels) if self.layer.paints else fields.pixels_of_window(at, channels)

        def tap(t: int) -> Expression:
            c, within, source = grid.at(t)
            return product(scope.input(n, c, *source), scope.parameter("w", *self._order(f, c), *within))

        w, x = self._of_filter(scope, f), scope.recorded.input[n]
        taps = scope.sum(grid.count, tap, lambda t: grid.first(w)[t:] @ grid.second(x)[t:])
        key = "law.deconvolution" if self.layer.paints else "law.convolution"
        if not self.layer.biased:
            return Explained(Law(key, formula="y = Σ x w"), taps)
        return Explained(Law(key, formula="y = Σ x w + b"), added(taps, scope.parameter("b", f)))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        n, c = at[:2]
        fields, filters = self._fields(scope), scope.recorded.output.shape[1]
        grid = fields.pixels_of_window(at, filters) if self.layer.paints else fields.windows_of_pixel(at, filters)

        def output(t: int) -> Index:
            f, _, target = grid.at(t)
            return (n, f, *target)

        def weight(t: int) -> Expression:
            f, within, _ = grid.at(t)
            return scope.parameter("w", *self._order(f, c), *within)

        w, upstream = self._of_channel(scope, c), scope.recorded.output_gradient[n]
        key = "law.deconvolution.inputs" if self.layer.paints else "law.convolution.inputs"
        return LocalDerivatives(
            Law(key, formula="∂ℓ/∂x = Σ ∇ w"),
            grid.count,
            output,
            weight,
            lambda: grid.first(w),
            lambda: grid.second(upstream),
        )

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        f, c = (at[0], 0) if name == "b" else self._order(*at[:2])
        upstream = scope.recorded.output_gradient[:, f]
        if name == "b":
            return _every_place(f, upstream)
        grid = self._fields(scope).pixels_of_tap(at, scope.batch)

        def output(t: int) -> Index:
            n, window, pixel = grid.at(t)
            return (n, f, *(pixel if self.layer.paints else window))

        def source(t: int) -> Expression:
            n, window, pixel = grid.at(t)
            return scope.input(n, c, *(window if self.layer.paints else pixel))

        def sources() -> Array:
            x = scope.recorded.input[:, c]
            return grid.first(x) if self.layer.paints else grid.second(x)

        def targets() -> Array:
            return grid.second(upstream) if self.layer.paints else grid.first(upstream)

        law = Law("law.convolution.weights", formula="∂ℓ/∂w = Σ ∇ x")
        return LocalDerivatives(law, grid.count, output, source, sources, targets)

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        product = eq.product(scope.seen("input", "output", self._under_outputs), scope.tensor("w"))
        right = eq.add(product, scope.tensor("b")) if self.layer.biased else product
        return [scope.forward("forward", "convolution", scope.tensor("output", self._outputs), right)]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        upstream = scope.tensor("output.grad", self._outputs)
        law_1 = eq.product(scope.seen("input", "output", self._under_outputs).transpose(), upstream)
        axes = self._axes
        w = scope.tensor("w", eq.Layout(self.layer.parameter_axes("w").replace(",", " "), f"f{axes.within}", "c"))
        over_pixels = _layout("f", axes.image, axes.within, columns=f"f{axes.within}")
        law_2 = eq.product(scope.seen("output.grad", "input_gradient", over_pixels), replace(w, turned=True))
        biases = [scope.learnt("biases", "place_biases", scope.tensor("b.grad"), eq.total(upstream, f"n{axes.places}"))]
        return [
            scope.learnt("weights", "weights", scope.tensor("w.grad"), law_1),
            *(biases if self.layer.biased else []),
            scope.back("inputs", "inputs", scope.tensor("input.grad", _layout("c", axes.image, columns="c")), law_2),
        ]

    @property
    def _axes(self) -> _Axes:
        return _AXES[len(self.layer.windows.size)]

    @property
    def _outputs(self) -> eq.Layout:
        """A row for each position of the output, a column for each filter."""
        return _layout("f", self._axes.places, columns="f")

    @property
    def _under_outputs(self) -> eq.Layout:
        """The matrix of windows: a row for each position of the output, a column for each position in a window."""
        return _layout("c", self._axes.places, self._axes.within, columns=f"c{self._axes.within}")

    def _order(self, f: int, c: int) -> tuple[int, int]:
        """Return filter and channel in the order of the weights' axes, or convert them back."""
        return (c, f) if self.layer.paints else (f, c)

    def _of_filter(self, scope: LayerScope, f: int) -> Array:
        """Return a filter's weights, (channels, h, w)."""
        w = scope.recorded.parameters["w"].value
        return w[:, f] if self.layer.paints else w[f]

    def _of_channel(self, scope: LayerScope, c: int) -> Array:
        """Return the weights of a channel, (filters, h, w)."""
        w = scope.recorded.parameters["w"].value
        return w[c] if self.layer.paints else w[:, c]

    def _fields(self, scope: LayerScope) -> ReceptiveFields:
        sides = scope.recorded.input.shape[2:], scope.recorded.output.shape[2:]
        counts, image = sides if self.layer.paints else reversed(sides)
        return ReceptiveFields(self.layer.windows, image, counts)


def _every_place(f: int, upstream: Array) -> LocalDerivatives:
    """Return how the outputs of a filter depend on its bias: each by 1. `upstream` is their gradient, samples first."""
    flat = upstream.reshape(-1)

    def output(number: int) -> Index:
        n, *where = unravel_index(number, upstream.shape)
        return (n, f, *where)

    return LocalDerivatives(
        Law("law.convolution.biases", formula="∂ℓ/∂b = Σ ∇"),
        flat.size,
        output,
        lambda _: Number(1.0),
        lambda: Backend.ones(flat.size),
        lambda: flat,
    )


class _Axes(NamedTuple):
    """The labels of the axes of an image or a sequence: of the output, of the input, and within a window."""

    places: str
    image: str
    within: str


_AXES = {1: _Axes("s", "w", "j"), 2: _Axes("rs", "hw", "ij")}


def _layout(channels: str, places: str, within: str = "", *, columns: str) -> eq.Layout:
    """Return the layout with a row for each position, and these columns; with labels `within`, of the windows."""
    axes = (f"{place}{inside}" for place, inside in zip(places, within or [""] * len(places), strict=True))
    return eq.Layout(f"n {channels} {' '.join(axes)}", places, columns)
