"""The shapes of the answers, for the OpenAPI schema and the types that the page is generated from.

`app/answers` writes answers without these models: validating every number of an answer would cost more than computing
it. Tests check that the answers match the models.
"""

from typing import Any, Literal

from pydantic import Field

from app.kinds import Kind
from app.schemas.base import Answer, absent
from app.schemas.document import NetworkDocument
from app.schemas.messages import WarningAnswer

Phase = Literal["ready", "forward", "loss", "backward", "update"]


class NonfiniteAnswer(Answer):
    """A number that JSON cannot write: the value at `path` is null."""

    path: str
    kind: Literal["nan", "+inf", "-inf"]


class ExampleAnswer(Answer):
    """An example network. `name` is that of its document; `title` is that name in the requested language. `description`
    says what it is and where its numbers come from.
    """

    slug: str
    name: str
    title: str
    description: str
    document: NetworkDocument


class NetworkAnswer(Answer):
    """A stored network: its document, its current pass, and how many terms of the training step are done.

    `id` is the key that edits it, and is absent if the request used `view`, the key that only reads it.

    `step` counts training steps from 1; `first_step` is the earliest one that can be restored. `clamped` is true if the
    request asked to go back further than that. `kept_days`, in the answer to creating it, says after how many days
    without use it is deleted; it is absent if it is not.
    """

    id: str | None = absent(None)
    view: str
    document: NetworkDocument
    phase: Phase
    cursor: int
    step: int
    first_step: int
    clamped: bool
    kept_days: int | None = absent(None)
    warnings: list[WarningAnswer]


class FieldAnswer(Answer):
    """A field that a layer, a loss, an optimizer or data take, with its JSON schema."""

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
    """A field of a layer with numbers that are drawn or accumulated, and the letter of these numbers."""

    name: str
    symbol: str


class LayerKindAnswer(KindAnswer):
    """One kind of layer. `numbers` are those of its `parameters` that are not settings, in field order."""

    numbers: list[LayerNumbersAnswer]


class LossKindAnswer(KindAnswer):
    """One kind of loss, whether it takes targets, and whether these may be classes."""

    takes_targets: bool
    takes_classes: bool


class InitialiserAnswer(Answer):
    """A rule by which weights are initialised."""

    name: str
    description: str


class LimitAnswer(Answer):
    """A limit of this service."""

    name: str
    value: int
    meaning: str


class SetAnswer(Answer):
    """A data set that the service draws: the shape of its `inputs`, and how many `classes` it has, 0 for a function.
    `samples` are drawn if a document leaves their number out, and `most` can be; `noise` says whether it has any.
    """

    set: str
    title: str
    description: str
    inputs: list[int]
    classes: int
    noise: bool
    samples: int
    most: int


class CatalogAnswer(Answer):
    """Everything that can be chosen, and the limits. `data` are the settings of data, of sets and of rows."""

    layers: list[LayerKindAnswer]
    losses: list[LossKindAnswer]
    optimizers: list[KindAnswer]
    penalty: list[FieldAnswer]
    initialisers: list[InitialiserAnswer]
    sets: list[SetAnswer]
    data: list[FieldAnswer]
    limits: list[LimitAnswer]


class FaultAnswer(Answer):
    """One thing that does not fit."""

    where: str
    detail: str


class ProblemAnswer(Answer):
    """RFC 9457 problem details. `key` is the kind of problem, and `values` its parameters. `where` is a JSON pointer to
    the field; for a limit, `asked` and `allowed` are the requested and the allowed number. For an unknown name,
    `suggestion` is the one that was probably meant; if a stored network has changed since, `version` is its present
    version.
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
