"""The content of a zip member: as many bytes as the directory says, no more and no fewer, and the right ones."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from tinyml.saving.limits import CHUNK_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinyml.saving.source import Source
    from tinyml.saving.zip_directory import Member


def content(source: Source, member: Member) -> Iterator[bytes]:
    """The member's bytes in pieces. Stops with a FormatError at the first byte beyond the claimed size, and at the end
    where there were fewer or other ones.
    """
    count = crc = 0
    pieces = source.chunks(member.start, member.packed)
    for piece in _inflated(source, pieces) if member.deflated else pieces:
        count += len(piece)
        if count > member.size:
            break
        crc = zlib.crc32(piece, crc)
        yield piece
    if (count, crc) != (member.size, member.crc):
        raise source.fault("a member's content is not what the zip directory says; it is damaged, so save it again.")


def _inflated(source: Source, packed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack in pieces: however much is in there, never more than one piece of it is in memory."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = b""
    try:
        while not inflate.eof:
            rest = rest or next(packed, b"")
            unpacked = inflate.decompress(rest, CHUNK_BYTES)
            if not rest and not unpacked:
                return  # it ends too early, which the count will tell
            rest = inflate.unconsumed_tail
            yield unpacked
    except zlib.error:
        raise source.fault("a member cannot be unpacked; the file is damaged, so save it again.") from None
