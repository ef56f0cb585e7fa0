"""The layers as documents write them: one variant a type, each able to build its layer."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from app.schemas.layers.activations import (
    ELUSchema,
    GELUSchema,
    LeakyReLuSchema,
    ReLuSchema,
    SigmoidSchema,
    SoftmaxSchema,
    SoftplusSchema,
    TanhSchema,
)
from app.schemas.layers.base import LayerSchema
from app.schemas.layers.convolutions import Conv2DSchema, Deconv2DSchema
from app.schemas.layers.dropout import DropoutSchema
from app.schemas.layers.flatten import FlattenSchema
from app.schemas.layers.linear import LinearSchema
from app.schemas.layers.normalizations import BatchNormSchema, LayerNormSchema
from app.schemas.layers.pools import AvgPool2DSchema, MaxPool2DSchema

AnyLayer = Annotated[
    LinearSchema
    | ReLuSchema
    | LeakyReLuSchema
    | ELUSchema
    | GELUSchema
    | SoftplusSchema
    | SigmoidSchema
    | TanhSchema
    | SoftmaxSchema
    | Conv2DSchema
    | Deconv2DSchema
    | MaxPool2DSchema
    | AvgPool2DSchema
    | FlattenSchema
    | DropoutSchema
    | BatchNormSchema
    | LayerNormSchema,
    Field(discriminator="type"),
]
LAYERS: tuple[type[LayerSchema], ...] = get_args(get_args(AnyLayer)[0])

__all__ = ["LAYERS", "AnyLayer", "LayerSchema"]
