"""What is left of a training when its server has ended: a file with how far it is, from which it goes on."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from app import limits
from tinyml.training import Plateau, Progress, Until

# A name from a request is part of a file's name.
_NAME = re.compile(r"[A-Za-z0-9_-]{24}")

Record = dict[str, Any]


class Records:
    """Records of trainings by their names, in a folder that is made for the first. They have no key of a network: a
    training goes on when one who has the key comes back to it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = Lock()

    def write(self, name: str, record: Callable[[], Record]) -> None:
        """Replace a record by what it is now. Raises an OSError if that is not possible."""
        with self._turn:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = self._folder / f"{name}.new"
            written.write_text(json.dumps(record()), "utf-8")
            written.replace(self._file(name))

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
