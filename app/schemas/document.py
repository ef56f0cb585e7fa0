"""The network document: the one format for a network with its data."""

from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from app import limits
from app.schemas.base import LEFT_OUT, SeedNumber, Strict, Width, at_most
from app.schemas.clips import CLIPS
from app.schemas.data import ALL, SOME, Data, Position, Rows
from app.schemas.layers import LAYERS, AnyLayer, LayerSchema
from app.schemas.layers.pools import ONE_SIDE, TWO_SIDES
from app.schemas.losses import LOSSES, AnyLoss, LossSchema
from app.schemas.optimizer_states import MOMENTUM_STATES
from app.schemas.optimizers import OPTIMIZERS, AnyOptimizer, OptimizerSchema
from app.schemas.penalties import PenaltySchema
from app.schemas.tensors import CLASSES, DEPTHS, Batch, Targets
from tinyml.data import Batches
from tinyml.layers.topology import Topology


class NetworkDocument(Strict, defer_build=False):
    """A network, its loss and optimizer, and one batch of data: either `x` and `y`, or `data` with the `position` of
    the mini-batch. The learning rate follows from the `position` too, if the optimizer has a schedule; without
    mini-batches each training step is an epoch. Input sizes are inferred, never given.

    A sample has up to three axes; those of an image are channels, height and width, those of a sequence channels and
    length. In the mode `predict` nothing is dropped, and normalizations use their running statistics.
    """

    format: Literal["tinyml-network/1"] = "tinyml-network/1"
    name: Annotated[str, StringConstraints(max_length=limits.MAX_NAME_LENGTH), at_most("MAX_NAME_LENGTH")] = "Untitled"
    input_shape: Annotated[list[Width], Field(min_length=1, max_length=3)]
    layers: Annotated[list[AnyLayer], Field(min_length=1, max_length=limits.MAX_LAYERS), at_most("MAX_LAYERS")]
    loss: AnyLoss
    optimizer: AnyOptimizer
    penalty: PenaltySchema | None = None
    # None if left out: read `rows` instead.
    x: Batch = LEFT_OUT
    y: Targets = LEFT_OUT
    data: Data | None = LEFT_OUT
    position: Position | None = LEFT_OUT
    seed: SeedNumber = 0
    mode: Literal["train", "predict"] = "train"

    @model_validator(mode="after")
    def _one_batch(self) -> "NetworkDocument":
        given = self.model_fields_set
        if self.data is None and "x" not in given:
            # The loss decides whether targets are required (app/targets.py).
            needed = ("x", "y") if self.loss.takes_targets else ("x",)
            missing = [InitErrorDetails(type="missing", loc=(name,), input={}) for name in needed if name not in given]
            raise ValidationError.from_exception_data(type(self).__name__, missing)
        if self.data is not None and given & {"x", "y"}:
            message = "it replaces x and y, which are given too; leave out one of the two"
            raise PydanticCustomError("two_batches", message)
        if self.position is not None and not self.counts:
            sentence = (
                "only data with mini-batches have a position, those of a set or with batch, and optimizers with a "
                "schedule; leave it out"
            )
            context = {"field": "position", "sentence": sentence, "key": "misplaced"}
            raise PydanticCustomError("misplaced_field", "{sentence}", context)
        return self

    @property
    def moves(self) -> bool:
        """Whether each training step takes the next mini-batch of the data."""
        return self.data is not None and self.data.moves

    @property
    def counts(self) -> bool:
        """Whether a training step depends on its position: on the mini-batch, or on the learning rate there."""
        return self.moves or self.optimizer.schedule is not None

    @property
    def place(self) -> Position:
        """The position of the training step: the first one if it is left out."""
        return self.position or Position()

    @property
    def batches(self) -> Batches:
        """How the samples are divided into mini-batches. Raises BatchError if they cannot be."""
        return Batches(len(self.x), "all", "given") if self.data is None else self.data.batches

    @property
    def samples(self) -> int:
        """The number of samples of the training step. Raises BatchError if the data cannot be divided."""
        if self.data is None:
            return len(self.x)
        return self.data.batches.size(self.place.step)

    @property
    def rows(self) -> Rows | Self:
        """The object with the unscaled inputs and targets of each sample: the document itself, all rows of a table, or
        those of a set in the mini-batch.
        """
        if self.data is None:
            return self
        return self.data.rows or self.data.mini_batch(self.place, self.loss.takes_classes)

    @property
    def mini_batch(self) -> Rows | Self:
        """The same with the rows of the mini-batch only, of a table too."""
        return self.data.mini_batch(self.place, self.loss.takes_classes) if self.data and self.moves else self.rows

    def rows_at(self, where: Sequence[str | int]) -> tuple[str | int, ...]:
        """The place in the document of a place in its `rows`; what is drawn has that of the set."""
        if self.data is None:
            return tuple(where)
        return ("data", "rows", *where) if self.data.rows else ("data", "set")

    @property
    def topology(self) -> Topology:
        """The topology of the layers: a document lists the layers of a chain."""
        return Topology.chain(len(self.layers))

    @property
    def targets(self) -> Any:
        """The target of each sample as it was given; None if left out."""
        return self.rows.y

    @property
    def classes(self) -> list[int] | None:
        """The class of each sample, where `y` gives classes and not rows of targets, and the loss takes targets."""
        if not self.loss.takes_targets or (targets := self.targets) is None:
            return None
        return [label for label in targets if isinstance(label, int)] or None


def _types(variants: Sequence[type[LayerSchema | LossSchema | OptimizerSchema]]) -> tuple[str, ...]:
    return tuple(name for variant in variants for name in get_args(variant.model_fields["type"].annotation))


# The valid types, by field.
VARIANTS = {"layers": _types(LAYERS), "loss": _types(LOSSES), "optimizer": _types(OPTIMIZERS)}
# The tags that pydantic adds to the location of an error to say which variant it was validated as.
VARIANT_NAMES = frozenset(
    {
        *chain.from_iterable(VARIANTS.values()),
        *(*DEPTHS, CLASSES, ONE_SIDE, TWO_SIDES, ALL, SOME),
        *(*MOMENTUM_STATES, *CLIPS),
    }
)
