"""What both formats can contain: number types and sizes of arrays."""

import sys
from collections.abc import Iterable, Mapping
from math import prod

from tinyml.core import Array, Backend, FormatError
from tinyml.saving.limits import MAX_ARRAYS, MAX_DIMENSIONS
from tinyml.saving.names import fault_of_name

# The types by their names in safetensors, with those in .npy: real numbers, lowest byte first.
TYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "|i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "|u1",
}


def item_bytes(type: str) -> int:
    """How many bytes one number of a type takes: the last digit of its .npy name."""
    return int(type[-1])


def type_of(array: Array) -> str:
    """An array's type by its .npy name, in the byte order of files; it need not be one of TYPES."""
    return str(array.dtype.newbyteorder("<").str)


def content_of(array: Array) -> bytes:
    """The array's numbers as in files: little-endian, in C order."""
    return array.astype(type_of(array), copy=False).tobytes()


def check_writable(path: str, arrays: Mapping[str, Array]) -> None:
    """Raise a FormatError if the arrays could not be read again."""
    if len(arrays) > MAX_ARRAYS:
        raise FormatError(f"{path}: a file holds at most {MAX_ARRAYS:,} arrays, got {len(arrays):,}; use several.")
    for name, array in arrays.items():
        if wrong := fault_of_name(name):
            raise FormatError(f"{path}: {wrong}; rename it.")
        if type_of(array) not in TYPES.values():
            raise FormatError(
                f"{path}: '{name}' must hold real numbers ({', '.join(TYPES)}), but has the type {array.dtype}; "
                f"convert it with astype."
            )
        if array.ndim > MAX_DIMENSIONS:
            raise FormatError(
                f"{path}: '{name}' has {array.ndim} dimensions, and at most {MAX_DIMENSIONS} are written; reshape it."
            )


def fault_of_shape(shape: tuple[int, ...], type: str) -> str | None:
    """Why no array can have this shape, or None."""
    if len(shape) > MAX_DIMENSIONS:
        return f"has {len(shape):,} dimensions, and at most {MAX_DIMENSIONS} are read"
    # An array without numbers takes no memory, but its other sizes must not overflow either.
    if prod(max(size, 1) for size in shape) * item_bytes(type) > sys.maxsize:
        return "claims more numbers than any memory has"
    return None


def assembled(chunks: Iterable[bytes], shape: tuple[int, ...], type: str) -> Array:
    """The array from its content in pieces. The caller has checked that they are complete."""
    content = bytearray(prod(shape) * item_bytes(type))
    at = 0
    for chunk in chunks:
        content[at : at + len(chunk)] = chunk
        at += len(chunk)
    if not content:
        return Backend.zeros(shape, dtype=type)
    return Backend.frombuffer(content, dtype=type).reshape(shape)
