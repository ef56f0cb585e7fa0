"""Records of trainings outlast a power failure: what the disk has confirmed is whole, under its name."""

import json
import os
from pathlib import Path

import pytest

from app.trainings.records import Records

NAME = "a" * 24


@pytest.mark.parametrize("lasting", [True, False])
def test_a_record_is_confirmed_before_it_has_its_name_and_the_name_if_it_is_to_last(
    lasting: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[str]()
    fsync, replace = os.fsync, Path.replace

    def confirmed(descriptor: int) -> None:
        done.append(f"confirmed {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        # Its bytes have left the process before they are confirmed.
        done.append(f"{self.name} with {json.loads(self.read_text('utf-8'))} is {target.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", confirmed)
    monkeypatch.setattr(Path, "replace", replaced)
    Records(tmp_path / "trainings").write(NAME, lambda: {"taken": 3}, lasting=lasting)
    whole = [f"confirmed {NAME}.new", f"{NAME}.new with {{'taken': 3}} is {NAME}.json"]
    assert done == ([*whole, "confirmed trainings"] if lasting else whole)


def test_records_of_other_trainings_do_not_wait(tmp_path: Path) -> None:
    records = Records(tmp_path)
    others = [f"{n:024}" for n in range(100)]
    other = next(name for name in others if hash(name) % 16 != hash(NAME) % 16)

    def while_another_is_written() -> dict[str, int]:
        records.write(other, lambda: {"taken": 1})
        return {"taken": 2}

    records.write(NAME, while_another_is_written)
    assert records.read(other) == {"taken": 1}
    assert records.read(NAME) == {"taken": 2}
