"""The pooling layers in a document."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product
from math import prod
from operator import sub
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from app import limits
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
    """The base of the pooling layers: windows that cover an image exactly."""

    size: WindowSize
    stride: Stride

    @property
    def height_and_width(self) -> tuple[int, int]:
        """The windows' sides."""
        height, width = (self.size, self.size) if isinstance(self.size, int) else self.size
        return height, width

    def nearest(self, input_shape: Shape, kept: Collection[str]) -> dict[str, Any]:
        """Windows that cover the image exactly: those whose sides and stride differ the least from the present ones."""
        own = (*self.height_and_width, self.stride)
        free = [
            range(1, side + 1) if field not in kept else (before,)
            for field, side, before in (
                ("size", input_shape[1], own[0]),
                ("size", input_shape[2], own[1]),
                ("stride", limits.MAX_STRIDE, own[2]),
            )
        ]
        fitting = [
            (height, width, stride)
            for height, width, stride in product(*free)
            if _covers(input_shape[1], height, stride) and _covers(input_shape[2], width, stride)
        ]
        if own in fitting or not fitting:
            return {}
        square = [one for one in fitting if one[0] == one[1]] if isinstance(self.size, int) else []
        height, width, stride = min(square or fitting, key=lambda one: sum(map(abs, map(sub, one, own))))
        size = height if isinstance(self.size, int) and height == width else [height, width]
        return {"stride": stride} | ({} if (height, width) == own[:2] else {"size": size})

    def window_numbers(self, input_shape: Shape, output_shape: Shape) -> int:
        return prod(output_shape) * prod(self.height_and_width)


def _covers(side: int, window: int, stride: int) -> bool:
    """Whether windows cover an image's side exactly."""
    return window <= side and (side - window) % stride == 0


class MaxPool2DSchema(PoolSchema):
    """The largest number of each window. Windows may overlap, but must cover the image exactly."""

    stem = "max_pool"
    type: Literal["MaxPool2D"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, height, width = input_shape
        return MaxPool2D(name, (channels, height, width), self.height_and_width, self.stride)


class AvgPool2DSchema(PoolSchema):
    """The mean of each window. Windows may overlap, but must cover the image exactly."""

    stem = "avg_pool"
    type: Literal["AvgPool2D"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        channels, height, width = input_shape
        return AvgPool2D(name, (channels, height, width), self.height_and_width, self.stride)
