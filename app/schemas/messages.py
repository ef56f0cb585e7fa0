"""Sentences as data: their shape in answers, and the warnings that consist of them."""

from typing import Any, Literal

from app.schemas.base import Answer, absent


class NamedAnswer(Answer):
    """A number of the training step with its symbol."""

    ref: str
    symbol: str
    value: float | None


class FigureAnswer(Answer):
    """A number in a message; with a `ref` it is a number of the training step."""

    value: float | None
    ref: str | None = None


class SymbolAnswer(Answer):
    """A symbol in a formula; with a `ref` it is the symbol of a number of the training step."""

    symbol: str
    ref: str | None


class FormulaAnswer(Answer):
    """A formula in one line: signs between symbols and figures."""

    formula: list[str | SymbolAnswer | FigureAnswer]


class MessageAnswer(Answer):
    """A sentence as data. `key` names its wording, in `tinyml/narrate/messages`; `refs` are the numbers that it names,
    `values` its other values: a count, a name, an intermediate number, a formula, or messages.
    """

    key: str
    refs: dict[str, NamedAnswer]
    values: "dict[str, int | str | FigureAnswer | FormulaAnswer | MessageAnswer | list[MessageAnswer]]"


class PatchAnswer(Answer):
    """One operation of a JSON Patch (RFC 6902): `remove` what is at `path`, or replace it by `value`."""

    op: Literal["remove", "replace"]
    path: str
    value: Any = absent(None)


class RemedyAnswer(Answer):
    """A change that removes the cause of a warning: `remove` the `layer`, give it `value` outputs, use the loss
    `value`, or `share_targets`: divide the targets of each sample by their sum. `patch` carries it out: apply its
    operations to the document in order. The rest of the document is fitted by a trace with `edited`.
    """

    kind: Literal["remove", "outputs", "loss", "share_targets"]
    layer: str | None
    value: int | str | None
    edited: str
    patch: list[PatchAnswer]


class WarningAnswer(Answer):
    """Something that can be computed but is unsuitable. `where` points into the document, at a `layer`, a target or
    a setting of the optimizer;
    `message` is the sentence `detail` as data. The first of the `remedies` is the best.
    """

    where: str
    layer: str | None
    detail: str
    message: MessageAnswer
    remedies: list[RemedyAnswer]
