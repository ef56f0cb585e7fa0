"""Arrays by name in a `.npz` file, as numpy.savez and numpy.load have them, without pickle.

`zipfile` and `numpy.lib.format` read the file. They trust its headers, so these are checked before memory is allocated:
`zip_limits` the directory of the zip file, `npy_header` what an array claims to be. The content of a member is
decompressed once only to count it, then again to keep it.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from math import prod
from zipfile import BadZipFile, ZipFile, ZipInfo

from tinyml.core import Array, FormatError
from tinyml.saving.contents import assembled, check_writable, content_of, item_bytes
from tinyml.saving.limits import CHUNK_BYTES, MAX_INFLATED_BYTES, MAX_NPZ_BYTES
from tinyml.saving.names import fault_of_name
from tinyml.saving.npy_header import MOST_HEADER_BYTES, read_npy_header, write_npy_header
from tinyml.saving.replacing import replacing
from tinyml.saving.source import Source, opened
from tinyml.saving.zip_limits import BROKEN_ZIP, check_end, check_members, damaged

_SUFFIX = ".npy"


def write_npz(path: str | os.PathLike[str], arrays: Mapping[str, Array]) -> None:
    """Write arrays of real numbers by name: the same arrays give the same bytes. Raises FormatError, before anything is
    written, if one could not be read again.
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
                write_npy_header(member, array)
                member.write(content_of(array))


def read_npz(path: str | os.PathLike[str]) -> dict[str, Array]:
    """The arrays of a file by name. Raises FormatError if it is not a `.npz` of real numbers, or is damaged; memory is
    allocated only for numbers that exist.
    """
    with opened(path) as source:
        directory = check_end(source)
        try:
            archive = ZipFile(source.file)
        except BROKEN_ZIP:
            raise damaged(source) from None
        with archive:
            members = archive.infolist()
            check_members(source, members, directory)
            if sum(member.file_size for member in members) > source.size + MAX_INFLATED_BYTES:
                raise source.fault(
                    f"unpacked it is more than {MAX_INFLATED_BYTES:,} bytes larger; save it with numpy.savez, unpacked."
                )
            arrays: dict[str, Array] = {}
            for member in members:
                arrays[_name(source, member, arrays)] = _array(source, archive, member)
            return arrays


def _name(source: Source, member: ZipInfo, taken: Iterable[str]) -> str:
    # Not `filename`, which ends at the first zero byte.
    name = member.orig_filename.removesuffix(_SUFFIX)
    if wrong := fault_of_name(name):
        raise source.fault(f"{wrong}; rename it before saving.")
    if name == member.orig_filename or name in taken:
        raise source.fault(f"'{name}' occurs twice, or is not a {_SUFFIX} member; write it with numpy.savez.")
    return name


def _array(source: Source, archive: ZipFile, member: ZipInfo) -> Array:
    name = member.orig_filename.removesuffix(_SUFFIX)
    header = read_npy_header(source, name, _head(_content(source, archive, member), MOST_HEADER_BYTES))
    claimed = header.start + prod(header.shape) * item_bytes(header.type)
    if claimed != member.file_size:
        raise source.fault(
            f"'{name}' has {member.file_size:,} bytes, but its header claims {claimed:,}; it is damaged, so save it "
            "again."
        )
    for _ in _content(source, archive, member):  # once without keeping it: whether it is all there, and nothing more
        pass
    numbers = _after(_content(source, archive, member), header.start)
    if header.columns_first:
        return assembled(numbers, header.shape[::-1], header.type).T
    return assembled(numbers, header.shape, header.type)


def _content(source: Source, archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """The member's bytes in pieces. Raises FormatError if their number differs from the directory, or their checksum
    differs.
    """
    # zipfile stops silently if a member has more bytes than declared, so it may read one more.
    longer = copy(member)
    longer.file_size += 1
    try:
        file = archive.open(longer)
    except BROKEN_ZIP:
        raise damaged(source) from None
    count = 0
    with file:
        try:
            while piece := file.read(CHUNK_BYTES):
                count += len(piece)
                yield piece
        except (BadZipFile, EOFError, zlib.error):
            count = -1
    if count != member.file_size:
        raise source.fault("the content of a member does not match the zip directory; it is damaged, so save it again.")


def _head(chunks: Iterator[bytes], count: int) -> bytes:
    """The first `count` bytes, or all if there are fewer."""
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
