"""A document's data from a table: the rows, the names and roles of the columns, and the scaling of inputs."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import LEFT_OUT, Strict, at_most
from app.schemas.tensors import Batch, Targets

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


class Data(Strict):
    """The batch as a table. With `scale` the network's inputs are the columns of `rows.x` scaled by all of these rows:
    `standard` to a mean of 0 and a standard deviation of 1, `minmax` to 0 … 1. Targets are not scaled.
    """

    rows: Rows
    columns: Annotated[list[Column], Field(max_length=limits.MAX_COLUMNS), at_most("MAX_COLUMNS")] | None = None
    scale: Scale = "none"
