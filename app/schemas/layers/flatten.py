"""Images into rows, in a document."""

from __future__ import annotations

from typing import Literal

from app.schemas.layers.base import LayerSchema, Seed
from app.shapes import Shape
from tinyml.layers import Flatten, Layer


class FlattenSchema(LayerSchema):
    """Reshapes each sample to one row, in which the last axis varies fastest."""

    stem = "flatten"
    type: Literal["Flatten"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return Flatten(name)
