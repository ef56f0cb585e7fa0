"""What an answer leaves out: each field whose value is the default that its schema has for what is absent."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.schemas.base import Answer


def without_defaults(kind: type[Answer], answer: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an answer of this kind that differ from what their absence means."""
    defaults = _defaults(kind)
    return {name: value for name, value in answer.items() if name not in defaults or value not in defaults[name]}


@cache
def _defaults(kind: type[Answer]) -> dict[str, tuple[Any, ...]]:
    """The value that each field has where it is absent, also in the form of the engine: a list as a tuple."""
    found = {
        name: field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
        if not field.is_required()
    }
    return {name: (value, ()) if value == [] else (value,) for name, value in found.items()}
