"""Numbers from a CSV file."""

import csv
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tinyml.core import Array, Backend, ShapeError

MAX_ROWS = 1_000_000


def read_csv(path: str | Path, targets: int = 1) -> tuple[Array, Array]:
    """Read `(x, y)` from a file of comma-separated numbers: the last `targets` columns are y, those before them x.

    A first row that contains a word is taken as headings. Raises ShapeError, with row and column, if a cell is not a
    finite number, if a row is longer or shorter than the first, or if no column is left for x.
    """
    with Path(path).open(newline="", encoding="utf-8-sig") as file:
        return parse_csv(file, targets)


def parse_csv(lines: Iterable[str], targets: int = 1) -> tuple[Array, Array]:
    """The same from the lines of an open file."""
    rows: list[list[float]] = []
    for number, row in enumerate(islice(csv.reader(lines), MAX_ROWS + 1), start=1):
        if not any(cell.strip() for cell in row) or (not rows and number == 1 and not _is_numeric(row)):
            continue
        if rows and len(row) != len(rows[0]):
            raise ShapeError(f"CSV row {number}: expected {len(rows[0])} columns, as before, got {len(row)}.")
        rows.append([_number(cell, number, column) for column, cell in enumerate(row, start=1)])
    if not rows:
        raise ShapeError("CSV: there is no row of numbers; give one sample a line, such as 0.1,0.5,1")
    if len(rows) > MAX_ROWS:
        raise ShapeError(f"CSV: more than {MAX_ROWS:,} rows; split the file.")
    if not 1 <= targets < len(rows[0]):
        raise ShapeError(
            f"CSV: {targets} of {len(rows[0])} columns cannot be targets; leave at least one on each side."
        )
    table = Backend.array(rows)
    return table[:, :-targets].copy(), table[:, -targets:].copy()


def _is_numeric(row: list[str]) -> bool:
    try:
        [float(cell) for cell in row]
    except ValueError:
        return False
    return True


def _number(cell: str, row: int, column: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if value - value != 0:  # neither NaN nor an infinity passes
        raise ShapeError(f"CSV row {row}, column {column}: expected a finite number, got something else.")
    return value


__all__ = ["parse_csv", "read_csv"]
