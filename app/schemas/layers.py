"""The layers as documents write them: one variant a type, each able to build its layer."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import Finite, Matrix, Row, Strict, Width, at_most
from app.shapes import check_shape
from tinyml.core import Backend, generator
from tinyml.layers import ELU, GELU, Layer, LeakyReLu, Linear, ReLu, Sigmoid, Softmax, Softplus, Tanh

LayerName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=limits.MAX_LAYER_NAME_LENGTH),
    at_most("MAX_LAYER_NAME_LENGTH"),
]


Seed = list[int]


class LayerSchema(Strict):
    """What all layers have in common. `stem` begins the names that are made up where a document gives none."""

    stem: ClassVar[str]
    title: ClassVar[str]
    type: str
    name: LayerName | None = None

    def parameter_count(self, input_shape: tuple[int, ...]) -> int:
        """How many weights and biases the layer would have, told before any is made."""
        return 0

    @abstractmethod
    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        """The layer for samples of `input_shape`; parameters that the document leaves out come from `seed`."""


class LinearSchema(LayerSchema):
    """Joins every input to every output by a weight: Ŷ = Xw + b."""

    stem, title = "fc", "Linear"
    type: Literal["Linear"]
    output_dim: Width
    w: Matrix | None = None
    b: Row | None = None

    def parameter_count(self, input_shape: tuple[int, ...]) -> int:
        return (input_shape[0] + 1) * self.output_dim

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        inputs = input_shape[0]
        weight = bias = None
        if self.w is not None:
            check_shape(self.w, (inputs, self.output_dim), ("w",), f"Linear '{name}': w (inputs × outputs)")
            # From a document's inputs × outputs to the library's outputs × inputs; Linear.in_notation turns it back.
            weight = Backend.array(self.w, dtype=float).T.copy()
        if self.b is not None:
            check_shape(self.b, (self.output_dim,), ("b",), f"Linear '{name}': b (one for each output)")
            bias = Backend.array(self.b, dtype=float)
        rng = None if weight is not None and bias is not None else generator(seed)
        return Linear(name, inputs, self.output_dim, weight=weight, bias=bias, rng=rng)


class ReLuSchema(LayerSchema):
    """Lets what is positive pass and stops the rest: h = max(z, 0)."""

    stem, title = "relu", "ReLU"
    type: Literal["ReLu"]

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return ReLu(name)


class LeakyReLuSchema(LayerSchema):
    """Lets what is positive pass, and a little of the rest: h = z where z > 0, else αz with α the slope."""

    stem, title = "leaky_relu", "Leaky ReLU"
    type: Literal["LeakyReLu"]
    slope: Finite = 0.01

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return LeakyReLu(name, self.slope)


class ELUSchema(LayerSchema):
    """Lets what is positive pass, and bends the rest: h = z where z > 0, else α(e^z − 1)."""

    stem, title = "elu", "ELU"
    type: Literal["ELU"]
    alpha: Finite = 1.0

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return ELU(name, self.alpha)


class GELUSchema(LayerSchema):
    """Lets each number pass with the chance that a standard normal variable lies below it: h = z Φ(z)."""

    stem, title = "gelu", "GELU"
    type: Literal["GELU"]

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return GELU(name)


class SoftplusSchema(LayerSchema):
    """Rounds the corner of the rectifier: h = log(1 + e^z)."""

    stem, title = "softplus", "Softplus"
    type: Literal["Softplus"]

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return Softplus(name)


class SigmoidSchema(LayerSchema):
    """Squeezes every number into (0, 1): h = 1 / (1 + e^(−z))."""

    stem, title = "sigmoid", "Sigmoid"
    type: Literal["Sigmoid"]

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return Sigmoid(name)


class TanhSchema(LayerSchema):
    """Squeezes every number into (−1, 1): h = tanh(z)."""

    stem, title = "tanh", "Tanh"
    type: Literal["Tanh"]

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return Tanh(name)


class SoftmaxSchema(LayerSchema):
    """Turns a sample's scores into positive shares that add up to one: hᵢ = e^(zᵢ) / Σₖ e^(zₖ)."""

    stem, title = "softmax", "Softmax"
    type: Literal["Softmax"]
    axis: Literal[1] = 1

    def build(self, name: str, input_shape: tuple[int, ...], seed: Seed) -> Layer:
        return Softmax(name, axis=self.axis)


AnyLayer = Annotated[
    LinearSchema
    | ReLuSchema
    | LeakyReLuSchema
    | ELUSchema
    | GELUSchema
    | SoftplusSchema
    | SigmoidSchema
    | TanhSchema
    | SoftmaxSchema,
    Field(discriminator="type"),
]
LAYERS: tuple[type[LayerSchema], ...] = get_args(get_args(AnyLayer)[0])
