"""The shapes of the answers, for the OpenAPI schema and the types that the page is generated from.

Answers are written by `app/answers` without passing through these models: checking every number of an answer that the
service itself made would cost more than making it. The tests hold the two together.
"""

from typing import Any, Literal

from pydantic import Field

from app.kinds import Kind
from app.schemas.base import Answer, absent
from app.schemas.document import NetworkDocument
from app.schemas.messages import WarningAnswer

Phase = Literal["ready", "forward", "loss", "backward", "update"]


class NonfiniteAnswer(Answer):
    """A number that JSON cannot write: null stands at `path`."""

    path: str
    kind: Literal["nan", "+inf", "-inf"]


class ExampleAnswer(Answer):
    """A network to begin with. `description` tells what it is and how its numbers came about."""

    slug: str
    name: str
    description: str
    document: NetworkDocument


class NetworkAnswer(Answer):
    """A stored network: its document, the pass that it is in, and how many terms of the training step are done.

    `id` is the key that edits it, and absent where the network was asked for by `view`, the key that only reads it.

    `step` counts training steps from 1, `first_step` is the first that can be gone back to. `clamped` is true where the
    request asked to go back further than that.
    """

    id: str | None = absent(None)
    view: str
    document: NetworkDocument
    phase: Phase
    cursor: int
    step: int
    first_step: int
    clamped: bool
    warnings: list[WarningAnswer]


class FieldAnswer(Answer):
    """A field that a layer, loss or optimizer takes, with its JSON schema."""

    name: str
    required: bool
    json_schema: dict[str, Any] = Field(alias="schema")


class KindAnswer(Answer):
    """One kind of layer, loss or optimizer."""

    type: str
    title: str
    description: str
    parameters: list[FieldAnswer]


class LayerNumbersAnswer(Answer):
    """A field of a layer that holds numbers which are drawn or gathered, and the letter that they are written with."""

    name: str
    symbol: str


class LayerKindAnswer(KindAnswer):
    """One kind of layer. `numbers` are those of its `parameters` that are no settings, in the order of their fields."""

    numbers: list[LayerNumbersAnswer]


class LossKindAnswer(KindAnswer):
    """One kind of loss, whether it takes targets, and whether these may be classes."""

    takes_targets: bool
    takes_classes: bool


class InitialiserAnswer(Answer):
    """A rule by which weights start."""

    name: str
    description: str


class LimitAnswer(Answer):
    """A limit of this service."""

    name: str
    value: int
    meaning: str


class CatalogAnswer(Answer):
    """All that can be chosen, and how far one can go."""

    layers: list[LayerKindAnswer]
    losses: list[LossKindAnswer]
    optimizers: list[KindAnswer]
    initialisers: list[InitialiserAnswer]
    limits: list[LimitAnswer]


class FaultAnswer(Answer):
    """One thing that does not fit."""

    where: str
    detail: str


class ProblemAnswer(Answer):
    """RFC 9457 problem details. `key` is its kind, and `values` say the rest of it. `where` is a JSON pointer to the
    field; a limit tells what was asked and allowed. Where a name is not known, `suggestion` is the one that was
    probably meant; `version` is that of a stored network which the request was not meant for.
    """

    type: str
    title: str
    status: int
    detail: str
    key: Kind
    values: dict[str, Any]
    where: str | None = None
    limit: str | None = None
    asked: int | None = None
    allowed: int | None = None
    suggestion: str | None = None
    version: int | None = None
    errors: list[FaultAnswer] | None = None
