"""Dropout in a document: its mask follows from a seed and from the number of passes."""

from __future__ import annotations

from typing import Any, Literal

from app.schemas.base import Passes, SeedNumber, Share
from app.schemas.layers.base import LayerSchema, Seed
from app.shapes import Shape
from tinyml.core import generator
from tinyml.layers import Dropout, Layer

# The range from which a seed that the document leaves out is drawn.
SEEDS = 2**32


class DropoutSchema(LayerSchema):
    """Sets each number to 0 with a given probability and scales the others up to compensate; does nothing in evaluation
    mode.
    """

    stem = "dropout"
    type: Literal["Dropout"]
    probability: Share
    seed: SeedNumber | None = None
    passes: Passes = 0

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        # Drawn, so that two layers of one document do not drop the same units.
        own = int(generator(seed).integers(SEEDS)) if self.seed is None else self.seed
        layer = Dropout(name, self.probability, seed=own)
        layer.passes = self.passes
        return layer

    def drawn(self, layer: Layer) -> dict[str, Any]:
        return {"seed": vars(layer)["seed"]}
