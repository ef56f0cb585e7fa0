"""Tables from CSV files: named columns of numbers, and of classes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Literal, NamedTuple

from tinyml.core import Array, Backend, ShapeError

MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
MAX_CLASSES = 100
# What programs write for a value that is missing.
MISSING = frozenset({"", "?", "-", "na", "n/a", "nan", "null", "none", "#n/a"})
Fault = Literal[
    "encoding", "quotes", "empty", "rows", "columns", "names", "ragged", "missing", "number", "text", "unknown",
    "classes",
]  # fmt: skip


class TableError(ShapeError):
    """A table cannot be read or used. `fault` is what is wrong; `row` counts the rows of the file from 1, its names
    included, and `column` its columns from 1; None where the fault has no such place.
    """

    def __init__(self, fault: Fault, detail: str, row: int | None = None, column: int | None = None) -> None:
        place = [f"row {row}"] if row is not None else []
        place += [f"column {column}"] if column is not None else []
        super().__init__(f"table{', ' if place else ''}{', '.join(place)}: {detail}")
        self.fault, self.row, self.column, self.detail = fault, row, column, detail


class Column(NamedTuple):
    """A column by its name. `numbers` are its numbers, or the classes of the rows as indices of `classes`, which are in
    alphabetical order; of a text with more than `MAX_CLASSES` different values there are neither.
    """

    name: str
    numbers: Array | None
    classes: tuple[str, ...] | None = None


class Chosen(NamedTuple):
    """Inputs and targets, samples first, as `set`s have them: `y` is one column of 0 and 1 for two classes, the index
    of the class of each sample for more, or a column for each number; None without targets. `classes` are their names.
    """

    x: Array
    y: Array | None
    classes: tuple[str, ...] | None


class Table(NamedTuple):
    """The columns of a table, in the order of the file."""

    columns: tuple[Column, ...]
    rows: int

    def choose(self, x: Sequence[str], y: Sequence[str] = ()) -> Chosen:
        """Return the columns of these names as inputs and targets. A column of two classes is one input, 0 or 1, and
        one of more is an input for each class. Raises TableError for a name that the table does not have, and for
        columns that cannot be used so.
        """
        inputs = [part for name in x for part in self._inputs(name)]
        if not inputs:
            raise TableError("empty", "there is no input; choose at least one column for x.")
        targets = [self._find(name) for name in y]
        naming = [column for column in targets if column.classes is not None]
        if naming and len(targets) > 1:
            place = self.columns.index(naming[0]) + 1
            detail = f"'{naming[0].name}' has classes; choose it alone as the target, or choose columns of numbers."
            raise TableError("classes", detail, None, place)
        made = Backend.ascontiguousarray(Backend.stack(inputs, axis=1))
        if not targets:
            return Chosen(made, None, None)
        numbers = [self._numbers(column) for column in targets]
        classes = targets[0].classes
        if classes is not None and len(classes) < 2:
            place = self.columns.index(targets[0]) + 1
            detail = f"all rows have one class, '{classes[0]}': nothing can be learned from them; add rows of another."
            raise TableError("classes", detail, None, place)
        if classes is not None and len(classes) > 2:
            return Chosen(made, numbers[0], classes)
        return Chosen(made, Backend.ascontiguousarray(Backend.stack(numbers, axis=1)), classes)

    def _inputs(self, name: str) -> Iterator[Array]:
        column = self._find(name)
        numbers = self._numbers(column)
        if column.classes is None or len(column.classes) <= 2:
            yield numbers
        else:
            yield from ((numbers == label).astype(float) for label in range(len(column.classes)))

    def _find(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        there = ", ".join(f"'{column.name}'" for column in self.columns[:20])
        raise TableError("unknown", f"it has no column of that name; it has {there}.")

    def _numbers(self, column: Column) -> Array:
        if column.numbers is None:
            place = self.columns.index(column) + 1
            detail = f"'{column.name}' has more than {MAX_CLASSES} different texts, which are no classes; leave it out."
            raise TableError("text", detail, None, place)
        return column.numbers


def read_table(path: str | Path) -> Table:
    """The table of a CSV file; see `parse_table`. Raises TableError, and OSError if the file cannot be read."""
    return parse_table(Path(path).read_bytes())


def read_csv(path: str | Path, targets: int = 1) -> tuple[Array, Array]:
    """Read `(x, y)` from a CSV file: the last `targets` columns are y, those before them x. Columns of classes become
    numbers as in `Table.choose`. Raises TableError, and ShapeError if no column is left for x.
    """
    return _divided(read_table(path), targets)


def parse_csv(lines: Iterable[str], targets: int = 1) -> tuple[Array, Array]:
    """The same from the lines of an open file."""
    return _divided(parse_table("\n".join(line.rstrip("\r\n") for line in lines).encode()), targets)


def _divided(table: Table, targets: int) -> tuple[Array, Array]:
    names = [column.name for column in table.columns]
    if not 1 <= targets < len(names):
        raise ShapeError(f"CSV: {targets} of {len(names)} columns cannot be targets; leave at least one on each side.")
    chosen = table.choose(names[:-targets], names[-targets:])
    if chosen.y is None:
        raise ShapeError("CSV: no column is a target.")
    return chosen.x, chosen.y


def parse_table(content: bytes) -> Table:
    """The table that a CSV file in UTF-8 contains, with or without a byte order mark.

    Columns are separated by semicolons or tabs if the first row has any, and otherwise by commas; beside semicolons and
    tabs a comma within a number is the decimal point. The first row has the names if one of its cells is no number;
    otherwise they are 1, 2, …. A column whose first cell is a number has numbers, and any other has classes.
    Raises TableError with the place and a remedy for what cannot be read, such as a row that is too long, a name that
    occurs twice, a missing value, or a text among numbers.
    """
    try:
        # Not `splitlines`, which ends a line at characters that a text may contain.
        lines = list(StringIO(content.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise TableError("encoding", "it is not UTF-8; save the file as CSV in UTF-8.", row) from error
    first = next((line for line in lines if line.strip()), "")
    separator = next((one for one in ";\t" if one in first), ",")
    rows = list(_rows(lines, separator))
    if not rows:
        raise TableError("empty", "there is no row; give one sample a row, such as 0.1,0.5,1.")
    comma = separator != ","
    names, rows = _named(rows, comma=comma)
    if not rows:
        raise TableError("empty", "it has names and no row of values; give one sample a row.")
    if len(rows) > MAX_ROWS:
        raise TableError("rows", f"it has more than {MAX_ROWS:,} rows; take a part of them.")
    columns = [_column(name, place, rows, comma=comma) for place, name in enumerate(names)]
    return Table(tuple(columns), len(rows))


# A row's number in the file, and its cells.
_Row = tuple[int, list[str]]


def _rows(lines: Sequence[str], separator: str) -> Iterator[_Row]:
    """The rows that are not blank, all of one length; of too many one more than allowed, and that of the names."""
    reader, width, count = csv.reader(lines, delimiter=separator, strict=True), 0, 0
    while count < MAX_ROWS + 2:
        row = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableError(
                "quotes", 'a quoted text does not end as it should; write " within it twice.', row
            ) from error
        if not any(cell.strip() for cell in cells):
            continue
        if not width:
            width = len(cells)
            if width > MAX_COLUMNS:
                raise TableError("columns", f"it has more than {MAX_COLUMNS:,} columns; take a part of them.", row)
        if len(cells) != width:
            detail = (
                f"expected {width} cells, as in the first row, got {len(cells)}; is a separator missing or too many?"
            )
            raise TableError("ragged", detail, row)
        count += 1
        yield row, [cell.strip() for cell in cells]


def _named(rows: list[_Row], *, comma: bool) -> tuple[list[str], list[_Row]]:
    """The names of the columns, and the rows of values."""
    row, cells = rows[0]
    if all(cell.lower() in MISSING or _number(cell, comma=comma) is not None for cell in cells):
        return [str(place + 1) for place in range(len(cells))], rows
    places: dict[str, int] = {}
    for place, name in enumerate(cells):
        if not name:
            raise TableError("names", "this column has no name; give it one.", row, place + 1)
        if name in places:
            detail = f"the name of column {places[name] + 1} occurs again; give each column another name."
            raise TableError("names", detail, row, place + 1)
        places[name] = place
    return list(places), rows[1:]


def _column(name: str, place: int, rows: Sequence[_Row], *, comma: bool) -> Column:
    cells = [cells[place] for _, cells in rows]
    _no_missing(cells, place, rows)
    if _number(cells[0], comma=comma) is None:
        return _of_classes(name, cells)
    numbers = [_number(cell, comma=comma) for cell in cells]
    if None in numbers:
        at = numbers.index(None)
        detail = (
            "expected a finite number, as in the rows before, got something else; correct it, or leave the row out."
        )
        raise TableError("number", detail, rows[at][0], place + 1)
    return Column(name, Backend.asarray(numbers, dtype=float))


def _no_missing(cells: Sequence[str], place: int, rows: Sequence[_Row]) -> None:
    for at, cell in enumerate(cells):
        if cell.lower() in MISSING:
            detail = "the value is missing; give it one, or leave out the row or the column."
            raise TableError("missing", detail, rows[at][0], place + 1)


def _of_classes(name: str, cells: Sequence[str]) -> Column:
    classes = sorted(set(cells))
    if len(classes) > MAX_CLASSES:
        return Column(name, None)
    labels = {text: float(label) for label, text in enumerate(classes)}
    return Column(name, Backend.asarray([labels[cell] for cell in cells], dtype=float), tuple(classes))


def _number(cell: str, *, comma: bool) -> float | None:
    """The finite number that a cell has, if it has one; with `comma` a decimal comma is a point."""
    try:
        value = float(cell.replace(",", ".") if comma else cell)
    except ValueError:
        return None
    return value if value - value == 0 else None


__all__ = ["Chosen", "Column", "Table", "TableError", "parse_csv", "parse_table", "read_csv", "read_table"]
