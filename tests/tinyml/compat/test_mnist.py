"""The MNIST reader: missing, damaged and malicious files are refused."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from tests.support.memory import peak
from tests.tinyml.compat.test_programs import idx, put_digits
from tinyml.compat import mnist
from tinyml.core import FormatError

IMAGES = "train-images-idx3-ubyte.gz"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_files_of_the_current_folder_are_read(tmp_path: Path) -> None:
    images, labels = put_digits(tmp_path)
    mnist.init()
    x, y, *_ = mnist.load()
    assert (x.dtype, x.shape) == (np.uint8, (8, 784))
    np.testing.assert_array_equal(x.reshape(8, 28, 28), images)
    np.testing.assert_array_equal(y, labels)


def test_a_missing_file_is_named_and_none_is_downloaded(tmp_path: Path) -> None:
    put_digits(tmp_path)
    (tmp_path / "t10k-labels-idx1-ubyte").unlink()
    for act in (mnist.init, mnist.load):
        with pytest.raises(FileNotFoundError, match=r"t10k-labels-idx1-ubyte.gz is neither in 'dataset' nor in '\.'"):
            act()


WHOLE = idx(np.zeros((8, 28, 28)))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not packed", "cannot be unpacked"),
        (gzip.compress(WHOLE)[:-9], "cannot be unpacked"),
        (gzip.compress(WHOLE)[:-8] + b"\0" * 8, "cannot be unpacked"),
        (gzip.compress(b""), "does not begin as an IDX file of bytes with 3 axes"),
        (gzip.compress(WHOLE[:15]), "does not begin"),
        (gzip.compress(b"\0\0\x0d" + WHOLE[3:]), "does not begin"),
        (gzip.compress(idx(np.zeros(8))), "does not begin"),
        (gzip.compress(WHOLE[:-1]), "claims 6,272 numbers, and it has fewer or more"),
        (gzip.compress(WHOLE + b"\0"), "fewer or more"),
        (gzip.compress(WHOLE[:4] + b"\xff" * 12), "claims 79,228,162,458,924,105,385,300,197,375 numbers, and at most"),
        (gzip.compress(idx(np.zeros((7, 28, 28)))), "7 training images, but 8 labels"),
    ],
    # Compressed bytes contain the time, and the processes of a run must agree on the names of tests.
    ids=[
        "not packed",
        "cut short",
        "wrong checksum",
        "empty",
        "a header cut short",
        "another type",
        "other axes",
        "a byte too few",
        "a byte too many",
        "an enormous claim",
        "a missing image",
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    put_digits(tmp_path)
    (tmp_path / IMAGES).write_bytes(data)
    with pytest.raises(FormatError, match=message):
        mnist.load()


def test_a_claim_is_refused_without_taking_memory(tmp_path: Path) -> None:
    put_digits(tmp_path)
    sides = b"".join(side.to_bytes(4, "big") for side in (2**8, 2**10, 2**10))
    (tmp_path / IMAGES).write_bytes(gzip.compress(bytes([0, 0, 8, 3]) + sides))

    def read() -> None:
        with pytest.raises(FormatError, match="fewer or more"):
            mnist.load()

    assert peak(read) < 2**21
