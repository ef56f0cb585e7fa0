"""The laws of convolutions and of the transposed convolution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from tinyml.verify.errors import MisfitError
from tinyml.verify.laws.base import WITH_BIAS, Law, Place
from tinyml.verify.laws.windows import WindowAxis
from tinyml.verify.lines import Line, Shape, Term, places
from tinyml.verify.settings import AMOUNT, Settings, whole

ALONG = {"w_filter": AMOUNT, "stride": AMOUNT, "padding": whole(0)}
WINDOWS = {"h_filter": AMOUNT, **ALONG}


def image(who: str, shape: Shape) -> tuple[int, int, int]:
    """Return a sample's shape as (channels, height, width). Raises MisfitError if it has other axes."""
    if len(shape) != 3:
        raise MisfitError(f"{who}: expects images (channels, height, width), got samples of {len(shape)} axes.")
    return shape[0], shape[1], shape[2]


def fitting(who: str, *sizes: int) -> None:
    """Raise MisfitError if the output would be empty."""
    if min(sizes) < 1:
        raise MisfitError(f"{who}: nothing comes out; make the windows smaller, or the padding.")


class Conv1D(Law):
    """y[n,f,s] = b[f] + Σ x[n,c,s·stride+j−padding] w[f,c,j]; the padding, where x is 0, has no terms."""

    settings: ClassVar[Settings] = {"n_filter": AMOUNT, **ALONG, **WITH_BIAS}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        who = f"Conv1D '{name}'"
        if len(inputs) != 2:
            raise MisfitError(f"{who}: expects sequences (channels, length), got samples of {len(inputs)} axes.")
        across = self._side(settings, inputs)
        fitting(who, across.windows)
        return int(settings["n_filter"]), across.windows

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        filters = int(settings["n_filter"])
        w = (filters, inputs[0], settings["w_filter"])
        return {"w": w} | ({"b": (filters,)} if self.biased(settings) else {})

    def forward(self, at: Place) -> Iterator[Line]:
        across = self._side(at.settings, at.inputs)
        for n, f, s in places(at.batch, *at.outputs):
            products: list[Term] = [
                (at.input(n, c, x), at.own("w", f, c, j)) for c in range(at.inputs[0]) for j, x in across.pixels(s)
            ]
            yield output_line(at, (n, f, s), "y = Σ xw over the window", products)

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        across = self._side(at.settings, at.inputs)
        for f, c, j in places(at.outputs[0], at.inputs[0], across.window):
            products = [
                (at.output_gradient(n, f, s), at.input(n, c, x))
                for n in range(at.batch)
                for s in range(at.outputs[1])
                if (x := across.pixel(s, j)) is not None
            ]
            yield Line(at.own("w.grad", f, c, j), "∂ℓ/∂w = Σ ∇x over all windows", products)
        yield from bias_gradients(at)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        across = self._side(at.settings, at.inputs)
        for n, c, x in places(at.batch, *at.inputs):
            paths = [
                (at.output_gradient(n, f, s), at.own("w", f, c, j))
                for f in range(at.outputs[0])
                for j, s in across.around(x)
            ]
            yield Line(at.input_gradient(n, c, x), "∂ℓ/∂x = Σ ∇w over the windows that contain x", paths)

    @staticmethod
    def _side(settings: Mapping[str, Any], inputs: Shape) -> WindowAxis:
        return WindowAxis(inputs[1], settings["w_filter"], int(settings["stride"]), int(settings["padding"]))


class Conv2D(Law):
    """y[n,f,r,s] = b[f] + Σ x[n,c,r·stride+i−padding,…] w[f,c,i,j]; the padding, where x is 0, has no terms."""

    settings: ClassVar[Settings] = {"n_filter": AMOUNT, **WINDOWS, **WITH_BIAS}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        down, across = self._sides(f"Conv2D '{name}'", settings, inputs)
        fitting(f"Conv2D '{name}'", down.windows, across.windows)
        return int(settings["n_filter"]), down.windows, across.windows

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        filters = int(settings["n_filter"])
        w = (filters, inputs[0], settings["h_filter"], settings["w_filter"])
        return {"w": w} | ({"b": (filters,)} if self.biased(settings) else {})

    def forward(self, at: Place) -> Iterator[Line]:
        down, across = self._sides(at.name, at.settings, at.inputs)
        for n, f, r, s in places(at.batch, *at.outputs):
            products: list[Term] = [
                (at.input(n, c, y, x), at.own("w", f, c, i, j))
                for c in range(at.inputs[0])
                for i, y in down.pixels(r)
                for j, x in across.pixels(s)
            ]
            yield output_line(at, (n, f, r, s), "y = Σ xw over the window", products)

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self._sides(at.name, at.settings, at.inputs)
        filters, rows, columns = at.outputs
        for f, c, i, j in places(filters, at.inputs[0], down.window, across.window):
            products = [
                (at.output_gradient(n, f, r, s), at.input(n, c, y, x))
                for n in range(at.batch)
                for r in range(rows)
                if (y := down.pixel(r, i)) is not None
                for s in range(columns)
                if (x := across.pixel(s, j)) is not None
            ]
            yield Line(at.own("w.grad", f, c, i, j), "∂ℓ/∂w = Σ ∇x over all windows", products)
        yield from bias_gradients(at)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self._sides(at.name, at.settings, at.inputs)
        for n, c, y, x in places(at.batch, *at.inputs):
            paths = [
                (at.output_gradient(n, f, r, s), at.own("w", f, c, i, j))
                for f in range(at.outputs[0])
                for i, r in down.around(y)
                for j, s in across.around(x)
            ]
            yield Line(at.input_gradient(n, c, y, x), "∂ℓ/∂x = Σ ∇w over the windows that contain x", paths)

    @staticmethod
    def _sides(who: str, settings: Mapping[str, Any], inputs: Shape) -> tuple[WindowAxis, WindowAxis]:
        _, height, width = image(who, inputs)
        stride, padding = int(settings["stride"]), int(settings["padding"])
        down = WindowAxis(height, settings["h_filter"], stride, padding)
        return down, WindowAxis(width, settings["w_filter"], stride, padding)


class Deconv2D(Law):
    """y[n,f,r·stride+i·dilation−padding,…] = b[f] + Σ x[n,c,r,s] w[c,f,i,j]: each x has a window on the output."""

    settings: ClassVar[Settings] = {"n_filters": AMOUNT, "dilation": AMOUNT, **WINDOWS, **WITH_BIAS}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        _, height, width = image(f"Deconv2D '{name}'", inputs)
        stride, padding, dilation = (int(settings[word]) for word in ("stride", "padding", "dilation"))
        sizes = [
            (count - 1) * stride - 2 * padding + (int(settings[window]) - 1) * dilation + 1
            for count, window in ((height, "h_filter"), (width, "w_filter"))
        ]
        fitting(f"Deconv2D '{name}'", *sizes)
        return int(settings["n_filters"]), sizes[0], sizes[1]

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        filters = int(settings["n_filters"])
        w = (inputs[0], filters, settings["h_filter"], settings["w_filter"])
        return {"w": w} | ({"b": (filters,)} if self.biased(settings) else {})

    def forward(self, at: Place) -> Iterator[Line]:
        down, across = self._sides(at)
        for n, f, y, x in places(at.batch, *at.outputs):
            products: list[Term] = [
                (at.input(n, c, r, s), at.own("w", c, f, i, j))
                for c in range(at.inputs[0])
                for i, r in down.around(y)
                for j, s in across.around(x)
            ]
            yield output_line(at, (n, f, y, x), "y = Σ xw over all x that reach it", products)

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self._sides(at)
        channels, rows, columns = at.inputs
        for c, f, i, j in places(channels, at.outputs[0], down.window, across.window):
            products = [
                (at.output_gradient(n, f, y, x), at.input(n, c, r, s))
                for n in range(at.batch)
                for r in range(rows)
                if (y := down.pixel(r, i)) is not None
                for s in range(columns)
                if (x := across.pixel(s, j)) is not None
            ]
            yield Line(at.own("w.grad", c, f, i, j), "∂ℓ/∂w = Σ ∇x over all windows", products)
        yield from bias_gradients(at)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self._sides(at)
        for n, c, r, s in places(at.batch, *at.inputs):
            paths = [
                (at.output_gradient(n, f, y, x), at.own("w", c, f, i, j))
                for f in range(at.outputs[0])
                for i, y in down.pixels(r)
                for j, x in across.pixels(s)
            ]
            yield Line(at.input_gradient(n, c, r, s), "∂ℓ/∂x = Σ ∇w over the window that x paints", paths)

    @staticmethod
    def _sides(at: Place) -> tuple[WindowAxis, WindowAxis]:
        stride, padding, dilation = (int(at.settings[word]) for word in ("stride", "padding", "dilation"))
        _, height, width = at.outputs
        return (
            WindowAxis(height, at.settings["h_filter"], stride, padding, dilation),
            WindowAxis(width, at.settings["w_filter"], stride, padding, dilation),
        )


def output_line(at: Place, index: Shape, law: str, products: list[Term]) -> Line:
    """Return the line of an output: its products, and the bias of its filter if there is one."""
    if not Law.biased(at.settings):
        return Line(at.output(*index), law, products)
    return Line(at.output(*index), f"{law}, + b", [*products, (at.own("b", index[1]),)])


def bias_gradients(at: Place) -> Iterator[Line]:
    """Yield ∂ℓ/∂b of each filter, if there are biases."""
    for f in range(at.outputs[0]) if Law.biased(at.settings) else ():
        gradients = [(at.output_gradient(n, f, *where),) for n, *where in places(at.batch, *at.outputs[1:])]
        yield Line(at.own("b.grad", f), "∂ℓ/∂b = ∇, summed over the batch and all windows", gradients)
