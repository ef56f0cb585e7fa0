"""The directory of a zip file, read with care: where each member lies, by numbers that are held against the file."""

from struct import Struct
from typing import NamedTuple

from tinyml.saving.limits import MAX_ARRAYS, MAX_CONTENTS_BYTES
from tinyml.saving.source import Source

# PKWARE's APPNOTE 6.3: the records' fields from the signature on, without the names that follow.
_END = Struct("<4s4H2LH")
_ENTRY = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")

STORED, DEFLATED = 0, 8
_UTF8 = 1 << 11
# How hard it was compressed, that sizes follow the content, and how names are spelt; anything else changes the content.
_HARMLESS_FLAGS = 0b110 | 1 << 3 | _UTF8


class Member(NamedTuple):
    """A file within the zip: its name, where its content lies, and what the directory claims of it."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


def members(source: Source) -> list[Member]:
    """What the directory lists, as it lies in the file: nothing lies within anything else, or beyond the end."""
    directory, count, start = _directory(source)
    listed: list[tuple[int, bytes, int, Member]] = []
    at = 0
    for _ in range(count):
        if at + _ENTRY.size > len(directory):
            raise _damaged(source)
        fields = _ENTRY.unpack_from(directory, at)
        signature, _, _, flags, method, _, _, crc, packed, size, name_length, extra, comment, _, _, _, offset = fields
        at += _ENTRY.size
        spelt = directory[at : at + name_length]
        at += name_length + extra + comment
        if signature != b"PK\1\2" or at > len(directory):
            raise _damaged(source)
        if flags & ~_HARMLESS_FLAGS or method not in {STORED, DEFLATED}:
            raise source.fault("a member is encrypted, or packed in an unusual way; write it with numpy.savez.")
        if method == STORED and packed != size:
            raise _damaged(source)
        member = Member(_name(source, spelt, flags), 0, packed, size, crc, method == DEFLATED)
        listed.append((offset, spelt, packed, member))
    if at != len(directory):
        raise _damaged(source)
    return _located(source, listed, start)


def _directory(source: Source) -> tuple[bytes, int, int]:
    """The directory's bytes, how many entries it claims, and where it starts."""
    if source.size < _END.size:
        raise source.fault(f"it has {source.size} bytes, which is no zip file, as a .npz is; save it again.")
    end = source.size - _END.size
    signature, disk, first_disk, here, count, length, start, comment = _END.unpack(source.read(end, _END.size))
    if signature != b"PK\5\6" or comment:
        raise source.fault("it does not end as a zip file does, which a .npz is; it was cut short, or is another kind.")
    if count == 0xFFFF or length == 0xFFFFFFFF or start == 0xFFFFFFFF:
        raise source.fault("it is a zip file of the 64-bit form, for more than 2 GiB; use a .safetensors file.")
    if count > MAX_ARRAYS or length > MAX_CONTENTS_BYTES:
        raise source.fault(
            f"its directory claims {count:,} members in {length:,} bytes, and at most {MAX_ARRAYS:,} in "
            f"{MAX_CONTENTS_BYTES:,} are read; use several files."
        )
    if (disk, first_disk, here) != (0, 0, count) or start + length != end:
        raise _damaged(source)
    return source.read(start, length), count, start


def _located(source: Source, listed: list[tuple[int, bytes, int, Member]], end: int) -> list[Member]:
    """The members with the places of their contents, which the local headers tell."""
    found: list[Member] = []
    free = 0
    # Contents that overlap are how a small zip file claims an enormous content without packing anything.
    for offset, spelt, packed, member in sorted(listed):
        if offset < free:
            raise _damaged(source)
        signature, *_, name_length, extra = _LOCAL.unpack(source.read(offset, _LOCAL.size))
        start = offset + _LOCAL.size + name_length + extra
        free = start + packed
        same_name = name_length == len(spelt) and source.read(offset + _LOCAL.size, name_length) == spelt
        if signature != b"PK\3\4" or not same_name or free > end:
            raise _damaged(source)
        found.append(member._replace(start=start))
    return found


def _name(source: Source, spelt: bytes, flags: int) -> str:
    try:
        return spelt.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise _damaged(source) from None


def _damaged(source: Source) -> Exception:
    return source.fault("its zip directory contradicts itself or the file; it is damaged, so save it again.")
