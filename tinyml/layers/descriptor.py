"""Descriptors: layers as data, for code that draws a layer or writes its equations independently of its class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, NamedTuple

from tinyml.layers.windows import Windows

# The inputs of a sample on which an output depends: the one at its position in row-major order; all along an axis;
# all of its channel (for flat samples, the one at its position); those in a window; or all.
Connects = Literal["place", "axis", "channel", "window", "all"]


class Window(NamedTuple):
    """Windows on images, or on sequences if the `size` has one number. The other numbers are the same for each side.
    The windows are on the input, or, if `transposed`, on the output. A window connects all channels, or, if `across`
    is false, each channel only with itself.
    """

    size: tuple[int, ...]
    stride: int
    dilation: int
    padding: int
    transposed: bool
    across: bool


class Axes(NamedTuple):
    """The axes of a parameter that count the layer's units or filters, and its inputs or their channels; None if no
    axis does.
    """

    units: int | None
    inputs: int | None


class Descriptor(NamedTuple):
    """A layer as data.

    `connects`     the inputs on which an output depends; `axis` is the axis of a sample if they are along an axis.
    `joins`        whether weighted edges lead from its inputs to new units.
    `elementwise`  whether an output depends only on the input at its position.
    `window`       the windows, None for a layer without windows.
    `axes`         the axes of each parameter.
    `symbol`       the symbol of its function, such as σ; None for a function without one.
    `squashes`     the function that maps scores to probabilities: logistic or softmax; None for other layers.
    """

    connects: Connects
    axis: int | None
    joins: bool
    elementwise: bool
    window: Window | None
    axes: dict[str, Axes]
    symbol: str | None
    squashes: str | None


class DescribedLayer:
    """The declarations of a layer's class, and the descriptor that follows from them."""

    # True if weighted edges connect the inputs to new units; False if the layer acts on the units before it.
    connects: ClassVar[bool] = False
    # False if an output depends on more than the input at its position.
    elementwise: ClassVar[bool] = True
    # The inputs of a sample on which an output depends; if they are along an `axis`, axis 0 counts the samples.
    reach: ClassVar[Connects] = "place"
    axis: int | None = None
    # Windows on the input, or, if the layer `paints`, on the output.
    windows: Windows | None = None
    paints: ClassVar[bool] = False
    # For each parameter, the axis (in the notation's orientation) of the units that use it; None if each entry is
    # separate. And the axis of the inputs, or their channels.
    unit_axes: ClassVar[Mapping[str, int]] = {}
    input_axes: ClassVar[Mapping[str, int]] = {}
    # The symbol of the layer's function, such as σ, if it has one.
    symbol: ClassVar[str | None] = None
    # The letters of its parameters and of its kept results, such as γ; any other name is its own letter.
    letters: ClassVar[Mapping[str, str]] = {}
    # The function that maps scores to probabilities, "logistic" or "softmax", if the layer is one.
    squashes: ClassVar[str | None] = None

    def descriptor(self, parameters: Iterable[str]) -> Descriptor:
        """Return the layer as data; `parameters` are the names of its parameters."""
        windows = self.windows
        return Descriptor(
            self.reach,
            self.axis - 1 if self.reach == "axis" and self.axis is not None else None,
            self.connects,
            self.elementwise,
            None
            if windows is None
            else Window(
                windows.size,
                windows.stride,
                windows.dilation,
                windows.padding,
                self.paints,
                bool(self.input_axes),
            ),
            {name: Axes(self.unit_axes.get(name), self.input_axes.get(name)) for name in parameters},
            self.symbol,
            self.squashes,
        )
