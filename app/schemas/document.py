"""The network document: the one format for a network with its data."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import SeedNumber, Strict, Width, at_most
from app.schemas.layers import LAYERS, AnyLayer
from app.schemas.layers.pools import ONE_SIDE, TWO_SIDES
from app.schemas.losses import LOSSES, AnyLoss
from app.schemas.optimizers import OPTIMIZERS, AnyOptimizer
from app.schemas.tensors import CLASSES, DEPTHS, Batch, Targets


class NetworkDocument(Strict):
    """A network, its loss and optimizer, and one batch of data. Input sizes are inferred, never given.

    A sample has up to three axes; those of an image are channels, height and width. In the mode `predict` nothing is
    dropped, and normalizations use their running statistics.
    """

    format: Literal["tinyml-network/1"] = "tinyml-network/1"
    name: Annotated[str, StringConstraints(max_length=limits.MAX_NAME_LENGTH), at_most("MAX_NAME_LENGTH")] = "Untitled"
    input_shape: Annotated[list[Width], Field(min_length=1, max_length=3)]
    layers: Annotated[list[AnyLayer], Field(min_length=1, max_length=limits.MAX_LAYERS), at_most("MAX_LAYERS")]
    loss: AnyLoss
    optimizer: AnyOptimizer
    x: Batch
    y: Targets
    seed: SeedNumber = 0
    mode: Literal["train", "predict"] = "train"

    @property
    def classes(self) -> list[int] | None:
        """The class of each sample, where `y` gives classes and not rows of targets."""
        return [label for label in self.y if isinstance(label, int)] or None


def _variants() -> frozenset[str]:
    variants = (*LAYERS, *LOSSES, *OPTIMIZERS)
    types = (name for variant in variants for name in get_args(variant.model_fields["type"].annotation))
    return frozenset({*types, *DEPTHS, CLASSES, ONE_SIDE, TWO_SIDES})


# What pydantic puts into the place of a fault to say which variant it was held against.
VARIANT_NAMES = _variants()
