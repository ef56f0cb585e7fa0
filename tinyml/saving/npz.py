"""Arrays by name in a `.npz` file, as numpy.savez and numpy.load have them, without pickle."""

import os
from collections.abc import Iterator, Mapping
from math import prod
from zipfile import ZipFile, ZipInfo

from tinyml.core import Array, FormatError
from tinyml.saving.contents import assembled, check_writable, content_of, item_bytes
from tinyml.saving.limits import MAX_INFLATED_BYTES, MAX_NPY_HEADER_BYTES, MAX_NPZ_BYTES
from tinyml.saving.names import fault_of_name
from tinyml.saving.npy import npy_header, parse_npy_header
from tinyml.saving.replacing import replacing
from tinyml.saving.source import Source, opened
from tinyml.saving.zip_content import content
from tinyml.saving.zip_directory import Member, members

_SUFFIX = ".npy"


def write_npz(path: str | os.PathLike[str], arrays: Mapping[str, Array]) -> None:
    """Write arrays of real numbers by name: the same arrays give the same bytes. FormatError, before anything is
    written, where one could not be read again.
    """
    who = os.fspath(path)
    check_writable(who, arrays)
    if (total := sum(array.nbytes for array in arrays.values())) > MAX_NPZ_BYTES:
        raise FormatError(
            f"{who}: a .npz takes {MAX_NPZ_BYTES:,} bytes, but the arrays have {total:,}; use a .safetensors file."
        )
    with replacing(path) as file, ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            # ZipInfo's own date, of 1980: the time of writing would make every file another one.
            with archive.open(ZipInfo(name + _SUFFIX), "w") as member:
                member.write(npy_header(array))
                member.write(content_of(array))


def read_npz(path: str | os.PathLike[str]) -> dict[str, Array]:
    """The arrays of a file by name. FormatError where it is not a `.npz` of real numbers, or is damaged; memory is only
    taken for numbers that are there.
    """
    with opened(path) as source:
        found = members(source)
        if sum(member.size for member in found) > source.size + MAX_INFLATED_BYTES:
            raise source.fault(
                f"unpacked it is more than {MAX_INFLATED_BYTES:,} bytes larger; save it with numpy.savez, unpacked."
            )
        arrays: dict[str, Array] = {}
        for member in found:
            name = member.name.removesuffix(_SUFFIX)
            if wrong := fault_of_name(name):
                raise source.fault(f"{wrong}; rename it before saving.")
            if name == member.name or name in arrays:
                raise source.fault(f"'{name}' is there twice, or not as a {_SUFFIX} member; write it with numpy.savez.")
            arrays[name] = _array(source, name, member)
        return arrays


def _array(source: Source, name: str, member: Member) -> Array:
    header = parse_npy_header(source, name, _head(content(source, member), MAX_NPY_HEADER_BYTES + 12))
    claimed = header.start + prod(header.shape) * item_bytes(header.type)
    if claimed != member.size:
        raise source.fault(
            f"'{name}' has {member.size:,} bytes, but its header claims {claimed:,}; it is damaged, so save it again."
        )
    for _ in content(source, member):  # once without keeping it: whether it is all there, and nothing more
        pass
    numbers = _after(content(source, member), header.start)
    if header.columns_first:
        return assembled(numbers, header.shape[::-1], header.type).T
    return assembled(numbers, header.shape, header.type)


def _head(chunks: Iterator[bytes], count: int) -> bytes:
    """The first `count` bytes, or all where there are fewer."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= count:
            break
    return head[:count]


def _after(chunks: Iterator[bytes], count: int) -> Iterator[bytes]:
    """What comes after the first `count` bytes."""
    for chunk in chunks:
        yield chunk[count:]
        count = max(0, count - len(chunk))
