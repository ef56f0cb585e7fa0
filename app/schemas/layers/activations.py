"""The activations in a document: elementwise layers without weights, and softmax. PReLU learns its slope."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.schemas.base import Finite
from app.schemas.layers.base import LayerSchema, LearningLayerSchema, Seed
from app.schemas.tensors import Row
from app.shapes import Shape
from tinyml.layers import ELU, GELU, Layer, LeakyReLu, PReLU, ReLu, Sigmoid, SiLU, Softmax, Softplus, Tanh


class ReLuSchema(LayerSchema):
    """Rectified linear unit, entry by entry: h = max(z, 0)."""

    stem = "relu"
    type: Literal["ReLu"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return ReLu(name)


class LeakyReLuSchema(LayerSchema):
    """Rectified linear unit with a small slope α below 0: h = z where z > 0, else αz."""

    stem = "leaky_relu"
    type: Literal["LeakyReLu"]
    slope: Finite = 0.01

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return LeakyReLu(name, self.slope)


class PReLUSchema(LearningLayerSchema):
    """Rectified linear unit with a learned slope α below 0: h = z where z > 0, else αz."""

    stem = "prelu"
    parameters: ClassVar[dict[str, str]] = {"slope": "one for all, or one for each feature"}
    numbers = ("slope",)
    type: Literal["PReLU"]
    shared: bool = True
    slope: Row | None = None

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"slope": (1,) if self.shared else input_shape[:1]}

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return PReLU(name, input_shape[0], self.shared)


class ELUSchema(LayerSchema):
    """Exponential linear unit: h = z where z > 0, else α(e^z − 1)."""

    stem = "elu"
    type: Literal["ELU"]
    alpha: Finite = 1.0

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return ELU(name, self.alpha)


class GELUSchema(LayerSchema):
    """Gaussian error linear unit: h = z Φ(z), with Φ the distribution function of the standard normal distribution."""

    stem = "gelu"
    type: Literal["GELU"]
    # The default, which documents leave out.
    approximate: Annotated[Literal["none", "tanh"], Field(exclude_if=lambda kind: kind == "none")] = "none"

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return GELU(name, self.approximate)


class SiLUSchema(LayerSchema):
    """Sigmoid linear unit, also called swish: h = z σ(z)."""

    stem = "silu"
    type: Literal["SiLU"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return SiLU(name)


class SoftplusSchema(LayerSchema):
    """Smooth approximation of ReLU: h = log(1 + e^z)."""

    stem = "softplus"
    type: Literal["Softplus"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return Softplus(name)


class SigmoidSchema(LayerSchema):
    """Logistic function, with values in (0, 1): h = 1 / (1 + e^(−z))."""

    stem = "sigmoid"
    type: Literal["Sigmoid"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return Sigmoid(name)


class TanhSchema(LayerSchema):
    """Hyperbolic tangent, with values in (−1, 1): h = tanh(z)."""

    stem = "tanh"
    type: Literal["Tanh"]

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return Tanh(name)


class SoftmaxSchema(LayerSchema):
    """Turns the scores of a sample into probabilities, which sum to 1: hᵢ = e^(zᵢ) / Σₖ e^(zₖ)."""

    stem = "softmax"
    type: Literal["Softmax"]
    axis: Literal[1] = 1

    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        return Softmax(name, axis=self.axis)
