"""Writing a file all or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when the block ends well; until then, and otherwise, what was there
    stays.
    """
    # In the same folder, because only within one file system is the replacing a single act.
    beside = Path(path).with_name(f".{uuid4().hex}.tmp")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave the new name with no content
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
