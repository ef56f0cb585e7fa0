"""The shapes of explanations, for the OpenAPI schema and the types that the page is generated from."""

from typing import Literal

from app.schemas.answers import NonfiniteAnswer, ProblemAnswer
from app.schemas.base import Answer
from app.schemas.messages import WarningAnswer
from app.schemas.requests import Language, Notation


class ExpressionPart(Answer):
    """The optional fields of any node of an expression: which factor of the chain rule it is, and which derivative."""

    role: Literal["upstream", "local"] | None = None
    derivative: str | None = None


class LeafAnswer(ExpressionPart):
    """A number of the training step."""

    ref: str
    symbol: str
    value: float | None


class NumberAnswer(ExpressionPart):
    """A constant of the formula; a setting, such as the momentum μ, has a symbol."""

    number: float
    value: float | None
    symbol: str | None = None


class FoldedAnswer(Answer):
    """The last terms of a long sum: their number and their sum."""

    count: int
    value: float | None


class GatheringPart(ExpressionPart):
    """A node that may accumulate terms. In the scalar notation one part of a formula has in `running` the value after
    each term: the sum so far, or for `max` the largest so far. The last is the value, unless other terms are folded.
    """

    running: list[float | None] | None = None


class OperationAnswer(GatheringPart):
    """An operation on expressions."""

    op: Literal["sum", "product", "difference", "quotient", "power", "negate"]
    args: list["ExpressionAnswer"]
    value: float | None
    folded: FoldedAnswer | None = None


class CallAnswer(GatheringPart):
    """A function of expressions."""

    op: Literal["call"]
    function: Literal[
        "exp",
        "expm1",
        "log",
        "log1p",
        "tanh",
        "sigmoid",
        "sqrt",
        "abs",
        "max",
        "min",
        "erf",
        "erfc",
        "sign",
        "cos",
        "floor",
    ]
    args: list["ExpressionAnswer"]
    value: float | None


class CaseAnswer(Answer):
    """One branch of a choice. A condition in words has a key in `condition`, by which a client can translate it."""

    when: str
    condition: str | None = None
    value: "ExpressionAnswer"


class ChoiceAnswer(ExpressionPart):
    """A definition by cases; the case at `taken` holds."""

    op: Literal["choice"]
    cases: list[CaseAnswer]
    taken: int
    value: float | None


ExpressionAnswer = LeafAnswer | NumberAnswer | OperationAnswer | CallAnswer | ChoiceAnswer


class LineAnswer(Answer):
    """A row or column of a matrix: `tensor` names its numbers as in refs; null if they are not numbers of the training
    step.
    """

    symbol: str
    tensor: str | None
    transposed: bool
    shape: tuple[int, int]
    kind: Literal["row", "column"]
    at: int
    entries: list[ExpressionAnswer]
    more: int


class MatrixAnswer(Answer):
    """The row and the column whose product is a number, and what is added to the product."""

    formula: str
    left: LineAnswer
    right: LineAnswer
    plus: ExpressionAnswer | None


class FactorAnswer(Answer):
    """A derivative on a path, with its `ref` if it is a number of the training step."""

    symbol: str
    value: float | None
    ref: str | None


class PathAnswer(Answer):
    """One path from a number to the loss: the numbers on it, its factors, and their running products."""

    refs: list[str]
    factors: list[FactorAnswer]
    running: list[float | None]
    value: float | None


class PathsAnswer(Answer):
    """The number of paths, the largest of them, and the sum of the others."""

    count: int
    items: list[PathAnswer]
    remainder: float | None


class LawNodeAnswer(Answer):
    """A part of a formula, for typesetting. A `fence` has in `text` its opening bracket, a `fraction` has two `parts`;
    `below`, `above` and `both` have the base, followed by an index, a power or both.
    """

    kind: Literal[
        "row", "letter", "number", "name", "new", "sign", "prefix", "comma", "mark", "prime", "sum", "space",
        "fence", "fraction", "root", "below", "above", "both",
    ]  # fmt: skip
    text: str | None = None
    parts: list["LawNodeAnswer"] | None = None


class LawAnswer(Answer):
    """A law as prose and formulas, in the requested language if a wording exists; `key` is the key of the wording. A
    formula is in pieces; a line may break between any two of them.
    """

    key: str
    language: Language
    parts: list[str | list[LawNodeAnswer]]


class ExplanationAnswer(Answer):
    """A number with its formula: evaluating `expression` gives `value`.

    `notation` is scalar if the number has no form in the requested one; `notations` are those available for it. `law`
    is its rule, in English; `law_text` is the same as prose and formulas. `warnings` are those about numbers of its
    layer, or about the loss or the targets if the number is one of these. `rate` explains the learning rate of an
    update; it is left out unless that follows from a schedule.
    """

    ref: str
    symbol: str
    value: float | None
    notation: Notation
    notations: list[Notation]
    law: str
    law_text: LawAnswer
    expression: ExpressionAnswer
    latex: str
    text: str
    matrix: MatrixAnswer | None
    paths: PathsAnswer | None
    warnings: list[WarningAnswer]
    nonfinite: list[NonfiniteAnswer]
    rate: "ExplanationAnswer | None" = None


class ExplainedAnswer(Answer):
    """The result of one of several wishes: the explanation, or the problem that prevented it."""

    explanation: ExplanationAnswer | None
    problem: ProblemAnswer | None


class ExplanationsAnswer(Answer):
    """The explanations in the order of the wishes."""

    answers: list[ExplainedAnswer]
