"""Adapting a document with a table: its rows are adapted like those of a document without one, and then its columns."""

from collections.abc import Sequence

from app.schemas.data import Column, Data, Role, Rows
from app.schemas.document import NetworkDocument


def with_plain_rows(document: NetworkDocument) -> NetworkDocument:
    """The document with x and y instead of the table."""
    rows = document.rows
    return document.model_copy(update={"x": rows.x, "y": rows.y, "data": None})


def with_table(document: NetworkDocument, data: Data | None) -> NetworkDocument:
    """The document with its x and y as the rows of the table, if there was one."""
    if data is None:
        return document
    rows = Rows.model_construct(x=document.x, y=document.y)
    columns = None if data.columns is None else _described(data.columns, rows)
    table = data.model_copy(update={"rows": rows, "columns": columns})
    return document.model_copy(update={"x": None, "y": None, "data": table})


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
