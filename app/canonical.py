"""Canonical JSON of a document, whose SHA-256 is the document's hash: `json.dumps` of Python with sorted keys, no
spaces and no escapes beyond those of JSON, in UTF-8.

orjson is twenty times as fast; only the numbers that Python writes with an exponent are written by Python.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

from tinyml.core import Array, Backend

_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_SORT_KEYS
# Python writes numbers below the first and from the second on with an exponent; orjson uses other bounds or another
# form.
_SMALL, _LARGE = 1e-4, 1e16
# Arrays with up to this many numbers are written as a list.
_FEW = 64
_HOLE = re.compile(rb"\0(\d+)\0")


def canonical(document: Any) -> bytes:
    """The canonical JSON of a document, whose arrays may be arrays of the engine."""
    return orjson.dumps(_writable(document), option=_OPTIONS)


def digest(content: bytes) -> str:
    """The hash of a document by its canonical JSON."""
    return sha256(content).hexdigest()


def numbers(value: Any) -> bytes:
    """The canonical JSON of a number, or of an array of them."""
    array = Backend.asarray(value)
    if array.size > _FEW:
        return orjson.dumps(_writable_array(array), option=_OPTIONS)
    values = array.tolist()
    content = orjson.dumps(values)
    # If no number can be one that Python writes differently, the usual case.
    return content if b"e" not in content and b"0.0000" not in content else _as_python(values)


def _writable(value: Any) -> Any:
    match value:
        case float():
            return value if value == 0 or _SMALL <= abs(value) < _LARGE else orjson.Fragment(repr(value))
        case Mapping():
            return {name: _writable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_writable(inner) for inner in value]
        case Backend.ndarray():
            return _writable_array(value)
    return value


def _writable_array(array: Array) -> Any:
    if array.size <= _FEW:
        # Written at once: searching an array for such numbers takes several times as long.
        return orjson.Fragment(numbers(array))
    sizes = Backend.abs(array)
    odd = Backend.argwhere(((sizes < _SMALL) & (sizes > 0)) | (sizes >= _LARGE))
    if not len(odd):
        return array if array.flags.c_contiguous else array.copy()
    values = array.tolist()
    if len(odd) > array.size // 4:
        return orjson.Fragment(_as_python(values))
    for *outer, last in odd.tolist():
        row = values
        for i in outer:
            row = row[i]
        row[last] = orjson.Fragment(repr(row[last]))
    return values


def _as_python(values: Any) -> bytes:
    """Numbers in nested lists, as Python's json writes them, without spaces."""
    return repr(values).replace(" ", "").encode()


def hole(number: int) -> orjson.Fragment:
    """A placeholder for the part of a document that an `Outline` fills in."""
    return orjson.Fragment(b"\0%d\0" % number)  # no JSON text holds a NUL


class Outline:
    """A document template, written once and filled many times; `size` is its length without the filled parts."""

    def __init__(self, document: Mapping[str, Any], *, sort: bool) -> None:
        options = _OPTIONS if sort else orjson.OPT_SERIALIZE_NUMPY
        # The constant parts, with the number of a placeholder between each two.
        parts = _HOLE.split(orjson.dumps(_writable(document), option=options))
        self._parts = parts
        self._holes = [int(part) for part in parts[1::2]]
        self.size = sum(map(len, parts[::2]))

    def filled(self, values: Sequence[bytes]) -> bytes:
        """The document as JSON, with the values filled in."""
        parts = self._parts
        parts[1::2] = [values[number] for number in self._holes]
        return b"".join(parts)
