"""The MNIST digits from files on this machine, with the functions of the original library's loader.

Nothing is downloaded and nothing is unpickled: put the four files of the data set into the folder `dataset` or into the
current one, packed (`.gz`) or not.
Source: LeCun, Cortes and Burges (1998), The MNIST database of handwritten digits.
"""

from __future__ import annotations

import gzip
import zlib
from io import BufferedReader
from math import prod
from pathlib import Path

from tinyml.core import Array, Backend, FormatError

FOLDERS = ("dataset", ".")
# The names of the data set, in the order in which `load` returns them, with the number of their axes.
FILES = {
    "train-images-idx3-ubyte": 3,
    "train-labels-idx1-ubyte": 1,
    "t10k-images-idx3-ubyte": 3,
    "t10k-labels-idx1-ubyte": 1,
}
# More than four times the largest of the files.
MAX_BYTES = 2**28
_PIECE = 2**20


def init() -> None:
    """Check that the files are there. FileNotFoundError names the one that is missing."""
    for name in FILES:
        _path(name)


def load() -> tuple[Array, Array, Array, Array]:
    """Training images (n, 784) and their classes (n,), test images and their classes, as whole numbers from 0 to 255.

    Raises FileNotFoundError where a file is missing, FormatError where one is not of the data set's format.
    """
    train_x, train_y, test_x, test_y = (_read(_path(name), axes) for name, axes in FILES.items())
    for images, labels, kind in ((train_x, train_y, "training"), (test_x, test_y, "test")):
        if len(images) != len(labels):
            raise FormatError(
                f"MNIST: {len(images):,} {kind} images, but {len(labels):,} labels; both files must be of one data set."
            )
    return train_x, train_y, test_x, test_y


def _path(name: str) -> Path:
    found = [path for folder in FOLDERS for suffix in ("", ".gz") if (path := Path(folder, name + suffix)).is_file()]
    if not found:
        raise FileNotFoundError(
            f"MNIST: the file {name}.gz is neither in {' nor in '.join(map(repr, FOLDERS))}; put the data set's four "
            "files there (they are not downloaded)."
        )
    return found[0]


def _read(path: Path, axes: int) -> Array:
    """An IDX file of bytes, one row for each sample; what its header claims is checked before memory is taken."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return _content(file, path, axes)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FormatError(f"{path}: it cannot be unpacked; it is damaged, so get it again.") from None


def _content(file: gzip.GzipFile | BufferedReader, path: Path, axes: int) -> Array:
    header = file.read(4 + 4 * axes)
    if len(header) < 4 + 4 * axes or header[:4] != bytes([0, 0, 8, axes]):
        raise FormatError(f"{path}: it does not begin as an IDX file of bytes with {axes} axes does.")
    shape = [int.from_bytes(header[at : at + 4], "big") for at in range(4, len(header), 4)]
    size = prod(shape)
    if size > MAX_BYTES:
        raise FormatError(f"{path}: its header claims {size:,} numbers, and at most {MAX_BYTES:,} are read.")
    # In pieces: only a file that has the numbers takes memory for them.
    data = b"".join(file.read(min(_PIECE, size + 1 - at)) for at in range(0, size + 1, _PIECE))
    if len(data) != size:
        raise FormatError(f"{path}: its header claims {size:,} numbers, and it has fewer or more; get it again.")
    numbers = Backend.frombuffer(data, dtype="u1")
    return numbers.reshape(shape[0], prod(shape[1:])) if axes > 1 else numbers


__all__ = ["FILES", "FOLDERS", "MAX_BYTES", "init", "load"]
