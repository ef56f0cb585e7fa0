"""The convolution and its transpose in a document."""

from __future__ import annotations

from math import prod
from typing import ClassVar, Literal

from app.schemas.base import Padding, Stride, Width, Window
from app.schemas.layers.base import USUAL_RULE, ImageLayerSchema, Initialiser, Seed
from app.schemas.tensors import Filters, Row
from app.shapes import Shape
from tinyml.core import generator
from tinyml.initialisers import INITIALISERS
from tinyml.layers import Conv2D, Deconv2D, Layer


class Conv2DSchema(ImageLayerSchema):
    """Lays each filter over every window of the image and sums the products: y = Σ xw + b, without flipping it."""

    stem, title = "conv", "Convolution"
    parameters: ClassVar[dict[str, str]] = {"w": "filters × channels × rows × columns", "b": "one for each filter"}
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
        return {"w": (self.n_filter, input_shape[0], self.h_filter, self.w_filter), "b": (self.n_filter,)}

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
            initialiser=INITIALISERS[self.initialiser],
            rng=generator(seed),
        )


class Deconv2DSchema(ImageLayerSchema):
    """Lets every number of a small image paint a filter into a larger one: the transpose of a convolution."""

    stem, title = "deconv", "Transposed convolution"
    parameters: ClassVar[dict[str, str]] = {"w": "channels × filters × rows × columns", "b": "one for each filter"}
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
        return {"w": (input_shape[0], self.n_filters, self.h_filter, self.w_filter), "b": (self.n_filters,)}

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
            initialiser=INITIALISERS[self.initialiser],
            rng=generator(seed),
        )
