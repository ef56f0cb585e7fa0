"""A layer as data, for code that draws it or writes its equations without knowing its class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, NamedTuple

from tinyml.layers.windows import Windows

# Which inputs of its sample an output is computed from: the one at its place, counted row by row; all along an axis;
# all of its channel (of flat samples, the one at its place); those in a window; or all.
Connects = Literal["place", "axis", "channel", "window", "all"]


class Window(NamedTuple):
    """Windows on images; on sequences where the `size` is one number. The other numbers are for each side alike. They
    lie on the input, or, where `transposed`, on the output. In a window a number meets all channels at the other end,
    or, without `across`, its own alone.
    """

    size: tuple[int, ...]
    stride: int
    dilation: int
    padding: int
    transposed: bool
    across: bool


class Axes(NamedTuple):
    """What the axes of a parameter count: the layer's units or filters, and its inputs or their channels; None where no
    axis does.
    """

    units: int | None
    inputs: int | None


class Descriptor(NamedTuple):
    """A layer as data.

    `connects`     which inputs an output is computed from; `axis` is the one of a sample where it is an axis.
    `joins`        whether weighted edges lead from its inputs to new units.
    `elementwise`  whether an output depends on the one input at its place alone.
    `window`       the windows of a layer that has some.
    `axes`         of each parameter.
    `symbol`       how its function is written, such as σ; None where it is called by its title.
    `squashes`     the function by which it turns scores into chances or shares: logistic or softmax.
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
    """What a layer's class declares of it, and the descriptor made of that."""

    # True where weighted edges join the inputs to new units; False where the layer acts on the units before it.
    connects: ClassVar[bool] = False
    # False where an output depends on more than the one input at its place.
    elementwise: ClassVar[bool] = True
    # Which inputs of its sample an output is computed from; `axis`, where it is an axis, counts the samples' as 0.
    reach: ClassVar[Connects] = "place"
    axis: int | None = None
    # Windows on the input, or, where the layer `paints`, on the output.
    windows: Windows | None = None
    paints: ClassVar[bool] = False
    # For each parameter, by name, the axis (in the notation's orientation) along which lie the units that it feeds;
    # where none is named, each of its entries is by itself. And the axis of the inputs, or their channels.
    unit_axes: ClassVar[Mapping[str, int]] = {}
    input_axes: ClassVar[Mapping[str, int]] = {}
    # How the layer's function is written, such as σ, where it has a name in mathematics.
    symbol: ClassVar[str | None] = None
    # The function by which the layer turns scores into chances or shares, "logistic" or "softmax", where it does.
    squashes: ClassVar[str | None] = None

    def descriptor(self, parameters: Iterable[str]) -> Descriptor:
        """The layer as data; it has parameters of these names."""
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
