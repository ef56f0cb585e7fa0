"""The pooling layers in a document."""

from __future__ import annotations

from math import prod
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from app.schemas.base import Stride, Window
from app.schemas.layers.base import ImageLayerSchema, Seed
from app.shapes import Shape
from tinyml.layers import AvgPool2D, Layer, MaxPool2D

ONE_SIDE, TWO_SIDES = "one side", "height and width"


def _sides(value: Any) -> str:
    return TWO_SIDES if isinstance(value, list) else ONE_SIDE


WindowSize = Annotated[
    Annotated[Window, Tag(ONE_SIDE)] | Annotated[list[Window], Field(min_length=2, max_length=2), Tag(TWO_SIDES)],
    Discriminator(_sides),
]


class PoolSchema(ImageLayerSchema):
    """What the pooling layers have in common: windows that cover an image exactly."""

    size: WindowSize
    stride: Stride

    @property
    def height_and_width(self) -> tuple[int, int]:
        """The windows' sides."""
        height, width = (self.size, self.size) if isinstance(self.size, int) else self.size
        return height, width

    def window_numbers(self, input_shape: Shape, output_shape: Shape) -> int:
        return prod(output_shape) * prod(self.height_and_width)


class MaxPool2DSchema(PoolSchema):
    """Keeps the largest number of each window; windows may overlap, but leave no row or column over."""

    stem, title = "max_pool", "Max pooling"
    type: Literal["MaxPool2D"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, height, width = input_shape
        return MaxPool2D(name, (channels, height, width), self.height_and_width, self.stride)


class AvgPool2DSchema(PoolSchema):
    """Keeps the mean of each window; windows may overlap, but leave no row or column over."""

    stem, title = "avg_pool", "Average pooling"
    type: Literal["AvgPool2D"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, height, width = input_shape
        return AvgPool2D(name, (channels, height, width), self.height_and_width, self.stride)
