"""A document's data: a set that the engine draws, or the rows of a table with the names and roles of its columns; how
they are divided into mini-batches, and the scaling of inputs.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from app import limits
from app.schemas.base import LEFT_OUT, Finite, SeedNumber, Share, Strict, at_most
from app.schemas.tensors import Batch, Targets
from tinyml.core import Array
from tinyml.data import SETS, Batches, DataSet, draw

Name = Annotated[str, StringConstraints(max_length=limits.MAX_NAME_LENGTH), at_most("MAX_NAME_LENGTH")]
Role = Literal["input", "target", "class", "unused"]
Scale = Literal["none", "standard", "minmax"]


class Rows(Strict):
    """The inputs and targets of each sample, as in the table. A loss without targets needs no `y`."""

    x: Batch
    y: Targets = LEFT_OUT


class Column(Strict):
    """A column of the table. The inputs of a row are its `input` columns in this order; its targets the `target`
    columns, or its class the `class` column, whose `classes` are named in the order in which `y` counts them. An
    `unused` one has no numbers.
    """

    name: Name
    role: Role
    classes: Annotated[list[Name], Field(min_length=1, max_length=limits.MAX_WIDTH), at_most("MAX_WIDTH")] | None = None


# The mini-batch of data that leave it out, if there are so many rows.
USUAL_BATCH = 32
# Those of tinyml.data.SETS.
SetName = Literal[
    "circle", "xor", "gauss", "spiral", "moons", "plane", "gauss_peaks", "sine", "parabola", "digits"
]  # fmt: skip
Samples = Annotated[int, Field(ge=1, le=limits.MAX_SAMPLES), at_most("MAX_SAMPLES")]
# The tags of the two forms of a batch.
ALL, SOME = "all rows", "a number of rows"
BatchSize = Annotated[
    Annotated[int, Field(ge=1, le=limits.MAX_BATCH), at_most("MAX_BATCH"), Tag(SOME)]
    | Annotated[Literal["all"], Tag(ALL)],
    Discriminator(lambda value: ALL if isinstance(value, str) else SOME),
]
# The fields that only some data have.
_OF_SETS, _OF_ROWS = ("samples", "noise"), ("columns",)


class Position(Strict):
    """Where in the training a training step is: its `epoch`, and the `step` within that, both counted from 0. This says
    which mini-batch of the data it takes, and with a schedule the learning rate.
    """

    epoch: Annotated[int, Field(ge=0, le=limits.MAX_EPOCH), at_most("MAX_EPOCH")] = 0
    step: Annotated[int, Field(ge=0)] = 0


class Data(Strict):
    """The data, from which each training step takes a mini-batch: exactly one of `set` and `rows`. A set is drawn by
    the engine from `seed`: `samples` points, blurred by `noise`.

    A mini-batch has `batch` rows, the last one of an epoch those that remain; left out, it is 32 of a set, or all rows
    if there are fewer, and all of `rows`. With the order `shuffled`, the usual one of sets, `seed` draws which rows are
    held out, a share of `held_out`, and the order of each epoch; `given`, the usual one of `rows`, keeps the order and
    holds the last rows out. What is held out is never trained on.

    With `scale` the network's inputs are the columns scaled by all rows that are trained on: `standard` to a mean of 0
    and a standard deviation of 1, `minmax` to 0 … 1. Targets are not scaled.
    """

    # What can be chosen of a set or of rows.
    SETTINGS: ClassVar = ("samples", "noise", "seed", "batch", "order", "held_out", "scale")

    set: SetName | None = LEFT_OUT
    samples: Samples | None = LEFT_OUT
    noise: Annotated[Finite, Field(ge=0, le=10)] | None = LEFT_OUT
    rows: Rows | None = LEFT_OUT
    columns: Annotated[list[Column], Field(max_length=limits.MAX_COLUMNS), at_most("MAX_COLUMNS")] | None = None
    seed: SeedNumber | None = LEFT_OUT
    batch: BatchSize | None = Field(default_factory=lambda: None, examples=[USUAL_BATCH, "all"])
    order: Literal["shuffled", "given"] | None = LEFT_OUT
    held_out: Share | None = LEFT_OUT
    scale: Scale = "none"

    @model_validator(mode="after")
    def _of_one_kind(self) -> "Data":
        if (self.set is None) == (self.rows is None):
            raise PydanticCustomError(
                "data_kinds", "expected exactly one of set and rows; write one of them", {"key": "data_kinds"}
            )
        kind, foreign = ("a set", _OF_ROWS) if self.set else ("rows", _OF_SETS)
        if self.set == "digits":
            kind, foreign = "the digits", (*foreign, "noise")
        for name in foreign:
            if getattr(self, name) is not None:
                sentence = f"{kind} have no {name}" if kind != "a set" else f"a set has no {name}"
                context = {"field": name, "sentence": f"{sentence}; leave it out", "key": "misplaced"}
                raise PydanticCustomError("misplaced_field", "{sentence}", context)
        return self

    @property
    def moves(self) -> bool:
        """Whether each training step takes the next mini-batch. Rows that do not say how they are divided are one
        batch, which every step takes.
        """
        given = (self.batch, self.order, self.held_out, self.seed)
        return self.rows is None or any(field is not None for field in given)

    @property
    def count(self) -> int:
        """The number of rows."""
        if self.rows is not None:
            return len(self.rows.x)
        return self.chosen.samples if self.samples is None else self.samples

    @property
    def chosen(self) -> DataSet:
        """The set, of data that are drawn."""
        return SETS[str(self.set)]

    @property
    def batches(self) -> Batches:
        """How the rows are divided into mini-batches. Raises BatchError if they cannot be."""
        count, held_out = self.count, self.held_out or 0.0
        if not self.moves:
            return Batches(count, "all", "given")
        batch = self.batch
        if batch is None:
            batch = "all" if self.rows else max(min(USUAL_BATCH, count - round(count * held_out)), 1)
        return Batches(count, batch, self.order or ("given" if self.rows else "shuffled"), held_out, self.seed or 0)

    def drawn(self) -> tuple[Array, Array]:
        """The inputs and targets of a set: all rows. Raises ImportError for the digits if they are missing."""
        return draw(str(self.set), self.count, self.noise or 0.0, self.seed or 0)

    def mini_batch(self, position: Position, classes: bool) -> Rows:
        """The rows of a mini-batch; those of a set have two classes as `classes` or as the numbers 0 and 1."""
        numbers = self.batches.rows(position.epoch, position.step)
        if self.rows is not None:
            x: Any = [self.rows.x[n] for n in numbers.tolist()]
            y: Any = [self.rows.y[n] for n in numbers.tolist()] if self.rows.y else None
            return Rows.model_construct(x=x, y=y)
        drawn, targets = (array[numbers] for array in self.drawn())
        if classes and self.chosen.classes:
            targets = targets.reshape(-1).astype(int)
        return Rows.model_construct(x=drawn.tolist(), y=targets.tolist())

    def settings(self) -> dict[str, Any]:
        """What a document has beside the rows, written out."""
        described = self.model_dump(exclude={"rows"}, exclude_none=True)
        if not self.moves:
            return described
        batches = self.batches
        written: dict[str, Any] = (
            {"samples": self.count, "noise": self.noise or 0.0, "seed": self.seed or 0} if self.set else {}
        )
        if self.set == "digits":
            del written["noise"]
        batch = batches.batch if self.batch is None and not self.rows else self.batch or "all"
        written |= {"seed": batches.seed, "batch": batch, "order": batches.order, "held_out": self.held_out or 0.0}
        # In the order of the fields.
        return {
            name: value for name in type(self).model_fields if (value := (described | written).get(name)) is not None
        }
