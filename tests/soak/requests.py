"""Valid requests of every kind, which the proofs send as they are or mutated."""

import copy
from typing import Any

from app.examples import examples

Request = tuple[str, str, dict[str, Any]]

CHAPTER = "chapter"


def document(slug: str = CHAPTER) -> dict[str, Any]:
    """The document of an example, which the caller may change."""
    return copy.deepcopy(examples()[slug]["document"])


def with_body(sent: dict[str, Any], receipt: dict[str, Any] | None = None) -> list[Request]:
    """A request to every route that takes a body and stores nothing."""
    wishes = [{"ref": "loss"}, {"ref": "x.grad[0,0]", "notation": "paths"}]
    requests: list[Request] = [
        ("POST", "/api/trace", sent),
        ("POST", "/api/advance", {"document": sent, "steps": 2}),
        ("POST", "/api/explain", {"document": sent, "ref": "loss"}),
        ("POST", "/api/explanations", {"document": sent, "wishes": wishes}),
        ("POST", "/api/gradient-check", {"document": sent}),
        ("POST", "/api/gradient-check/curve", {"document": sent, "ref": "x[0,0]"}),
        ("POST", "/api/gradient-flow", {"document": sent}),
        ("POST", "/api/equations", {"document": sent}),
        ("POST", "/api/steps", {"document": sent, "by": "term"}),
        ("POST", "/api/receipt", sent),
        ("POST", "/api/receipts", {"document": sent, "steps": 2}),
        ("POST", "/api/networks", sent),
    ]
    return [*requests, *([] if receipt is None else [("POST", "/api/verify", receipt)])]
