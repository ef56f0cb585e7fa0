"""What every part of a document is made of: strict models, finite numbers, bounded lists."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from app import limits
from tinyml.explain import refs

# What a field or a layer may be called.
NAME = re.compile(refs.NAME, re.ASCII)


class Strict(BaseModel):
    """A model that takes nothing but what it names, and no number in disguise: no true for 1, no "0.5" for 0.5."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        # Pydantic would list every unknown field, millions of them if a body brings so many; the first is enough.
        fields = dict.fromkeys(field.alias or name for name, field in cls.model_fields.items())
        if isinstance(data, dict) and not data.keys() <= fields.keys():
            unknown = next(key for key in data if key not in fields)
            message = f"this field is not known here; the fields are {', '.join(fields)}."
            # The key is named only if it looks like a name: anything else would echo the input.
            field = unknown if NAME.fullmatch(unknown) else ""
            raise PydanticCustomError("unknown_field", "{message}", {"message": message, "field": field})
        return data


def at_most(limit: str) -> BeforeValidator:
    """Holds a list's or a text's length, or a whole number, to a named limit, before anything longer is looked at."""
    allowed = getattr(limits, limit)

    def check(value: Any) -> Any:
        asked = len(value) if isinstance(value, list | str) else value
        if isinstance(asked, int) and asked > allowed:
            asked = limits.tellable(asked)
            context = {"limit": limit, "asked": asked, "allowed": allowed, "message": limits.exceeded(limit, asked)}
            raise PydanticCustomError("limit", "{message}", context)
        return value

    return BeforeValidator(check)


Finite = Annotated[float, Field(allow_inf_nan=False)]
Width = Annotated[int, Field(ge=1, le=limits.MAX_WIDTH), at_most("MAX_WIDTH")]
# fail_fast: a list of a million wrong entries is one complaint, not a million.
Row = Annotated[list[Finite], Field(min_length=1, max_length=limits.MAX_WIDTH, fail_fast=True), at_most("MAX_WIDTH")]
Matrix = Annotated[list[Row], Field(min_length=1, max_length=limits.MAX_WIDTH, fail_fast=True), at_most("MAX_WIDTH")]
Batch = Annotated[list[Row], Field(min_length=1, max_length=limits.MAX_BATCH, fail_fast=True), at_most("MAX_BATCH")]
# Each sample's class, counted from 0.
Classes = Annotated[
    list[Annotated[int, Field(ge=0, le=limits.MAX_WIDTH - 1)]],
    Field(min_length=1, max_length=limits.MAX_BATCH, fail_fast=True),
    at_most("MAX_BATCH"),
]


def _rows_or_classes(value: Any) -> str:
    """Which of the two a list of targets is to be, told by its first entry, so that a fault is told once."""
    first = value[0] if isinstance(value, list) and value else None
    return CLASSES if isinstance(first, int) and not isinstance(first, bool) else ROWS


ROWS, CLASSES = "rows of targets", "a list of classes"
Targets = Annotated[
    Annotated[Batch, Tag(ROWS)] | Annotated[Classes, Tag(CLASSES)],
    Discriminator(_rows_or_classes),
]
