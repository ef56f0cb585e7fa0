"""The normalizations in a document."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.schemas.base import Finite, Positive
from app.schemas.layers.base import LearningLayerSchema, Seed
from app.schemas.tensors import NotNegativeRow, Row, Sample
from app.shapes import Shape, check_shape
from tinyml.core import Backend
from tinyml.layers import BatchNorm, Layer, LayerNorm, RMSNorm


class BatchNormSchema(LearningLayerSchema):
    """Normalizes each feature to mean 0 and variance 1 over the batch, then multiplies it by γ and adds β, both
    learned.
    """

    stem = "batch_norm"
    parameters: ClassVar[dict[str, str]] = {"gamma": "one for each feature", "beta": "one for each feature"}
    numbers = ("gamma", "beta", "running_mean", "running_variance")
    type: Literal["BatchNorm"]
    momentum: Annotated[Finite, Field(ge=0, le=1)] = 0.1
    epsilon: Positive = 1e-5
    gamma: Row | None = None
    beta: Row | None = None
    running_mean: Row | None = None
    running_variance: NotNegativeRow | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"gamma": input_shape[:1], "beta": input_shape[:1]}

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        layer = BatchNorm(name, input_shape[0], self.momentum, self.epsilon)
        for field in ("running_mean", "running_variance"):
            values = getattr(self, field)
            if values is not None:
                check_shape(values, input_shape[:1], (field,), f"{self.who(name)}: {field} (one for each feature)")
                setattr(layer, field, Backend.array(values, dtype=float))
        return layer


class LayerNormSchema(LearningLayerSchema):
    """Normalizes each sample to mean 0 and variance 1, then multiplies each number by γ and adds β, both learned."""

    stem = "layer_norm"
    parameters: ClassVar[dict[str, str]] = {"gamma": "shaped as a sample", "beta": "shaped as a sample"}
    numbers = ("gamma", "beta")
    type: Literal["LayerNorm"]
    epsilon: Positive = 1e-5
    gamma: Sample | None = None
    beta: Sample | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"gamma": input_shape, "beta": input_shape}

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return LayerNorm(name, input_shape, self.epsilon)


class RMSNormSchema(LearningLayerSchema):
    """Divides each sample by its root mean square, then multiplies each number by a learned γ."""

    stem = "rms_norm"
    parameters: ClassVar[dict[str, str]] = {"gamma": "shaped as a sample"}
    numbers = ("gamma",)
    type: Literal["RMSNorm"]
    epsilon: Positive = 1e-5
    gamma: Sample | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"gamma": input_shape}

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return RMSNorm(name, input_shape, self.epsilon)
