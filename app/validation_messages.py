"""Messages for pydantic's errors: what was expected, what kind of value was received, what to try."""

import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from app.kinds import Kind
from app.schemas import schedules
from app.schemas.base import NAME
from app.schemas.document import VARIANT_NAMES, VARIANTS
from app.schemas.known import ASKED_KINDS
from app.schemas.receipts import KINDS
from app.suggestions import instead, suggestion

# More than a reader can use; pydantic's lists stop at their first error anyway.
MAX_MESSAGES = 10
# The tags that pydantic adds to locations to say as which of several kinds a value was validated.
_TAGS = VARIANT_NAMES | KINDS | ASKED_KINDS
_SOURCES = ("body", "query", "path", "header")


@dataclass(frozen=True, slots=True)
class ValidationMessage:
    """One error and its location."""

    where: tuple[str | int, ...]
    detail: str
    status: int = 422
    key: Kind = "field"
    values: Mapping[str, Any] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)


def validation_messages(errors: Sequence[Mapping[str, Any]]) -> list[ValidationMessage]:
    """Turn pydantic's errors into messages."""
    return [_message(error) for error in errors[:MAX_MESSAGES]]


def _message(error: Mapping[str, Any]) -> ValidationMessage:
    kind, context, received = error["type"], error.get("ctx", {}), kind_of(error.get("input"))
    if kind == "json_invalid":
        return ValidationMessage((), "The body is not JSON; send one JSON document in UTF-8.", 400, "not_json")
    where = (*_where(error["loc"]), *_field(kind, context))
    who = _who(where)
    if not where and kind == "missing":
        return ValidationMessage(where, "The body is empty; send one JSON document.", 400, "not_json")
    if not where and isinstance(error.get("input"), bytes):
        return ValidationMessage(
            where, "The body is not sent as JSON; send it with Content-Type: application/json.", 415, "not_json"
        )
    if kind in _NAMES:
        return _unknown_name(kind, context, error.get("input"), where)
    if kind in _EXPECTED:
        expected, remedy = _EXPECTED[kind]
        if kind in _OBJECTS and (meant := suggestion(error.get("input"), _types_at(where))):
            remedy = f'write {{"type": "{meant.name}"}}'
        values = {"expected": _KINDS_EXPECTED[expected]}
        return ValidationMessage(
            where, f"{who}: expected {expected}, got {received}; {remedy}.", key="expected", values=values
        )
    if kind in _SENTENCES:
        of, bound = _KEYS[kind]
        values = {"bound": context[bound]} if bound else {}
        return ValidationMessage(where, f"{who}: {_SENTENCES[kind].format(**context)}.", key=of, values=values)
    # The validators of the service raise a whole sentence; pydantic's rarer kinds name the expectation in their
    # message.
    members = {name: context[name] for name in ("limit", "asked", "allowed") if name in context}
    key: Kind = "limit" if members else context.get("key", "field")
    return ValidationMessage(where, f"{who}: {str(error['msg']).removesuffix('.')}.", key=key, members=members)


def _field(kind: str, context: Mapping[str, Any]) -> tuple[str | int, ...]:
    """The location of the wrong or missing field or entry, if pydantic points at the object or list around it."""
    match kind:
        case "unknown_field" | "misplaced_field":
            return (context["field"],) if context["field"] else ()
        case "unknown_parameter":
            return (context["index"],)
        case "two_batches":
            return ("data",)
        case "union_tag_invalid":
            return ("type",)
        case _:
            return ()


def _unknown_name(
    kind: str, context: Mapping[str, Any], received: Any, where: tuple[str | int, ...]
) -> ValidationMessage:
    """The message for an unknown name, with the one that was probably meant."""
    match kind:
        case "unknown_field":
            what, received, valid = "this field is unknown", context["came"], context["fields"]
            choice = f"the fields are {', '.join(valid)}"
        case "unknown_parameter":
            what, received, valid = "this parameter is unknown", context["came"], context["names"]
            choice = f"the layer has {' and '.join(valid)}"
        case "union_tag_invalid":
            what, received, valid = "the type is unknown", context["tag"], _QUOTED.findall(context["expected_tags"])
            choice = f"expected one of {context['expected_tags']}"
        case _:
            what, valid = "", _QUOTED.findall(context["expected"])
            choice = f"expected {context['expected']}; write exactly that"
    meant = suggestion(received, valid) if len(valid) > 1 else None
    advice = str(meant) if meant else instead(received) if kind == "unknown_field" else None
    detail = "; ".join(part for part in (what, advice, choice) if part)
    if meant and not meant.missing:  # the advice is a question
        detail = detail.replace(f"{advice}; {choice}", f"{advice} {choice[0].upper()}{choice[1:]}")
    members = {"suggestion": meant.name} if meant else {}
    values = {"what": "field" if kind == "unknown_field" else "name"}
    return ValidationMessage(where, f"{_who(where)}: {detail}.", key="unknown", values=values, members=members)


def _types_at(where: Sequence[str | int]) -> Sequence[str]:
    """The valid types of layer, loss or optimizer at a place; none at any other place."""
    parts = [part for part in where if isinstance(part, str)]
    return VARIANTS.get(parts[-1], ()) if parts else ()


_QUOTED = re.compile(r"'([^']*)'")
# The kinds of error about a name, and those about a value that should be an object.
_NAMES = frozenset({"unknown_field", "unknown_parameter", "union_tag_invalid", "literal_error"})
_OBJECTS = frozenset({"model_type", "model_attributes_type"})
# For each of pydantic's kinds of error: what was expected, and what to try.
_FINITE = ("a finite number", "write it as a JSON number such as 0.5")
_WHOLE = ("a whole number", "write it as a JSON number without a point, such as 2")
_EITHER = ("true or false", "write it so, without quotes")
_LIST = ("a list", "write it in square brackets")
_OBJECT = ("an object", "write it in curly brackets")
_EXPECTED = {
    "float_type": _FINITE,
    "float_parsing": _FINITE,
    "finite_number": _FINITE,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _EITHER,
    "bool_parsing": _EITHER,
    "list_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "string_type": ("a string", "write it in quotes"),
}
# The texts for kinds of error whose expectation is in pydantic's context.
_SENTENCES = {
    "missing": "this field is missing; add it",
    "too_long": "takes at most {max_length}, got {actual_length}; send fewer",
    "string_too_long": "takes at most {max_length} characters; shorten it",
    "string_unicode": "expected text in UTF-8; write it without lone surrogates",
    "too_short": "needs at least {min_length}, got {actual_length}; send more",
    "string_pattern_mismatch": "does not have the form {pattern}; use letters, digits and underscores, a letter first",
    "greater_than_equal": "must be at least {ge}; raise it",
    "less_than_equal": "must be at most {le}; lower it",
    "greater_than": "must be more than {gt}; raise it",
    "less_than": "must be less than {lt}; lower it",
    "union_tag_not_found": "the field {discriminator} is missing; it selects the kind",
}


# The same as data: the kind of problem, and the name of its bound in the context.
_KEYS: dict[str, tuple[Kind, str | None]] = {
    "missing": ("missing", None),
    "too_long": ("count", None),
    "string_too_long": ("text", None),
    "string_unicode": ("text", None),
    "too_short": ("count", None),
    "string_pattern_mismatch": ("text", None),
    "greater_than_equal": ("at_least", "ge"),
    "less_than_equal": ("at_most", "le"),
    "greater_than": ("more_than", "gt"),
    "less_than": ("less_than", "lt"),
    "union_tag_not_found": ("missing", None),
}
_KINDS_EXPECTED = {
    _FINITE[0]: "number",
    _WHOLE[0]: "whole",
    _EITHER[0]: "boolean",
    _LIST[0]: "list",
    _OBJECT[0]: "object",
    "a string": "text",
}


def _where(location: Sequence[str | int]) -> tuple[str | int, ...]:
    """The location in the body: without FastAPI's leading "body", and without the tags that choose a variant."""
    parts = location[1:] if location and location[0] in _SOURCES else location
    return tuple(
        part
        for before, part in zip(("", *parts), parts, strict=False)
        # A step is also a part of a position.
        if part not in _TAGS and not (before in schedules.FIELDS and part in schedules.TYPES)
    )


def named(where: Sequence[str | int]) -> list[str | int]:
    """A location up to the first key that is not like a name or `fc_1.w`, since that would echo the input."""
    return list(takewhile(lambda part: isinstance(part, int) or all(map(NAME.fullmatch, part.split(".", 1))), where))


def _who(where: Sequence[str | int]) -> str:
    """A location in readable form: `layers[0].w[1][0]`."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in named(where)).lstrip(".")
    return name or "The body"


def kind_of(value: object) -> str:
    """The kind of a JSON value, without the value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "a string"
        case float() if not math.isfinite(value):
            return "NaN or an infinity"
        case int() if abs(value) > sys.float_info.max:
            return "a number beyond float64"
        case int() | float():
            return "a number"
        case list() | tuple():
            return f"a list of {len(value)}"
        case dict():
            return "an object"
        case _:
            return "something else"
