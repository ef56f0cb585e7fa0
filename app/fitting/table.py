"""Adapting a document with data: the rows of a table are adapted like those of a document without one, and then its
columns; to a set the rest is adapted.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from app.schemas.data import Column, Data, Position, Role, Rows
from app.schemas.document import NetworkDocument
from tinyml.data import BatchError


def with_plain_rows(document: NetworkDocument) -> NetworkDocument:
    """The document with x and y instead of the data."""
    rows = _like(document) if document.data and document.data.set else document.rows
    return document.model_copy(update={"x": rows.x, "y": rows.y, "data": None})


def _like(document: NetworkDocument) -> Any:
    """Samples with every kind of target that a set has: what is drawn cannot be adapted, so the rest must follow it."""
    rows, data = document.rows, document.data
    classes = 0 if data is None else data.chosen.classes
    if not document.loss.takes_targets or not classes:
        return rows
    y: Any = list(range(classes))
    if not document.loss.takes_classes and classes == 2:
        y = [[float(label)] for label in y]
    return Rows.model_construct(x=rows.x[:1] * classes, y=y)


def with_table(document: NetworkDocument, data: Data | None) -> NetworkDocument:
    """The document with its x and y as the rows of the table, if there was one, or without them for a set."""
    if data is None:
        return document
    if data.set:
        return document.model_copy(update={"x": None, "y": None, "data": data})
    rows = Rows.model_construct(x=document.x, y=document.y)
    columns = None if data.columns is None else _described(data.columns, rows)
    table = data.model_copy(update={"rows": rows, "columns": columns})
    return document.model_copy(update={"x": None, "y": None, "data": table})


def with_position(document: NetworkDocument) -> tuple[NetworkDocument, list[dict[str, Any]]]:
    """The document at the first mini-batch, if its data have fewer than its position says, and the change."""
    with suppress(BatchError):  # data that cannot be divided are reported when the document is built
        if document.place.step >= document.batches.steps:
            change = {"key": "position", "where": "/position", "values": {}}
            return document.model_copy(update={"position": Position()}), [change]
    return document, []


def _described(columns: Sequence[Column], rows: Rows) -> list[Column] | None:
    """The columns of such rows: existing ones keep their names, new ones are named. None for images."""
    first, target = rows.x[0], rows.y[0] if rows.y else None
    if isinstance(first[0], list) or (isinstance(target, list) and isinstance(target[0], list)):
        return None
    remaining = _counted(columns, "input", len(first), "x")
    if target is None:
        return [column for column in remaining if column.role not in ("target", "class")]
    if isinstance(target, list):
        remaining = _as_rows(remaining, len(target))
        return _counted(remaining, "target", len(target), "y")
    remaining = [column for column in remaining if column.role != "target"]
    if not any(column.role == "class" for column in remaining):
        remaining.append(Column(name="class", role="class"))
    most = max(label for label in rows.y if isinstance(label, int))
    return [_naming(column, most + 1) if column.role == "class" else column for column in remaining]


def _counted(columns: Sequence[Column], role: Role, count: int, stem: str) -> list[Column]:
    """The columns with `count` of a role: the last ones removed, or more added."""
    places = [place for place, column in enumerate(columns) if column.role == role]
    gone = set(places[count:])
    remaining = [column for place, column in enumerate(columns) if place not in gone]
    behind = sum(place not in gone for place in range(places[-1] + 1)) if places else len(remaining)
    fresh = [Column(name=f"{stem}_{number + 1}", role=role) for number in range(len(places), count)]
    return [*remaining[:behind], *fresh, *remaining[behind:]]


def _as_rows(columns: Sequence[Column], targets: int) -> list[Column]:
    """If classes became rows: a target column for each output instead of the class column."""
    made: list[Column] = []
    for column in columns:
        if column.role != "class":
            made.append(column)
            continue
        names = column.classes or []
        made += [
            Column(name=names[k] if k < len(names) else f"{column.name} {k}", role="target") for k in range(targets)
        ]
    return made


def _naming(column: Column, count: int) -> Column:
    names = column.classes
    if names is None or len(names) >= count:
        return column
    return column.model_copy(update={"classes": [*names, *map(str, range(len(names), count))]})
