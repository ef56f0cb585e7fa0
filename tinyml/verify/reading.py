"""Parses receipts: JSON in which no object has a duplicate key, and every number is finite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NoReturn

from tinyml.verify.errors import ReceiptError

Where = tuple[str | int, ...]


def parse(text: str | bytes) -> object:
    """Return the parsed text. Raises ReceiptError if it is not JSON, or an object has a duplicate key: a parser that
    takes the first value would then read another receipt than one that takes the last.
    """
    doubled: list[Doubled] = []

    def together(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) < len(pairs):
            read = Doubled(read)
            doubled.append(read)
        return read

    try:
        read: object = json.loads(text, object_pairs_hook=together, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ReceiptError("it is nested too deeply to be read.", ()) from error
    except ValueError as error:  # raised for invalid JSON or UTF-8, and for integers with thousands of digits
        raise ReceiptError("it is not JSON; save what POST /api/receipt answers.", ()) from error
    if doubled:
        where = _found(read)
        raise ReceiptError(f"{_place(where)}: the object has a key twice; a key must be unique.", where)
    return read


class Doubled(dict[str, Any]):
    """An object with a duplicate key in the text."""


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _found(read: object) -> Where:
    """Return the place of the first object with a duplicate key, in the order of the text, outer objects first."""
    waiting: list[tuple[Where, object]] = [((), read)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, Doubled):
            return where
        inner: Sequence[tuple[str | int, object]] = ()
        if isinstance(value, dict):
            inner = list(value.items())
        elif isinstance(value, list):
            inner = list(enumerate(value))
        waiting += [((*where, key), part) for key, part in reversed(inner)]
    # The object was replaced by a later one with the same key, so its parent has a duplicate key itself.
    raise AssertionError("a doubled object is in the tree, or its owner is")


def _place(where: Where) -> str:
    """Return a place in readable form. A key that is not a plain name is not echoed, nor is the rest of the path."""
    name = ""
    for part in where:
        if isinstance(part, str) and not (part.isascii() and part.isidentifier()):
            break
        name += f"[{part}]" if isinstance(part, int) else f".{part}"
    return name.lstrip(".") or "The receipt"
