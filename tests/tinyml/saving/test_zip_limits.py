"""Zip files that contradict themselves, or that zipfile would wrongly accept, are refused."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from tests.support.arrays import npy, patched, same, written, zipped
from tinyml.core import FormatError
from tinyml.saving import read_npz

ONE = npy("'<f8'", "(2,)", b"\0" * 16)


@pytest.mark.parametrize(
    ("at", "value", "width", "message"),
    [
        (-22, 0, 4, "does not end like a zip file"),
        (-18, 1, 2, "its zip directory contradicts itself or the file"),
        (-14, 3, 2, "contradicts itself"),
        (-12, 3, 2, "contradicts itself"),
        (-12, 0xFFFF, 2, "of the 64-bit form, for more than 2 GiB; use a .safetensors file"),
        (-10, 1, 4, "contradicts itself"),
        (-6, 1, 4, "contradicts itself"),
        (-6, 0xFFFFFFFF, 4, "of the 64-bit form"),
        (-2, 1, 2, "does not end like a zip file"),
        (0, 0, 4, "contradicts itself"),
    ],
)
def test_a_directory_that_contradicts_the_file_is_refused(
    tmp_path: Path, at: int, value: int, width: int, message: str
) -> None:
    data = zipped([("a.npy", ONE), ("b.npy", ONE)])
    with pytest.raises(FormatError, match=message):
        read_npz(written(tmp_path, "a.npz", patched(data, at, value, width)))


@pytest.mark.parametrize(
    ("field", "value", "width", "message"),
    [
        (8, 1, 2, "encrypted, or compressed in an unsupported way"),
        (10, 12, 2, "compressed in an unsupported way; write it with numpy.savez"),
        (16, 7, 4, "content of a member does not match the zip directory"),
        (20, 1, 4, "contradicts itself"),
        (24, 1, 4, "contradicts itself"),
        (28, 500, 2, "contradicts itself"),
        (42, 0, 4, "contradicts itself"),
        (42, 2**31, 4, "refers to byte 2,147,483,678, but ends after"),
    ],
)
def test_an_entry_that_contradicts_the_file_is_refused(
    tmp_path: Path, field: int, value: int, width: int, message: str
) -> None:
    data = zipped([("a.npy", ONE), ("b.npy", ONE)])
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    with pytest.raises(FormatError, match=message):
        read_npz(written(tmp_path, "a.npz", patched(data, second + field, value, width)))


def entry_of(name: bytes, extra: bytes = b"", **fields: int) -> tuple[bytes, bytes]:
    """A member of this name that contains ONE, and its entry in the directory, with some fields changed."""
    known = {"version": 20, "flags": 0, "crc": zlib.crc32(ONE), "packed": len(ONE), "size": len(ONE), "offset": 0}
    f = known | fields
    both = (f["flags"], 0, 0, 33, f["crc"], f["packed"], f["size"], len(name), len(extra))
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, f["version"], *both, 0, 0, 0, 0, f["offset"])
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, *both) + name + extra + ONE, entry + name + extra


def with_entry(member: bytes, entry: bytes, count: int = 1) -> bytes:
    """A zip file of this member and this directory."""
    return member + entry + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entry), len(member), 0)


@pytest.mark.parametrize(
    ("name", "extra", "fields", "message"),
    [
        (b"\xff.npy", b"", {"flags": 1 << 11}, "contradicts itself"),
        (b"a.npy", b"", {"version": 64}, "contradicts itself"),
        (b"a.npy", b"\1\0\xff\xff", {}, "contradicts itself"),
        # Sizes and an offset in the 64-bit form, in the extra field of an entry.
        (b"a.npy", struct.pack("<2HQ", 1, 8, 2**40), {"size": 2**32 - 1}, "contradicts itself"),
        (b"a.npy", struct.pack("<2HQ", 1, 8, 2**40), {"offset": 2**32 - 1}, "refers to byte 1,099,511,627,806, but"),
        (b"a.npy", struct.pack("<2H2Q", 1, 16, 2**40, 2**40), {"size": 2**32 - 1, "packed": 2**32 - 1}, "contradicts"),
        (b"a.npy", b"", {"flags": 1 << 5}, "encrypted, or compressed in an unsupported way"),
        (b"a.npy", b"", {"flags": 1 << 6}, "encrypted, or compressed in an unsupported way"),
        (b"a.npy", b"", {"packed": 2**32 - 2, "size": 2**32 - 2}, "contradicts itself"),
    ],
)
def test_an_entry_that_zipfile_would_believe_or_break_on_is_refused(
    tmp_path: Path, name: bytes, extra: bytes, fields: dict[str, int], message: str
) -> None:
    same(read_npz(written(tmp_path, "whole.npz", with_entry(*entry_of(b"a.npy")))), {"a": np.zeros(2)})
    with pytest.raises(FormatError, match=message):
        read_npz(written(tmp_path, "a.npz", with_entry(*entry_of(name, extra, **fields))))


def test_the_64_bit_form_is_not_smuggled_in_before_the_end(tmp_path: Path) -> None:
    # zipfile prefers the record that it finds there; it is in the last entry's comment.
    member, entry = entry_of(b"a.npy")
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(member), 1)
    commented = entry[:32] + len(locator).to_bytes(2, "little") + entry[34:] + locator
    with pytest.raises(FormatError, match="of the 64-bit form"):
        read_npz(written(tmp_path, "a.npz", with_entry(member, commented)))


def test_a_member_with_other_bytes_after_its_numbers_is_refused(tmp_path: Path) -> None:
    # zipfile alone would stop at the size in the directory, and the checksum of that part is right.
    data = zipped([("a.npy", ONE + b"more")], zipfile.ZIP_DEFLATED)
    start = data.index(b"PK\1\2")
    shorter = patched(patched(data, start + 24, len(ONE), 4), start + 16, zlib.crc32(ONE), 4)
    with zipfile.ZipFile(BytesIO(shorter)) as archive:
        assert archive.read("a.npy") == ONE
    with pytest.raises(FormatError, match="content of a member does not match the zip directory"):
        read_npz(written(tmp_path, "a.npz", shorter))


def with_directory(data: bytes, directory: bytes, count: int) -> bytes:
    """The zip file with another directory."""
    start = data.index(b"PK\1\2")
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    return data[:start] + directory + end


def directory_of(data: bytes) -> bytes:
    return data[data.index(b"PK\1\2") : -22]


def test_a_member_within_another_is_refused(tmp_path: Path) -> None:
    # Thus a small file can claim a very large content without compressing anything.
    inner = zipped([("b.npy", ONE)])
    record = inner[: inner.index(b"PK\1\2")]
    head = npy("'|u1'", f"({len(record)},)")
    outer = zipped([("a.npy", head + record)])
    listed = patched(directory_of(inner), 42, outer.index(record), 4)
    both = with_directory(outer, directory_of(outer) + listed, 2)
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", both))
    alone = with_directory(outer, listed, 1)
    same(read_npz(written(tmp_path, "b.npz", alone)), {"b": np.zeros(2)})


def test_a_member_that_reaches_into_the_directory_is_refused(tmp_path: Path) -> None:
    data = zipped([("a.npy", ONE)])
    longer = (len(ONE) + 8).to_bytes(4, "little") * 2
    listed = directory_of(data)
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", with_directory(data, listed[:20] + longer + listed[28:], 1)))


def test_a_directory_with_more_than_its_entries_is_refused(tmp_path: Path) -> None:
    data = zipped([("a.npy", ONE)])
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", with_directory(data, directory_of(data) + b"more", 1)))


def test_a_member_that_calls_itself_otherwise_than_the_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", zipped([("a.npy", ONE)]).replace(b"a.npy", b"c.npy", 1)))
