"""The rows of a document's data: request and answer."""

from typing import Annotated, Any

from pydantic import Field

from app.schemas.base import Answer, Strict
from app.schemas.known import Asked


class RowsRequest(Strict, defer_build=False):
    """The document whose rows are requested. With `most`, of more rows only every second, third, …"""

    document: Asked
    most: Annotated[int, Field(ge=1)] | None = None


class RowsAnswer(Answer):
    """The rows of the data, before any scaling and of all mini-batches: all of them, or every `every`-th of `rows`.
    `x` and `y` are as in a document, `y` null for a loss without targets. `held_out` says of each row whether it is
    never trained on; `targets` are the least and the greatest target.
    """

    x: list[Any]
    y: list[Any] | None
    held_out: list[bool]
    rows: int
    every: int
    targets: list[float] | None
