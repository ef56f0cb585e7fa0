"""The base of every part of a document: strict models, finite numbers, bounded lists."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app import limits
from app.suggestions import MAX_NAME
from tinyml.explain import refs

# The names that a field or a layer may have.
NAME = re.compile(refs.NAME, re.ASCII)


class Strict(BaseModel):
    """A strict model: it rejects unknown fields and values of another type, such as true for 1 or "0.5" for 0.5.

    The validator of a part is built with that of the whole; its own only if it is used alone (`building`).
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        # Pydantic would list every unknown field, and a body may have millions; the first is enough.
        fields = dict.fromkeys(field.alias or name for name, field in cls.model_fields.items())
        if isinstance(data, dict) and not data.keys() <= fields.keys():
            unknown = next(key for key in data if key not in fields)
            # The key is named only if it looks like a name: anything else would echo the input.
            context = {
                "field": unknown if NAME.fullmatch(unknown) else "",
                "fields": list(fields),
                "came": short(unknown),
            }
            raise PydanticCustomError("unknown_field", "unknown field", context)
        return data


def building() -> Iterator[None]:
    """Build what models need to be used alone, and have not, one in each step, which takes up to 5 ms. The first use
    would do it otherwise, and requests would wait for it.
    """
    kinds = Strict.__subclasses__()
    for kind in kinds:
        kinds += kind.__subclasses__()
        if not kind.__pydantic_complete__:
            kind.model_rebuild()
            yield


def fields_of(value: Any) -> Any:
    """The fields of a part of a document, as JSON or as a model; none of anything else."""
    if isinstance(value, BaseModel):
        return value.model_fields_set
    return value if isinstance(value, dict) else ()


class Answer(BaseModel):
    """An answer has exactly the declared fields.

    Its serializer is built when the OpenAPI schema is requested: the service writes answers without it.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)


def absent(value: Any) -> Any:
    """The default of a field that an answer omits if it has this value. It is not a `default` in the schema, because
    types generated from a `default` would say that the field is always present.
    """
    return Field(default_factory=lambda: copy(value))


def without_defaults(kind: type[Answer], answer: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an answer of this kind, without those that have the value that their absence means."""
    defaults = _defaults(kind)
    return {name: value for name, value in answer.items() if name not in defaults or value not in defaults[name]}


@cache
def _defaults(kind: type[Answer]) -> dict[str, tuple[Any, ...]]:
    """The value of each field if it is absent, also in the engine's form: a list as a tuple."""
    found = {
        name: field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
        if not field.is_required()
    }
    return {name: (value, ()) if value == [] else (value,) for name, value in found.items()}


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


# A field that is left out is None. The types say otherwise, since a document may not have null there.
LEFT_OUT: Any = Field(default=None, json_schema_extra=_without_default)


def short(name: str) -> str:
    """The beginning of a name, for a comparison with the known ones; the value may be of any length, and need not be
    text.
    """
    return name[: MAX_NAME + 1].encode("ascii", "replace").decode()


def at_most(limit: str) -> BeforeValidator:
    """Checks a length (of a list, an object, a text) or a whole number against a named limit, before the contents are
    read.
    """
    allowed = getattr(limits, limit)

    def check(value: Any) -> Any:
        asked = len(value) if isinstance(value, list | dict | str) else value
        if isinstance(asked, int) and asked > allowed:
            asked = limits.capped(asked)
            context = {"limit": limit, "asked": asked, "allowed": allowed, "message": limits.exceeded(limit, asked)}
            raise PydanticCustomError("limit", "{message}", context)
        return value

    return BeforeValidator(check)


def _digest(value: Any) -> Any:
    if isinstance(value, str) and not _DIGEST.fullmatch(value):
        message = "does not have the form of a SHA-256, 64 hexadecimal digits in small letters; copy it from an answer"
        raise PydanticCustomError("digest", message)
    return value


_DIGEST = re.compile("[0-9a-f]{64}")
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$"), BeforeValidator(_digest)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
NotNegative = Annotated[Finite, Field(ge=0)]
Positive = Annotated[Finite, Field(gt=0)]
# What each step keeps of the context: all of it would keep the first step in memory.
Share = Annotated[Finite, Field(ge=0, lt=1)]
Width = Annotated[int, Field(ge=1, le=limits.MAX_WIDTH), at_most("MAX_WIDTH")]
# The rows or columns of a window, and the distance between windows, or between the numbers within one.
Window = Annotated[int, Field(ge=1, le=limits.MAX_WINDOW), at_most("MAX_WINDOW")]
Stride = Annotated[int, Field(ge=1, le=limits.MAX_STRIDE), at_most("MAX_STRIDE")]
Padding = Annotated[int, Field(ge=0, le=limits.MAX_PADDING), at_most("MAX_PADDING")]
SeedNumber = Annotated[int, Field(ge=0, le=limits.MAX_SEED), at_most("MAX_SEED")]
Passes = Annotated[int, Field(ge=0, le=limits.MAX_PASSES), at_most("MAX_PASSES")]
