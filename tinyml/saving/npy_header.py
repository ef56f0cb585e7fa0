"""The header of an array in a `.npz`, written and read by `numpy.lib.format`, and read within limits."""

from __future__ import annotations

import warnings
from io import BytesIO
from tokenize import TokenError
from typing import IO, Any, NamedTuple

from numpy.lib import format as numpy_format

from tinyml.core import Array
from tinyml.saving.contents import TYPES, fault_of_shape, type_of
from tinyml.saving.limits import MAX_NPY_HEADER_BYTES
from tinyml.saving.source import Source

# The longest beginning of a member that is looked at: the mark and the version, the header's length, the header.
MOST_HEADER_BYTES = numpy_format.MAGIC_LEN + 4 + MAX_NPY_HEADER_BYTES

_KEYS = (b"descr", b"fortran_order", b"shape")
# What numpy, and the parser of Python's literals under it, raise for a text that is not a header.
_NO_HEADER = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TokenError,
    TypeError,
    ValueError,
)


class NpyHeader(NamedTuple):
    """What a header says of the array after it, which begins at byte `start`."""

    type: str
    columns_first: bool
    shape: tuple[int, ...]
    start: int


def write_npy_header(file: IO[bytes], array: Array) -> None:
    """Write the header that goes before the array's content."""
    header = {"descr": type_of(array), "fortran_order": False, "shape": array.shape}
    numpy_format.write_array_header_1_0(file, header)


def read_npy_header(source: Source, name: str, head: bytes) -> NpyHeader:
    """Read the header of array `name` from the first bytes of its member."""
    magic, version = head[: numpy_format.MAGIC_LEN - 2], head[numpy_format.MAGIC_LEN - 2 : numpy_format.MAGIC_LEN]
    if magic != numpy_format.MAGIC_PREFIX or version not in {b"\1\0", b"\2\0", b"\3\0"}:
        raise source.fault(f"'{name}' does not begin with numpy's header; write it with numpy.savez.")
    start = numpy_format.MAGIC_LEN + (2 if version == b"\1\0" else 4)
    length = int.from_bytes(head[numpy_format.MAGIC_LEN : start], "little")
    if length > MAX_NPY_HEADER_BYTES:
        raise source.fault(
            f"'{name}' has a header of {length:,} bytes, and at most {MAX_NPY_HEADER_BYTES:,} are read; "
            f"save plain arrays of numbers."
        )
    if len(head) < start + length:
        raise source.fault(f"'{name}' ends within its header; the file is damaged, so save it again.")
    shape, columns_first, dtype = _parsed(source, name, head[: start + length])
    if dtype.str not in TYPES.values():
        raise source.fault(
            f"'{name}' must hold real numbers, lowest byte first, of the types {', '.join(TYPES.values())}, and no "
            f"others are read; convert it with astype before saving."
        )
    if wrong := fault_of_shape(shape, dtype.str):
        raise source.fault(f"'{name}' {wrong}; the file is damaged, so save it again.")
    return NpyHeader(dtype.str, columns_first, shape, start + length)


def _parsed(source: Source, name: str, header: bytes) -> tuple[tuple[int, ...], bool, Any]:
    """Shape, order and dtype, as numpy reads them. The text is a Python literal, which is parsed and not evaluated."""
    file = BytesIO(header)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # A version 3 differs from 2 only in signs outside ASCII, of which a plain header has none.
            read = (
                numpy_format.read_array_header_1_0
                if numpy_format.read_magic(file) == (1, 0)
                else numpy_format.read_array_header_2_0
            )
            shape, columns_first, dtype = read(file, max_header_size=MAX_NPY_HEADER_BYTES)
    except _NO_HEADER:
        plain = False
    else:
        whole = all(type(size) is int and size >= 0 for size in shape)
        # A key that is there twice has two values, and programs differ in which they take.
        once = all(header.count(key) == 1 for key in _KEYS)
        plain = whole and once and dtype.names is None and dtype.subdtype is None
    if not plain:
        raise source.fault(
            f"'{name}' has no plain header of type, order and shape; save arrays of numbers, not objects or records."
        )
    return shape, columns_first, dtype
