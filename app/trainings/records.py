"""What is left of a training when its server has ended: a file with how far it is, from which it goes on."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from app import limits
from tinyml.training import Plateau, Progress, Until

# A name from a request is part of a file's name.
_NAME = re.compile(r"[A-Za-z0-9_-]{24}")
TURNS = 16

Record = dict[str, Any]


class Records:
    """Records of trainings by their names, in a folder that is made for the first. They have no key of a network: a
    training goes on when one who has the key comes back to it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = Lock()
        # One for some of the names each: a record does not wait until the disk has confirmed that of another training.
        self._turns = [Lock() for _ in range(TURNS)]

    def write(self, name: str, record: Callable[[], Record], *, lasting: bool = True) -> None:
        """Replace a record by what it is now. If it is `lasting`, the disk has confirmed it afterwards; otherwise a
        power failure can bring the record before it back. Raises an OSError if that is not possible.
        """
        with self._turns[hash(name) % TURNS]:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = self._folder / f"{name}.new"
            with written.open("w", encoding="utf-8") as file:
                file.write(json.dumps(record()))
                file.flush()
                # Always: a name that is replaced without it can have an empty file after a power failure.
                os.fsync(file.fileno())
            written.replace(self._file(name))
            if lasting:
                _confirm(self._folder)

    def read(self, name: str) -> Record | None:
        """The record of a training; None if there is none that can be read."""
        if _NAME.fullmatch(name) is None:
            return None
        with suppress(OSError, ValueError):
            found = json.loads(self._file(name).read_text("utf-8"))
            return found if isinstance(found, dict) else None
        return None

    def of(self, network: str) -> Iterator[tuple[str, Record]]:
        """The trainings of a network, by the hash of its key."""
        for file in self._folder.glob("*.json"):
            record = self.read(file.stem)
            if record is not None and record["network"] == network:
                yield file.stem, record

    def forget(self, name: str) -> None:
        """Delete the record of a training."""
        self._file(name).unlink(missing_ok=True)

    def forget_oldest(self) -> None:
        """Delete those of trainings that nothing was heard of for longest, if there are too many."""
        with self._turn:
            files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
            for file in files[: max(0, len(files) - limits.MAX_TRAININGS - limits.MAX_TRAININGS_KEPT)]:
                file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _confirm(folder: Path) -> None:
    """Let the disk confirm the names in a folder. Windows does that by itself, and opens no folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def end_of(until: dict[str, Any]) -> Until:
    """The end of a training from what a request says of it."""
    plateau = until.get("plateau")
    steps = min(until.get("steps") or limits.MAX_TRAINING_STEPS, limits.MAX_TRAINING_STEPS)
    return Until(until.get("loss"), until.get("epochs"), steps, None if plateau is None else Plateau(**plateau))


def progress_of(written: list[Any] | None) -> Progress | None:
    """Progress as it was written."""
    if written is None:
        return None
    steps, epochs, loss, lowest, still, begun = written
    return Progress(steps, epochs, loss, lowest, still, tuple(begun))
