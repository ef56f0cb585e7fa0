"""The network document: the one format for a network with its data."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import CLASSES, ROWS, Batch, Strict, Targets, Width, at_most
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
    y: Targets
    seed: Annotated[int, Field(ge=0, le=limits.MAX_SEED), at_most("MAX_SEED")] = 0

    @property
    def classes(self) -> list[int] | None:
        """The class of each sample, where `y` gives classes and not rows of targets."""
        return [label for label in self.y if isinstance(label, int)] or None


def _variants() -> frozenset[str]:
    variants = (*LAYERS, *LOSSES, *OPTIMIZERS)
    types = (name for variant in variants for name in get_args(variant.model_fields["type"].annotation))
    return frozenset({*types, ROWS, CLASSES})


# What pydantic puts into the place of a fault to say which variant it was held against.
VARIANT_NAMES = _variants()
