"""The bodies that are no plain document."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.schemas.base import Strict
from app.schemas.document import NetworkDocument


class ExplainRequest(Strict):
    """Which number of a document's training step to explain."""

    document: NetworkDocument
    ref: Annotated[str, StringConstraints(max_length=200)]
    notation: Literal["scalar"] = "scalar"


class StepRequest(Strict):
    """How far to move the cursor; a negative count moves back."""

    by: Literal["pass", "layer", "node", "term"]
    count: int = 1


class NetworkPatch(Strict):
    """A JSON merge patch (RFC 7396) of a stored network; `document` is patched member by member."""

    document: dict[str, Any] = Field(default_factory=dict)
