"""Sentences as data: their shape in answers, and the warnings that consist of them."""

from typing import Literal

from app.schemas.base import Answer


class NamedAnswer(Answer):
    """A number of the training step with its symbol."""

    ref: str
    symbol: str
    value: float | None


class FigureAnswer(Answer):
    """A number in a message; of the training step where it has a `ref`."""

    value: float | None
    ref: str | None = None


class SymbolAnswer(Answer):
    """A symbol in a formula; that of a number of the training step where it has a `ref`."""

    symbol: str
    ref: str | None


class FormulaAnswer(Answer):
    """A formula in one line: signs between symbols and figures."""

    formula: list[str | SymbolAnswer | FigureAnswer]


class MessageAnswer(Answer):
    """A sentence as data. `key` names its wording, in `tinyml/narrate/messages`; `refs` are the numbers that it names,
    `values` what else it says: a count, a name, a number that is computed on the way, a formula, or messages.
    """

    key: str
    refs: dict[str, NamedAnswer]
    values: "dict[str, int | str | FigureAnswer | FormulaAnswer | MessageAnswer | list[MessageAnswer]]"


class RemedyAnswer(Answer):
    """A change that helps: `remove` the `layer`, give it `value` outputs, take the loss `value`, or `share_targets`:
    divide the targets of each sample by their sum.
    """

    kind: Literal["remove", "outputs", "loss", "share_targets"]
    layer: str | None
    value: int | str | None


class WarningAnswer(Answer):
    """Something that does not suit, though it can be computed. `where` points into the document, at a `layer` or at a
    target; `message` is the sentence `detail` as data, and the first of the `remedies` is the best.
    """

    where: str
    layer: str | None
    detail: str
    message: MessageAnswer
    remedies: list[RemedyAnswer]
