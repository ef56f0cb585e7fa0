"""The network document: the one format for a network with its data."""

from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import SeedNumber, Strict, Width, at_most
from app.schemas.layers import LAYERS, AnyLayer, LayerSchema
from app.schemas.layers.pools import ONE_SIDE, TWO_SIDES
from app.schemas.losses import LOSSES, AnyLoss, LossSchema
from app.schemas.optimizers import OPTIMIZERS, AnyOptimizer, OptimizerSchema
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


def _types(variants: Sequence[type[LayerSchema | LossSchema | OptimizerSchema]]) -> tuple[str, ...]:
    return tuple(name for variant in variants for name in get_args(variant.model_fields["type"].annotation))


# The types that there are, by the field that takes them.
VARIANTS = {"layers": _types(LAYERS), "loss": _types(LOSSES), "optimizer": _types(OPTIMIZERS)}
# What pydantic puts into the place of a fault to say which variant it was held against.
VARIANT_NAMES = frozenset({*chain.from_iterable(VARIANTS.values()), *DEPTHS, CLASSES, ONE_SIDE, TWO_SIDES})
