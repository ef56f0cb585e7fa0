"""Files with randomly changed bytes: each is refused with an error or read correctly; nothing else happens."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.arrays import READERS, WRITERS, Arrays, same
from tests.support.memory import peak
from tests.support.reaching import reaches
from tinyml.core import FormatError

ARRAYS: Arrays = {
    "fc_1.w": np.array([[0.15, 0.2], [0.25, 0.3]]),
    "fc_1.b": np.array([np.inf, np.nan, -0.0], dtype=np.float32),
    "none": np.zeros((0, 3)),
}
LITTLE = 2**20

# The position as a share of the file, and the replacement: one byte, a few bytes, or none.
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.one_of(
            st.binary(min_size=1, max_size=1),
            st.sampled_from(
                [b"\xff" * 2, b"\xff" * 4, b"\xff" * 8, b"\0" * 4, b"", b"9", b"[", b"'", b"(", b"e9", b'"a"']
            ),
        ),
        st.integers(0, 8),
    ),
    min_size=1,
    max_size=4,
)


def original(kind: str, folder: Path) -> bytes:
    if kind == "packed.npz":
        file = BytesIO()
        np.savez_compressed(file, **ARRAYS)
        return file.getvalue()
    WRITERS[Path(kind).suffix](folder / kind, ARRAYS)
    return (folder / kind).read_bytes()


def outcome(path: Path) -> Arrays | None:
    """The arrays read, or None if the file is refused; either way with little more memory than the file."""
    result: Arrays | None = None

    def read() -> None:
        nonlocal result
        try:
            result = READERS[path.suffix](path)
        except FormatError:
            result = None

    assert peak(read) < path.stat().st_size + LITTLE
    return result


def check(path: Path) -> bool:
    """Check what is read of a file. Returns whether the file is read, and not refused."""
    found = outcome(path)
    if found is None:
        return False
    if path.suffix == ".npz":
        # Its checksums cover all of an array except its name.
        assert sorted(map(contents, found.values())) == sorted(map(contents, ARRAYS.values()))
    else:
        data = path.read_bytes()
        numbers = data[8 + int.from_bytes(data[:8], "little") :]
        assert b"".join(array.tobytes() for array in found.values()) == numbers
        theirs = own_library()
        if theirs:
            same(found, theirs.load(data))
    return True


def contents(array: np.ndarray) -> tuple[str, tuple[int, ...], bytes]:
    return array.dtype.str, array.shape, array.tobytes()


def own_library():  # type: ignore[no-untyped-def]
    try:
        import safetensors.numpy as theirs
    except ImportError:
        return None
    return theirs


KINDS = ["stored.npz", "packed.npz", "a.safetensors"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=400)
@given(changes=CHANGES)
def test_a_few_changes(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[float, bytes, int]]
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    data = original(kind, folder)
    for place, new, width in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + width :]
    reaches(0.8, "the file is another one", data != original(kind, folder))
    (folder / kind).write_bytes(data)
    check(folder / kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_single_bit(tmp_path: Path, kind: str) -> None:
    data = original(kind, tmp_path)
    refused = 0
    for at in range(len(data)):
        for changed in {data[at] ^ 1 << at % 8, data[at] ^ 0x20, 0xFF, 0}:
            (tmp_path / kind).write_bytes(data[:at] + bytes([changed]) + data[at + 1 :])
            refused += not check(tmp_path / kind)
    assert refused > len(data)


@pytest.mark.parametrize("suffix", READERS)
@given(data=st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    assert not outcome(path)
