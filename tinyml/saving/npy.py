"""The header of an array in a .npz: numpy's format, versions 1 to 3."""

import re
from typing import NamedTuple

from tinyml.core import Array
from tinyml.saving.contents import TYPES, fault_of_shape, type_of
from tinyml.saving.limits import MAX_NPY_HEADER_BYTES
from tinyml.saving.source import Source

MAGIC = b"\x93NUMPY"
ALIGNED = 64  # the numbers begin at a multiple of this, as numpy writes them

# The header is written as a Python dictionary, but nothing of it is evaluated: only these three entries, in any order.
_SIZE = r"(?:0|[1-9][0-9]{0,17})"
_SHAPE = rf"\(\s*(?:{_SIZE}\s*,\s*(?:{_SIZE}\s*,\s*)*(?:{_SIZE}\s*)?)?\)"
_ENTRY = rf"['\"](descr|fortran_order|shape)['\"]\s*:\s*('[^']*'|\"[^\"]*\"|True|False|{_SHAPE})"
_HEADER = re.compile(rf"\{{\s*{_ENTRY}\s*,\s*{_ENTRY}\s*,\s*{_ENTRY}(?:\s*,)?\s*\}}\s*", re.ASCII)


class NpyHeader(NamedTuple):
    """What a header says of the array after it, which begins at byte `start`."""

    type: str
    columns_first: bool
    shape: tuple[int, ...]
    start: int


def npy_header(array: Array) -> bytes:
    """The header to write before the array's content."""
    text = f"{{'descr': '{type_of(array)}', 'fortran_order': False, 'shape': {array.shape}, }}"
    unpadded = len(MAGIC) + 4 + len(text) + 1
    line = text + " " * (-unpadded % ALIGNED) + "\n"
    return MAGIC + bytes((1, 0)) + len(line).to_bytes(2, "little") + line.encode("ascii")


def parse_npy_header(source: Source, name: str, head: bytes) -> NpyHeader:
    """Read the header of array `name` from the first bytes of its member."""
    if head[:6] != MAGIC or head[6:8] not in {b"\1\0", b"\2\0", b"\3\0"}:
        raise source.fault(f"'{name}' does not begin as an array of numpy does; write it with numpy.savez.")
    length_bytes = 2 if head[6] == 1 else 4
    start = 8 + length_bytes
    length = int.from_bytes(head[8:start], "little")
    if length > MAX_NPY_HEADER_BYTES:
        raise source.fault(
            f"'{name}' has a header of {length:,} bytes, and at most {MAX_NPY_HEADER_BYTES:,} are read; "
            f"save plain arrays of numbers."
        )
    if len(head) < start + length:
        raise source.fault(f"'{name}' ends within its header; the file is damaged, so save it again.")
    found = _HEADER.fullmatch(head[start : start + length].decode("latin-1"))
    entries = dict(zip(found.groups()[::2], found.groups()[1::2], strict=True)) if found else {}
    try:
        type, order, shape = entries["descr"], entries["fortran_order"], entries["shape"]
        columns_first = {"True": True, "False": False}[order]
        sizes = tuple(int(size) for size in shape.strip("()").replace(",", " ").split())
    except (KeyError, ValueError):  # an entry that is missing, or is another one's kind of value
        raise source.fault(
            f"'{name}' has no plain header of type, order and shape; save arrays of numbers, not objects or records."
        ) from None
    if type[1:-1] not in TYPES.values():
        raise source.fault(
            f"'{name}' must hold real numbers, lowest byte first, of the types {', '.join(TYPES.values())}, and no "
            f"others are read; convert it with astype before saving."
        )
    if wrong := fault_of_shape(sizes, type[1:-1]):
        raise source.fault(f"'{name}' {wrong}; the file is damaged, so save it again.")
    return NpyHeader(type[1:-1], columns_first, sizes, start + length)
