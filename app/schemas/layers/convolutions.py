"""Convolutions and the transposed one in a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import prod
from typing import Any, ClassVar, Literal

from app import limits
from app.schemas.base import Padding, Stride, Width, Window
from app.schemas.layers.base import (
    USUAL_RULE,
    BiasedLayerSchema,
    ImageLayerSchema,
    Initialiser,
    Seed,
    SequenceLayerSchema,
)
from app.schemas.tensors import Filters, Image, Row
from app.shapes import Shape
from tinyml.core import generator
from tinyml.initialisers import INITIALISERS
from tinyml.layers import Conv1D, Conv2D, Deconv2D, Layer


class Conv2DSchema(ImageLayerSchema, BiasedLayerSchema):
    """Applies each filter to every window of the image and sums the products, y = Σ xw + b, without flipping it."""

    stem = "conv"
    parameters: ClassVar[dict[str, str]] = {"w": "filters × channels × rows × columns", "b": "one for each filter"}
    numbers, width = ("w", "b"), "n_filter"
    type: Literal["Conv2D"]
    n_filter: Width
    h_filter: Window
    w_filter: Window
    stride: Stride = 1
    padding: Padding = 0
    initialiser: Initialiser = USUAL_RULE
    w: Filters | None = None
    b: Row | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        w = (self.n_filter, input_shape[0], self.h_filter, self.w_filter)
        return {"w": w, **self.bias_shape(self.n_filter)}

    def nearest(self, input_shape: Shape, kept: Collection[str]) -> dict[str, Any]:
        window = {"h_filter": self.h_filter, "w_filter": self.w_filter}
        return _nearest_window(window, self.padding, input_shape[1:], kept)

    def window_numbers(self, input_shape: Shape, output_shape: Shape) -> int:
        return input_shape[0] * self.h_filter * self.w_filter * prod(output_shape[1:])

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, height, width = input_shape
        return Conv2D(
            name,
            (channels, height, width),
            self.n_filter,
            self.h_filter,
            self.w_filter,
            self.stride,
            self.padding,
            bias=self.bias,
            initialiser=INITIALISERS[self.initialiser],
            rng=generator(seed),
        )


class Conv1DSchema(SequenceLayerSchema, BiasedLayerSchema):
    """Applies each filter to every window of the sequence and sums the products, y = Σ xw + b, without flipping it."""

    stem = "conv"
    parameters: ClassVar[dict[str, str]] = {"w": "filters × channels × columns", "b": "one for each filter"}
    numbers, width = ("w", "b"), "n_filter"
    type: Literal["Conv1D"]
    n_filter: Width
    w_filter: Window
    stride: Stride = 1
    padding: Padding = 0
    initialiser: Initialiser = USUAL_RULE
    w: Image | None = None
    b: Row | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"w": (self.n_filter, input_shape[0], self.w_filter), **self.bias_shape(self.n_filter)}

    def nearest(self, input_shape: Shape, kept: Collection[str]) -> dict[str, Any]:
        return _nearest_window({"w_filter": self.w_filter}, self.padding, input_shape[1:], kept)

    def window_numbers(self, input_shape: Shape, output_shape: Shape) -> int:
        return input_shape[0] * self.w_filter * output_shape[1]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, length = input_shape
        return Conv1D(
            name,
            (channels, length),
            self.n_filter,
            self.w_filter,
            self.stride,
            self.padding,
            bias=self.bias,
            initialiser=INITIALISERS[self.initialiser],
            rng=generator(seed),
        )


class Deconv2DSchema(ImageLayerSchema, BiasedLayerSchema):
    """The transpose of a convolution: each number of the image adds a filter, multiplied by it, to a larger image."""

    stem = "deconv"
    parameters: ClassVar[dict[str, str]] = {"w": "channels × filters × rows × columns", "b": "one for each filter"}
    numbers, width = ("w", "b"), "n_filters"
    type: Literal["Deconv2D"]
    n_filters: Width
    h_filter: Window
    w_filter: Window
    stride: Stride
    dilation: Stride = 1
    padding: Padding = 0
    initialiser: Initialiser = USUAL_RULE
    w: Filters | None = None
    b: Row | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        w = (input_shape[0], self.n_filters, self.h_filter, self.w_filter)
        return {"w": w, **self.bias_shape(self.n_filters)}

    def nearest(self, input_shape: Shape, kept: Collection[str]) -> dict[str, Any]:
        """Reduce the padding if the output would be empty."""
        if "padding" in kept:
            return {}
        reaches = ((side - 1) * self.dilation + 1 for side in (self.h_filter, self.w_filter))
        painted = ((side - 1) * self.stride + reach for side, reach in zip(input_shape[1:], reaches, strict=True))
        return {"padding": min(self.padding, (min(painted) - 1) // 2)}

    def window_numbers(self, input_shape: Shape, output_shape: Shape) -> int:
        return self.n_filters * self.h_filter * self.w_filter * prod(input_shape[1:])

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, height, width = input_shape
        return Deconv2D(
            name,
            (channels, height, width),
            self.n_filters,
            self.h_filter,
            self.w_filter,
            self.stride,
            self.dilation,
            self.padding,
            bias=self.bias,
            initialiser=INITIALISERS[self.initialiser],
            rng=generator(seed),
        )


def _nearest_window(window: Mapping[str, int], padding: int, sides: Shape, kept: Collection[str]) -> dict[str, Any]:
    """Reduce the filter if an image or a sequence is smaller than it, or else increase the padding."""
    sizes = {
        field: size if field in kept else min(size, side + 2 * padding)
        for (field, size), side in zip(window.items(), sides, strict=True)
    }
    lacking = max(size - side for size, side in zip(sizes.values(), sides, strict=True))
    enough = padding if "padding" in kept else max(padding, -(-lacking // 2))
    return {**sizes, "padding": min(enough, limits.MAX_PADDING)}
