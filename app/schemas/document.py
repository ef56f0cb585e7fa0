"""The network document: the one format for a network with its data."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import Batch, Strict, Width, at_most
from app.schemas.layers import LAYERS, AnyLayer
from app.schemas.training import LOSSES, OPTIMIZERS, AnyLoss, AnyOptimizer


class NetworkDocument(Strict):
    """A network, its loss and optimizer, and one batch of data. Input sizes are inferred, never given."""

    format: Literal["tinyml-network/1"] = "tinyml-network/1"
    name: Annotated[str, StringConstraints(max_length=limits.MAX_NAME_LENGTH), at_most("MAX_NAME_LENGTH")] = "Untitled"
    input_shape: Annotated[list[Width], Field(min_length=1, max_length=1)]
    layers: Annotated[list[AnyLayer], Field(min_length=1, max_length=limits.MAX_LAYERS), at_most("MAX_LAYERS")]
    loss: AnyLoss
    optimizer: AnyOptimizer
    x: Batch
    y: Batch
    seed: Annotated[int, Field(ge=0, le=limits.MAX_SEED), at_most("MAX_SEED")] = 0


def _types() -> frozenset[str]:
    variants = (*LAYERS, *LOSSES, *OPTIMIZERS)
    return frozenset(name for variant in variants for name in get_args(variant.model_fields["type"].annotation))


TYPE_NAMES = _types()
