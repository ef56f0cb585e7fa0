"""The rows of a document's data as JSON."""

from typing import Any

from app.supply import Supply
from tinyml.core import Array, Backend


def rows_answer(supply: Supply, most: int | None) -> dict[str, Any]:
    """All rows as a document has them, or at most so many that are evenly spaced."""
    every = spacing(supply, most)
    numbers = Backend.arange(0, supply.batches.samples, every)
    targets = supply.targets
    y = None if targets is None else targets[numbers]
    return {
        "x": supply.given[numbers].tolist(),
        "y": None if y is None else _as_in_documents(y).tolist(),
        "held_out": Backend.isin(numbers, supply.batches.held_out).tolist(),
        "rows": supply.batches.samples,
        "every": every,
        "targets": None if targets is None else [float(targets.min()), float(targets.max())],
    }


def spacing(supply: Supply, most: int | None) -> int:
    """How far apart the rows are of which there are at most so many."""
    return 1 if most is None else -(-supply.batches.samples // most)


def _as_in_documents(y: Array) -> Array:
    """Classes are whole numbers there."""
    return y.astype(int) if y.ndim == 1 else y
