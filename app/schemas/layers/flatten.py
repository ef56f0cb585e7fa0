"""Images into rows, in a document."""

from __future__ import annotations

from typing import Literal

from app.schemas.layers.base import LayerSchema, Seed
from app.shapes import Shape
from tinyml.layers import Flatten, Layer


class FlattenSchema(LayerSchema):
    """Writes each sample's numbers in one row, the last axis running fastest."""

    stem = "flatten"
    type: Literal["Flatten"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return Flatten(name)
