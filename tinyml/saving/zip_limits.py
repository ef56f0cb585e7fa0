"""Checks of a zip file's directory before `zipfile` reads it, and of its entries before their contents are read.

`zipfile` reads a directory of any size, ignores how many entries it claims, and opens members that overlap others. All
three allow a small file to use much memory or time.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipInfo

from tinyml.core import FormatError
from tinyml.saving.limits import MAX_ARRAYS, MAX_CONTENTS_BYTES
from tinyml.saving.source import Source

# What zipfile raises for a directory or a local header that it cannot read; a name in wrong UTF-8 is a ValueError.
BROKEN_ZIP = (BadZipFile, EOFError, NotImplementedError, ValueError)

# PKWARE's APPNOTE 6.3: the record at the end of a file; of an entry, its size and where the lengths of its parts are.
_END = Struct("<4s4H2LH")
_END64_LOCATOR = b"PK\6\7"
_END64_LOCATOR_BYTES = 20
_ENTRY_BYTES = 46
_LENGTHS = Struct("<3H")
_LENGTHS_AT = 28
_LOCAL_BYTES = 30
# How hard it was compressed, that sizes follow the content, and how names are spelt; anything else changes the content.
_HARMLESS_FLAGS = 0b110 | 1 << 3 | 1 << 11


def check_end(source: Source) -> bytes:
    """Check the record at the end of the file, and return the directory that it points to."""
    if source.size < _END.size:
        raise source.fault(f"it has {source.size} bytes, too few for a zip file such as a .npz; save it again.")
    end = source.size - _END.size
    signature, disk, first_disk, here, count, length, start, comment = _END.unpack(source.read(end, _END.size))
    if signature != b"PK\5\6" or comment:
        raise source.fault(
            "it does not end like a zip file such as a .npz; it was cut short, or is another kind of file."
        )
    # zipfile prefers the sizes of the 64-bit form, which no limit here has seen.
    locator = max(0, end - _END64_LOCATOR_BYTES)
    if (
        count == 0xFFFF
        or length == 0xFFFFFFFF
        or start == 0xFFFFFFFF
        or source.read(locator, len(_END64_LOCATOR)) == _END64_LOCATOR
    ):
        raise source.fault("it is a zip file of the 64-bit form, for more than 2 GiB; use a .safetensors file.")
    if count > MAX_ARRAYS or length > MAX_CONTENTS_BYTES:
        raise source.fault(
            f"its directory claims {count:,} members in {length:,} bytes, and at most {MAX_ARRAYS:,} in "
            f"{MAX_CONTENTS_BYTES:,} are read; use several files."
        )
    if (disk, first_disk, here) != (0, 0, count) or start + length != end:
        raise damaged(source)
    directory = source.read(start, length)
    if _entries(directory) != count:
        raise damaged(source)
    return directory


def check_members(source: Source, members: Sequence[ZipInfo], directory: bytes) -> None:
    """Check that each member is packed in a way that is read, and that no two overlap."""
    free = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.flag_bits & ~_HARMLESS_FLAGS or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise source.fault("a member is encrypted, or compressed in an unsupported way; write it with numpy.savez.")
        if member.compress_type == ZIP_STORED and member.compress_size != member.file_size:
            raise damaged(source)
        local = source.read(member.header_offset, _LOCAL_BYTES)
        name_and_extra = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
        # With overlapping members a small zip file can claim an enormous content.
        if member.header_offset < free:
            raise damaged(source)
        free = member.header_offset + _LOCAL_BYTES + name_and_extra + member.compress_size
        if free > source.size - _END.size - len(directory):
            raise damaged(source)


def damaged(source: Source) -> FormatError:
    """The error for an invalid directory."""
    return source.fault("its zip directory contradicts itself or the file; it is damaged, so save it again.")


def _entries(directory: bytes) -> int:
    """How many entries the directory has; −1 if the last does not end where the directory does."""
    at = count = 0
    while at + _ENTRY_BYTES <= len(directory):
        at += _ENTRY_BYTES + sum(_LENGTHS.unpack_from(directory, at + _LENGTHS_AT))
        count += 1
    return count if at == len(directory) else -1
