"""The warnings about a training step, as JSON."""

from collections.abc import Sequence
from typing import Any

from app.answers.messages import message_answer
from app.answers.numbers import Numbers
from app.problems import pointer
from app.schemas.document import NetworkDocument
from tinyml.narrate import worded
from tinyml.suitability import Unsuited, warnings
from tinyml.trace import Trace


def warnings_answer(
    document: NetworkDocument, recorded: Trace, numbers: Numbers, about: str | None = None
) -> list[dict[str, Any]]:
    """The warnings of a document's training step; with `about`, a layer's name or x, y or loss, only those about its
    numbers.
    """
    found = [one for one in warnings(recorded) if about is None or about in one.concerns]
    names = [layer.layer.name for layer in recorded.layers]
    return [_warning(document, one, names, f"/warnings/{i}", numbers) for i, one in enumerate(found)]


def _warning(
    document: NetworkDocument, warning: Unsuited, names: Sequence[str], path: str, numbers: Numbers
) -> dict[str, Any]:
    at = document.rows_at(("y", *(warning.target or ())))
    if warning.layer is not None:
        at = ("layers", names.index(warning.layer))
    return {
        "where": pointer(at),
        "layer": warning.layer,
        "detail": worded(warning.message),
        "message": message_answer(warning.message, f"{path}/message", numbers),
        "remedies": [remedy._asdict() for remedy in warning.remedies],
    }
