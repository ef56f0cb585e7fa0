"""Arrays by name in a `.safetensors` file: eight bytes with the header's length, a JSON header, the numbers."""

import json
import os
from collections.abc import Mapping
from math import prod
from typing import NamedTuple

from tinyml.core import Array, FormatError
from tinyml.saving.contents import TYPES, assembled, check_writable, content_of, fault_of_shape, item_bytes, type_of
from tinyml.saving.limits import MAX_ARRAYS, MAX_CONTENTS_BYTES
from tinyml.saving.names import fault_of_name
from tinyml.saving.replacing import replacing
from tinyml.saving.source import Source, opened

_LENGTH_BYTES = 8
_METADATA = "__metadata__"
_NAMES = {type: name for name, type in TYPES.items()}


class _Entry(NamedTuple):
    """An array as the header describes it, from byte `begin` to `end` after the header."""

    begin: int
    end: int
    name: str
    type: str
    shape: tuple[int, ...]


def write_safetensors(path: str | os.PathLike[str], arrays: Mapping[str, Array]) -> None:
    """Write arrays of real numbers by name: the same arrays give the same bytes. Raises FormatError, before anything is
    written, if one could not be read again.
    """
    who = os.fspath(path)
    check_writable(who, arrays)
    # The widest numbers first, as the format's own library has them, so that each begins at a multiple of its size.
    ordered = sorted(arrays.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))
    header, begin = {}, 0
    for name, array in ordered:
        end = begin + array.nbytes
        header[name] = {"dtype": _NAMES[type_of(array)], "shape": array.shape, "data_offsets": (begin, end)}
        begin = end
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % _LENGTH_BYTES)
    if len(text) > MAX_CONTENTS_BYTES:
        raise FormatError(
            f"{who}: its header would have {len(text):,} bytes, and at most {MAX_CONTENTS_BYTES:,} are written; "
            f"use shorter names, or several files."
        )
    with replacing(path) as file:
        file.write(len(text).to_bytes(_LENGTH_BYTES, "little") + text)
        for _, array in ordered:
            file.write(content_of(array))


def read_safetensors(path: str | os.PathLike[str]) -> dict[str, Array]:
    """The arrays of a file by name. Raises FormatError if it does not contain real numbers, or is damaged; memory is
    allocated only for numbers that exist. BF16, F8 and BOOL are not read: numpy has no such types.
    """
    with opened(path) as source:
        length = int.from_bytes(source.read(0, _LENGTH_BYTES), "little")
        if length > MAX_CONTENTS_BYTES:
            raise source.fault(
                f"its header claims {length:,} bytes, and at most {MAX_CONTENTS_BYTES:,} are read; is it another kind "
                "of file?"
            )
        header = _header(source, source.read(_LENGTH_BYTES, length))
        entries = sorted(_entry(source, name, description) for name, description in header.items() if name != _METADATA)
        start = _LENGTH_BYTES + length
        _check_places(source, entries, source.size - start)
        return {
            entry.name: assembled(source.chunks(start + entry.begin, entry.end - entry.begin), entry.shape, entry.type)
            for entry in entries
        }


def _header(source: Source, text: bytes) -> dict[str, object]:
    """The header's JSON; every name occurs once."""
    try:
        header = json.loads(text.decode(), object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except (ValueError, RecursionError):  # ValueError is also that of a wrong encoding and of too long a number
        header = None
    if not isinstance(header, dict) or not text.startswith(b"{"):
        raise source.fault("its header is not JSON as safetensors defines it; it is damaged or another kind of file.")
    notes = header.get(_METADATA, {})
    if not isinstance(notes, dict) or not all(isinstance(note, str) for note in notes.values()):
        raise source.fault(f"{_METADATA} must map names to strings; it is damaged, so save it again.")
    if len(header) > MAX_ARRAYS + 1:
        raise source.fault(f"it claims {len(header):,} arrays, and at most {MAX_ARRAYS:,} are read; use several files.")
    return header


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object without duplicate names, which readers would interpret differently."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _entry(source: Source, name: str, description: object) -> _Entry:
    if wrong := fault_of_name(name):
        raise source.fault(f"{wrong}; rename it before saving.")
    match description:
        case {"dtype": str(type), "shape": list(shape), "data_offsets": [begin, end], **others} if not others and all(
            _is_count(number) for number in (*shape, begin, end)
        ):
            pass
        case _:
            raise source.fault(
                f"'{name}' must have a dtype, a shape and two data_offsets, and nothing else; save the file again."
            )
    if type not in TYPES:
        raise source.fault(f"'{name}' must have one of the types {', '.join(TYPES)}; convert it before saving.")
    entry = _Entry(begin, end, name, TYPES[type], tuple(shape))
    if wrong := fault_of_shape(entry.shape, entry.type):
        raise source.fault(f"'{name}' {wrong}; the file is damaged, so save it again.")
    return entry


def _is_count(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def _check_places(source: Source, entries: list[_Entry], size: int) -> None:
    """Check that arrays follow each other without gaps, have the size of their shape, and end with the file."""
    free = 0
    for entry in entries:
        claimed = prod(entry.shape) * item_bytes(entry.type)
        if entry.begin != free or entry.end - entry.begin != claimed:
            raise source.fault(
                f"'{entry.name}' claims {claimed:,} bytes from {free:,} on, but its place is {entry.begin:,} to "
                f"{entry.end:,}; the file is damaged, so save it again."
            )
        free = entry.end
    if free != size:
        raise source.fault(
            f"its arrays claim {free:,} bytes, but {size:,} follow the header; it was cut short or damaged, "
            f"so save it again."
        )
