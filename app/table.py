"""A document's data as a table: reading, checking against its columns, scaling, and writing."""

from collections import Counter
from typing import Any

from app.schemas.data import Data
from app.schemas.document import NetworkDocument
from app.shapes import ShapeMismatch
from tinyml.core import Array, Backend
from tinyml.data import Batches, Scaled, ScalingError, scale


def scaled(data: Data, given: Array, batches: Batches | None) -> Scaled | None:
    """The inputs with their scaling, that of the rows that are trained on; None if they are not scaled. Raises a
    ShapeMismatch if the columns do not describe the rows, or cannot be scaled.
    """
    if data.columns is not None:
        _check_columns(data, given.shape[1:])
    if data.scale == "none":
        return None
    if given.ndim != 2:
        raise ShapeMismatch(
            "data.scale: columns are scaled, but the samples have several axes; set it to none.",
            ("data", "scale"),
            key="scale",
        )
    try:
        return scale(data.scale, given if batches is None else given[batches.training])
    except ScalingError as error:
        values = {"column": error.column + 1}
        raise ShapeMismatch(f"data.{error}", ("data", "scale"), key="scale", values=values) from error


def written(document: NetworkDocument, x: Array, y: Array | None) -> dict[str, Any]:
    """The data as in a document, with these numbers of its batch. Classes stay as they were given."""
    data = document.data
    position = {"position": document.place.model_dump()} if document.counts else {}
    if data is None:
        return {**_rows(document, x, y), **position}
    if data.rows is None:
        return {"data": data.settings(), **position}
    if data.moves:
        # All rows, not those of the mini-batch.
        x, targets = Backend.array(data.rows.x, dtype=float), document.targets
        classes = targets is None or isinstance(targets[0], int)
        y = None if classes else Backend.array(targets, dtype=float)
    return {"data": {"rows": _rows(document, x, y), **data.settings()}, **position}


def _rows(document: NetworkDocument, x: Array, y: Array | None) -> dict[str, Any]:
    # A loss without targets does not change existing ones.
    targets = document.targets if y is None else document.classes or y
    return {"x": x} if targets is None else {"x": x, "y": targets}


def _check_columns(data: Data, inputs: tuple[int, ...]) -> None:
    columns, y = data.columns or [], _targets(data)
    roles = Counter(column.role for column in columns)
    classes = next((column.classes for column in columns if column.role == "class"), None)
    first = y[0] if y else None
    if len(inputs) > 1 or (isinstance(first, list) and isinstance(first[0], list)):
        raise _mismatch("describe rows of numbers, but these have several axes; leave them out")
    if roles["input"] != inputs[0]:
        raise _mismatch(f"say that {roles['input']} are inputs, but rows.x has {inputs[0]} a row; declare that many")
    targets = len(first) if isinstance(first, list) else 0
    if roles["target"] != targets:
        raise _mismatch(f"say that {roles['target']} are targets, but rows.y has {targets} a row; declare that many")
    if y is None and roles["class"]:
        raise _mismatch("declare a class, but rows has no y; declare that column unused")
    if roles["class"] != (0 if targets or y is None else 1):
        raise _mismatch("must include one of the role class if rows.y is a list of classes, and none if it has rows")
    if classes is not None and len(classes) <= max(label for label in y or [] if isinstance(label, int)):
        raise _mismatch("name fewer classes than rows.y uses; name all of them, starting with class 0")
    if any(column.classes is not None and column.role != "class" for column in columns):
        raise _mismatch("name classes of a column that is no class; only a column of the role class has them")


def _targets(data: Data) -> Any:
    """y, or None if it is left out."""
    return None if data.rows is None else data.rows.y


def _mismatch(what: str) -> ShapeMismatch:
    return ShapeMismatch(f"data.columns: the columns {what}.", ("data", "columns"), key="columns")
