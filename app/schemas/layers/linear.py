"""The fully connected layer in a document."""

from __future__ import annotations

from typing import ClassVar, Literal

from app.schemas.base import Width
from app.schemas.layers.base import USUAL_RULE, BiasedLayerSchema, FlatLayerSchema, Initialiser, Seed
from app.schemas.tensors import Matrix, Row
from app.shapes import Shape
from tinyml.core import generator
from tinyml.initialisers import INITIALISERS
from tinyml.layers import Layer, Linear


class LinearSchema(FlatLayerSchema, BiasedLayerSchema):
    """Fully connected layer: each output is a weighted sum of all inputs plus a bias, Ŷ = Xw + b."""

    stem = "fc"
    parameters: ClassVar[dict[str, str]] = {"w": "inputs × outputs", "b": "one for each output"}
    numbers, width = ("w", "b"), "output_dim"
    type: Literal["Linear"]
    output_dim: Width
    initialiser: Initialiser = USUAL_RULE
    w: Matrix | None = None
    b: Row | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"w": (*input_shape, self.output_dim), **self.bias_shape(self.output_dim)}

    def build(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        # Given parameters are passed to the constructor: drawing some only to replace them would take longer than
        # building the rest of a small network.
        given = dict(self.given(name, input_shape))
        weight, bias = given.get("w"), given.get("b", self.bias)
        if weight is not None:
            # From a document's inputs × outputs to the library's outputs × inputs; Linear.in_notation transposes it
            # back.
            weight = weight.T.copy()
        rng = None if weight is not None and bias is not True else generator(seed)
        rule = INITIALISERS[self.initialiser]
        layer = Linear(name, input_shape[0], self.output_dim, weight=weight, bias=bias, initialiser=rule, rng=rng)
        self.freeze(layer)
        return layer

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        rule = INITIALISERS[self.initialiser]
        return Linear(name, input_shape[0], self.output_dim, bias=self.bias, initialiser=rule, rng=generator(seed))
