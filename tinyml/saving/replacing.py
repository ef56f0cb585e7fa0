"""Atomic writing of files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A new file that replaces `path` when the block succeeds; otherwise the existing file is kept."""
    # In the same folder, because replacing is atomic only within one file system.
    beside = Path(path).with_name(f".{uuid4().hex}.tmp")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave the new name with no content
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
