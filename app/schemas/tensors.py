"""Numbers in nested lists of one to four axes, as in documents."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from app import limits
from app.schemas.base import Finite, NotNegative, at_most

# fail_fast: a list of a million wrong entries is one complaint, not a million.
_AXIS = Field(min_length=1, max_length=limits.MAX_WIDTH, fail_fast=True)
_SAMPLES = Field(min_length=1, max_length=limits.MAX_BATCH, fail_fast=True)

Row = Annotated[list[Finite], _AXIS, at_most("MAX_WIDTH")]
NotNegativeRow = Annotated[list[NotNegative], _AXIS, at_most("MAX_WIDTH")]
Matrix = Annotated[list[Row], _AXIS, at_most("MAX_WIDTH")]
Image = Annotated[list[Matrix], _AXIS, at_most("MAX_WIDTH")]
Filters = Annotated[list[Image], _AXIS, at_most("MAX_WIDTH")]
# The first entries of a list show which of several depths it has, so that an error is reported once, for one of them.
DEPTHS = ("no axes", "one axis", "two axes", "three axes", "four axes")
CLASSES = "a list of classes"


def depth(value: Any) -> int:
    """How deep the first number is in nested lists; 5 means more than 4."""
    axes = 0
    while isinstance(value, list) and axes < len(DEPTHS):
        axes += 1
        value = value[0] if value else None
    return axes


def _deep(least: int, most: int) -> Callable[[Any], str]:
    """Return a function that gives the tag of a value's depth, or of the nearest valid one."""
    return lambda value: DEPTHS[min(max(depth(value), least), most)]


def _targets(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else None
    return CLASSES if isinstance(first, int) and not isinstance(first, bool) else DEPTHS[min(max(depth(value), 2), 4)]


# One sample, or a parameter with a number for each of a sample's: of one axis, or an image of three.
Sample = Annotated[
    Annotated[Row, Tag(DEPTHS[1])] | Annotated[Matrix, Tag(DEPTHS[2])] | Annotated[Image, Tag(DEPTHS[3])],
    Discriminator(_deep(1, 3)),
]
# The optimizer state of a parameter, which has up to four axes.
Tensor = Annotated[
    Annotated[Row, Tag(DEPTHS[1])]
    | Annotated[Matrix, Tag(DEPTHS[2])]
    | Annotated[Image, Tag(DEPTHS[3])]
    | Annotated[Filters, Tag(DEPTHS[4])],
    Discriminator(_deep(1, 4)),
]
_Rows = Annotated[list[Row], _SAMPLES, at_most("MAX_BATCH"), Tag(DEPTHS[2])]
_Grids = Annotated[list[Matrix], _SAMPLES, at_most("MAX_BATCH"), Tag(DEPTHS[3])]
_Images = Annotated[list[Image], _SAMPLES, at_most("MAX_BATCH"), Tag(DEPTHS[4])]
Batch = Annotated[_Rows | _Grids | _Images, Discriminator(_deep(2, 4))]
# Each sample's class, counted from 0.
Classes = Annotated[
    list[Annotated[int, Field(ge=0, le=limits.MAX_WIDTH - 1)]],
    _SAMPLES,
    at_most("MAX_BATCH"),
    Tag(CLASSES),
]
Targets = Annotated[_Rows | _Grids | _Images | Classes, Discriminator(_targets)]
