"""The mini-batch of a training step whose document has more rows than the step takes.

A receipt has its rows as `batch`. A verifier can check how many there are, that rows of the document are copied
exactly, and which rows follow in the order given; what the engine has drawn, a set or an order, it takes as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from tinyml.verify.errors import ReceiptError
from tinyml.verify.settings import ANYTHING, SHARE, TEXT, Settings, check, finite, is_whole, one_of, whole

MINI_BATCHES: Settings = {
    "set": TEXT, "samples": whole(1), "noise": ANYTHING, "seed": whole(0), "batch": ANYTHING,
    "order": one_of("shuffled", "given"), "held_out": SHARE,
}  # fmt: skip
_BATCH: Settings = {"rows": ANYTHING, "samples": whole(1), "x": ANYTHING, "y": ANYTHING, "scaling": ANYTHING}
_WHERE: Final = ("position", "step")
_POSITION: Settings = {"epoch": whole(0), "step": whole(0)}
# Whole numbers up to here are exact as float64.
_MOST: Final = 2**53


def moves(document: Mapping[str, Any]) -> bool:
    """Return whether each training step of a document takes the next mini-batch of its data."""
    data = document.get("data")
    return isinstance(data, Mapping) and ("rows" not in data or not data.keys().isdisjoint(MINI_BATCHES))


def following(document: Mapping[str, Any], samples: int | None) -> dict[str, Any]:
    """Return the position of the next training step; `samples` is the number of all rows, None without mini-batches."""
    place = document["position"]
    last = samples is None or place["step"] + 1 == _steps(document["data"], samples)
    return {"epoch": place["epoch"] + 1, "step": 0} if last else {**place, "step": place["step"] + 1}


def passed(document: Mapping[str, Any], samples: int | None, unit: str) -> int:
    """Return how many epochs, or training steps, were before the step of a document. Without mini-batches both are one.
    Raises ReceiptError if its position does not say it.
    """
    place = _place(document)
    if samples is None and place["step"]:
        raise ReceiptError("position.step: expected 0; without mini-batches an epoch has one training step.", _WHERE)
    if unit == "epoch" or samples is None:
        return int(place["epoch"])
    return int(place["epoch"] * _steps(document["data"], samples) + place["step"])


def _place(document: Mapping[str, Any]) -> Mapping[str, Any]:
    place = document.get("position")
    if not isinstance(place, Mapping) or place.keys() != _POSITION.keys():
        raise ReceiptError("position: expected the epoch and the step of the training step.", ("position",))
    check(place, _POSITION, "position", ("position",))
    return place


def checked(document: Mapping[str, Any], batch: object) -> Mapping[str, Any]:
    """Return the mini-batch of a receipt, whose `x` and `y` are the rows of the training step. Raises ReceiptError if
    it does not fit the document.
    """
    data = document["data"]
    if not isinstance(batch, Mapping):
        _refuse("batch: expected the rows of the mini-batch; a receipt of such data has them.")
    check(batch, _BATCH, "batch", ("data",))
    place = _place(document)
    samples, rows, x, y = (batch.get(name) for name in ("samples", "rows", "x", "y"))
    count = _count(data)
    if samples is None or samples > _MOST or count not in (None, samples):
        _refuse("batch.samples: expected the number of rows of the data.")
    size, step = data.get("batch"), place["step"]
    if not (size == "all" or (is_whole(size) and size > 0)) or {"order", "held_out"} - data.keys():
        _refuse("data: batch, order and held_out are incomplete; a receipt has all settings.")
    if not _training(data, samples):
        _refuse("data.held_out: no row is left to train on.")
    if step >= _steps(data, samples):
        raise ReceiptError("position.step: an epoch has fewer training steps.", _WHERE)
    first = step * _size(data, samples)
    due = range(first, min(first + _size(data, samples), _training(data, samples)))
    if not isinstance(rows, list) or not all(is_whole(row) and 0 <= row < samples for row in rows):
        _refuse("batch.rows: expected the numbers of rows, from 0.")
    if len(rows) != len(due) or len(set(rows)) != len(rows):
        _refuse(f"batch.rows: this mini-batch has {len(due)} rows, each once.")
    if data["order"] == "given" and rows != list(due):
        _refuse(f"batch.rows: in the order given they are {due.start} to {due.stop - 1}.")
    if not all(isinstance(part, list) and len(part) == len(rows) for part in (x, y) if part is not None) or x is None:
        _refuse("batch: expected x, and y if the loss takes targets, for each of its rows.")
    if isinstance(given := data.get("rows"), Mapping):
        for name, values in (("x", x), ("y", y)):
            if values is not None and not _copied(values, given.get(name), rows):
                _refuse(f"batch.{name}: it differs from the rows of the document.")
    return batch


def scaling(batch: Mapping[str, Any], inputs: int) -> list[tuple[float, float]]:
    """Return the center and the spread of each column, which the receipt names."""
    made = batch.get("scaling")
    pairs: list[Any] = [made.get(name) for name in ("center", "spread")] if isinstance(made, Mapping) else []
    if not pairs or not all(isinstance(part, list) and len(part) == inputs for part in pairs):
        _refuse("batch.scaling: expected a center and a spread for each column.")
    numbers = [[finite(number) for number in part] for part in pairs]
    centers, spreads = ([number for number in part if number is not None] for part in numbers)
    if len(centers) != inputs or len(spreads) != inputs or min(spreads) <= 0:
        _refuse("batch.scaling: centers and spreads are finite, and a spread is more than 0.")
    return list(zip(centers, spreads, strict=True))


def _count(data: Mapping[str, Any]) -> int | None:
    """The number of rows, if the document says it."""
    rows = data.get("rows")
    if isinstance(rows, Mapping):
        x = rows.get("x")
        return len(x) if isinstance(x, list) else None
    count: int | None = data.get("samples")
    return count


def _training(data: Mapping[str, Any], samples: int) -> int:
    return samples - round(samples * float(data.get("held_out", 0)))


def _size(data: Mapping[str, Any], samples: int) -> int:
    training = _training(data, samples)
    return training if data["batch"] == "all" else min(int(data["batch"]), training)


def _steps(data: Mapping[str, Any], samples: int) -> int:
    return -(-_training(data, samples) // _size(data, samples))


def _copied(values: Sequence[Any], given: object, rows: Sequence[int]) -> bool:
    return isinstance(given, list) and all(
        row < len(given) and value == given[row] for value, row in zip(values, rows, strict=True)
    )


def _refuse(message: str) -> NoReturn:
    raise ReceiptError(message, ("data",))
