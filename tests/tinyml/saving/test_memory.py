"""The memory of reading: that of the existing arrays and little more, whatever a file claims."""

import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from tests.support.arrays import READERS, WRITERS, npy, patched, tensors, written, zipped
from tests.support.memory import peak
from tinyml.core import FormatError
from tinyml.saving import limits
from tinyml.saving.source import opened

LITTLE = 2**20
MEGABYTE = b"\0" * 2**20


def claiming(head: bytes, size: int, content: bytes) -> bytes:
    """A zip file with one deflated member a.npy, `head` + `content`, whose directory claims `size` bytes."""
    data = zipped([("a.npy", head + content)], zipfile.ZIP_DEFLATED)
    entry = data.index(b"PK\1\2")
    data = patched(data, entry + 24, size, 4)
    return patched(data, entry + 16, zlib.crc32((head + content)[:size]), 4)


# 2²⁴ numbers are 128 MiB: within every limit, if they existed.
HEAD = npy("'<f8'", "(16777216,)")
CLAIMS = {
    "8 TiB in 236 bytes.npz": zipped([("a.npy", npy("'<f8'", "(1099511627776,)"))]),
    "packed, and the directory agrees.npz": claiming(HEAD, len(HEAD) + 2**27, MEGABYTE),
    "unpacks to more than it says.npz": claiming(npy("'<f8'", "(2,)"), len(npy("'<f8'", "(2,)")) + 16, MEGABYTE * 64),
    "unpacks to an endless header.npz": zipped([("a.npy", b"\x93NUMPY\2\0" + MEGABYTE * 16)], zipfile.ZIP_DEFLATED),
    "a header of 4 GiB.npz": zipped([("a.npy", b"\x93NUMPY\2\0\xff\xff\xff\xff")]),
    "a directory of 4 GiB.npz": patched(zipped([("a.npy", HEAD)]), -10, 2**32 - 2, 4),
    "a header of 8 EiB.safetensors": (2**63).to_bytes(8, "little") + b"{}",
    "a header of the limit.safetensors": (2**18).to_bytes(8, "little") + b"{}",
    "8 TiB.safetensors": tensors('{"a":{"dtype":"F64","shape":[1099511627776],"data_offsets":[0,8796093022208]}}'),
    "8 TiB in a place of 8.safetensors": tensors(
        '{"a":{"dtype":"F64","shape":[1099511627776],"data_offsets":[0,8]}}', b"\0" * 8
    ),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_refused_without_taking_memory(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, CLAIMS[name])

    def read() -> None:
        with pytest.raises(FormatError):
            READERS[path.suffix](path)

    assert peak(read) < min(path.stat().st_size, LITTLE) + LITTLE


def test_bytes_beyond_the_end_are_refused_without_taking_memory(tmp_path: Path) -> None:
    with opened(written(tmp_path, "a", b"short")) as source:

        def read() -> None:
            with pytest.raises(FormatError, match="refers to byte 67,108,865, but ends after 5; .*: save it again"):
                source.read(1, 2**26)

        assert peak(read) < LITTLE


def test_the_measure_sees_what_numpy_takes() -> None:
    assert peak(lambda: np.ones(2**20)) > 2**23


def test_numpy_itself_would_believe_the_first_claim(tmp_path: Path) -> None:
    path = written(tmp_path, "a.npz", CLAIMS["8 TiB in 236 bytes.npz"])
    with np.load(path) as archive, pytest.raises((MemoryError, ValueError)):
        archive["a"]


@pytest.mark.parametrize("suffix", READERS)
def test_reading_takes_the_arrays_once(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    WRITERS[suffix](path, {"a": np.ones((2**10, 2**10)), "b": np.ones(2**20, dtype=np.float32)})
    assert peak(lambda: READERS[suffix](path)) < path.stat().st_size + LITTLE


def test_packed_and_column_first_arrays_are_taken_once_too(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", a=np.zeros((2**10, 2**10), order="F"))
    assert peak(lambda: READERS[".npz"](tmp_path / "a.npz")) < 2**23 + LITTLE


@pytest.mark.parametrize("filling", ["[],", "{},", "0,", '"",', '"a",'])
def test_the_largest_header_needs_the_memory_of_its_limit(tmp_path: Path, filling: str) -> None:
    inside = (filling * limits.MAX_CONTENTS_BYTES)[: limits.MAX_CONTENTS_BYTES - 20]
    header = '{"a":[' + inside[: len(inside) // len(filling) * len(filling) - 1] + "]}"
    path = written(tmp_path, "a.safetensors", tensors(header))

    def read() -> None:
        with pytest.raises(FormatError, match="'a' must have a dtype"):
            READERS[".safetensors"](path)

    assert peak(read) < 50 * limits.MAX_CONTENTS_BYTES
