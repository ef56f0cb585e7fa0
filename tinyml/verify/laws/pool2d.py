"""The laws of pooling: the maximum of each window, or its mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from tinyml.verify.errors import MisfitError
from tinyml.verify.laws.base import Law, Place
from tinyml.verify.laws.convolution import fitting, image
from tinyml.verify.laws.windows import WindowAxis
from tinyml.verify.lines import Line, Number, Shape, Term, places
from tinyml.verify.settings import AMOUNT, Settings, either, pair


class Pool2D(Law):
    """One output for each window of each channel."""

    settings: ClassVar[Settings] = {"size": either(AMOUNT, pair(AMOUNT)), "stride": AMOUNT}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        who = f"a pooling layer '{name}'"
        down, across = self.sides(who, settings, inputs)
        fitting(who, down.windows, across.windows)
        return inputs[0], down.windows, across.windows

    @staticmethod
    def sides(who: str, settings: Mapping[str, Any], inputs: Shape) -> tuple[WindowAxis, WindowAxis]:
        """The windows along both sides."""
        _, height, width = image(who, inputs)
        size, stride = settings["size"], int(settings["stride"])
        tall, wide = (size, size) if isinstance(size, int) else size
        if (height - tall) % stride or (width - wide) % stride:
            raise MisfitError(f"{who}: a row or column is left over; take another stride.")
        return WindowAxis(height, tall, stride), WindowAxis(width, wide, stride)


class MaxPool2D(Pool2D):
    """y = the maximum of the window; its ∇ goes to that x. For ties it is the first in row-major order."""

    def forward(self, at: Place) -> Iterator[Line]:
        down, across = self.sides(at.name, at.settings, at.inputs)
        for place in places(at.batch, *at.outputs):
            winner = self._winner(at, down, across, place)
            looks = down.window * across.window
            yield Line(at.output(*place), "y = the largest x of the window", [(at.input(*winner),)], looks=looks)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self.sides(at.name, at.settings, at.inputs)
        for n, c in places(at.batch, at.inputs[0]):
            won: dict[Shape, list[Term]] = {}
            for r, s in places(*at.outputs[1:]):
                winner = self._winner(at, down, across, (n, c, r, s))
                won.setdefault(winner, []).append((at.output_gradient(n, c, r, s),))
            # The cost of finding the maxima of a channel is counted in its first line.
            looks = down.window * across.window * down.windows * across.windows
            for y, x in places(*at.inputs[1:]):
                law = "∂ℓ/∂x = Σ ∇ of the windows in which x is the largest"
                yield Line(at.input_gradient(n, c, y, x), law, won.get((n, c, y, x), []), looks=looks)
                looks = 0

    @staticmethod
    def _winner(at: Place, down: WindowAxis, across: WindowAxis, place: Shape) -> Shape:
        n, c, r, s = place
        window = [(n, c, y, x) for _, y in down.pixels(r) for _, x in across.pixels(s)]
        return max(window, key=lambda pixel: at.values[at.input(*pixel)])  # the first of equals


class AvgPool2D(Pool2D):
    """y = the mean of the window; its ∇ is divided equally among the pixels."""

    def forward(self, at: Place) -> Iterator[Line]:
        down, across = self.sides(at.name, at.settings, at.inputs)
        share = self._share(down, across)
        for n, c, r, s in places(at.batch, *at.outputs):
            terms = [(share, at.input(n, c, y, x)) for _, y in down.pixels(r) for _, x in across.pixels(s)]
            yield Line(at.output(n, c, r, s), "y = the mean of the window", terms)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        down, across = self.sides(at.name, at.settings, at.inputs)
        share = self._share(down, across)
        for n, c, y, x in places(at.batch, *at.inputs):
            terms = [(share, at.output_gradient(n, c, r, s)) for _, r in down.around(y) for _, s in across.around(x)]
            yield Line(at.input_gradient(n, c, y, x), "∂ℓ/∂x = Σ of ∇ / the window's size", terms)

    @staticmethod
    def _share(down: WindowAxis, across: WindowAxis) -> Number:
        count = down.window * across.window
        return Number(f"1/{count}", 1 / count)
