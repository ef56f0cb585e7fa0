"""Request bodies other than a plain document."""

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field, StringConstraints

from app import limits
from app.schemas.base import Strict, at_most
from app.schemas.known import Asked
from tinyml.expression import WRITTEN

Ref = Annotated[str, StringConstraints(max_length=limits.MAX_REF_LENGTH), at_most("MAX_REF_LENGTH")]
Notation = Literal["scalar", "chain", "matrix", "paths", "stable"]
Language = Literal["en", "zh"]
Terms = Annotated[int, Field(ge=1, le=limits.MAX_EXPLAINED_TERMS), at_most("MAX_EXPLAINED_TERMS")]


Edited = Annotated[
    Annotated[list[Ref], Field(max_length=limits.MAX_EDITS), at_most("MAX_EDITS")] | None,
    Query(
        description="A place that was edited, as a JSON pointer, the latest last. With it a document that does not fit "
        "is made to fit: the rest of it follows the edit. `fitted` says what was changed."
    ),
]


class Wish(Strict):
    """Which number to explain, in which notation, and how many terms of a long sum to write out."""

    # A number of the first example, with which the reference at /docs fills in its form.
    ref: Annotated[Ref, Field(examples=["fc_1.w.grad[0,0]"])]
    notation: Notation = "scalar"
    terms: Terms = WRITTEN


class ExplainRequest(Wish, defer_build=False):
    """Which number of a document's training step to explain, in which notation, and how many terms of a long sum to
    write out. `language` is the language of the law, if it contains words.
    """

    document: Asked
    language: Language = "en"


class ExplanationsRequest(Strict, defer_build=False):
    """Several numbers of one document's training step to explain, each with a separate notation; their laws in one
    `language`.
    """

    document: Asked
    language: Language = "en"
    wishes: Annotated[
        list[Wish], Field(min_length=1, max_length=limits.MAX_EXPLAINED_REFS), at_most("MAX_EXPLAINED_REFS")
    ]


class StepRequest(Strict, defer_build=False):
    """How far to move the cursor; a negative count moves back."""

    by: Literal["pass", "layer", "node", "term"]
    count: int = 1


class NetworkPatch(Strict, defer_build=False):
    """A JSON merge patch (RFC 7396) of a stored network; `document` is patched member by member."""

    document: dict[str, Any] = Field(default_factory=dict)
