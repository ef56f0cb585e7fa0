"""A file being read: never beyond its end, and with a name for its errors."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tinyml.core import FormatError
from tinyml.saving.limits import CHUNK_BYTES


@dataclass(frozen=True)
class Source:
    """An open file with its real size, and its name for errors."""

    file: BinaryIO
    size: int
    name: str

    def fault(self, wrong: str) -> FormatError:
        """The error that says what is wrong with this file."""
        return FormatError(f"{self.name}: {wrong}")

    def read(self, start: int, count: int) -> bytes:
        """Exactly `count` bytes from `start`; a shorter file is refused without allocating memory."""
        if start + count > self.size:
            raise self._ended(start + count)
        self.file.seek(start)
        data = self.file.read(count)
        if len(data) < count:  # the file was truncated in the meantime
            raise self._ended(start + count)
        return data

    def chunks(self, start: int, count: int) -> Iterator[bytes]:
        """The same bytes in pieces."""
        for at in range(start, start + count, CHUNK_BYTES):
            yield self.read(at, min(CHUNK_BYTES, start + count - at))

    def _ended(self, needed: int) -> FormatError:
        return self.fault(
            f"it refers to byte {needed:,}, but ends after {self.size:,}; it was cut short or damaged: save it again."
        )


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Source]:
    """The file at `path`, to read."""
    with Path(path).open("rb") as file:
        yield Source(file, os.fstat(file.fileno()).st_size, os.fspath(path))
