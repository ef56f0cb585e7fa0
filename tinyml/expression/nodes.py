"""A formula with its numbers filled in, as a tree: leaves are named numbers, inner nodes are operations on them.

`evaluate(tree)` returns the number that the tree explains, which verifies the formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

from tinyml.expression.arithmetic import FUNCTIONS, OPERATIONS
from tinyml.expression.laws import Law


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number of the training step, with its ref and its symbol."""

    ref: str
    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Number:
    """A constant of the formula itself, such as ½; with a symbol if it is a setting, such as μ."""

    value: float
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """The last terms of a long sum, which are not written out: their number and their sum.

    `size` is the sum of their absolute values, Σ |term|, if it is known; NaN if terms have left the range of float64.
    """

    count: int
    value: float
    size: float = inf


@dataclass(frozen=True, slots=True)
class Operation:
    """`op` (sum, product, difference, quotient, power, negate) applied to `args`, and a sum also to folded terms."""

    op: str
    args: "tuple[Expression, ...]"
    value: float
    folded: Folded | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """`function` (exp, tanh, sigmoid, max, …) applied to `args`."""

    function: str
    args: "tuple[Expression, ...]"
    value: float


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in words, with the key of its wordings: `condition.<key>` in a formula, `when.<key>` in a sentence.

    `english` is the former in English, for LaTeX and plain text, which have no language.
    """

    key: str
    english: str

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a choice: its condition, as a comparison or in words, and its value."""

    when: str | Condition
    value: "Expression"


class Comparison(NamedTuple):
    """left > right, or left ≥ right."""

    left: "Expression"
    sign: Literal[">", "≥"]
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Choice:
    """A definition by cases, with the index of the case that was taken.

    `test` decides between two cases from numbers of the step: the first applies if all comparisons hold, otherwise the
    second. Without comparisons the case does not depend on them.
    """

    cases: tuple[Case, ...]
    taken: int
    value: float
    test: tuple[Comparison, ...] = ()


Role = Literal["upstream", "local"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A factor of the chain rule: the gradient so far (upstream), or the derivative of this step (local).

    `derivative` is the symbol of the factor as a derivative: ∂ℓ/∂ŷ_2 upstream, ∂ŷ_2/∂w_12^(1) locally.
    """

    role: Role
    derivative: str
    expression: "Expression"

    @property
    def value(self) -> float:
        """The value of the factor."""
        return self.expression.value


Expression = Leaf | Number | Operation | Call | Choice | Marked


class Explained(NamedTuple):
    """A formula and the law that it follows.

    `gathered` is the part whose terms are the term steps; None if that is the first sum, or the first maximum, from
    left to right.
    """

    law: Law
    expression: Expression
    gathered: Expression | None = None


def parts(expression: Expression) -> int:
    """Return the number of leaves, constants, operations and marks in an expression."""
    match expression:
        case Operation(_, args) | Call(_, args):
            return 1 + sum(map(parts, args))
        case Choice(cases):
            return 1 + sum(parts(case.value) for case in cases)
        case Marked(_, _, inner):
            return 1 + parts(inner)
    return 1


def _operation(op: str, *args: Expression) -> Operation:
    return Operation(op, args, OPERATIONS[op](*[arg.value for arg in args]))


def total(terms: Sequence[Expression], folded: Folded | None = None) -> Expression:
    """Return Σ terms, including the folded ones. A single term is returned as it is, so that a batch of one shows no
    sum; no terms give 0.
    """
    if folded is not None:
        value = OPERATIONS["sum"](*(term.value for term in terms), folded.value)
        return Operation("sum", tuple(terms), value, folded)
    if not terms:
        return Number(0.0)
    return terms[0] if len(terms) == 1 else _operation("sum", *terms)


def added(sums: Expression, extra: Expression) -> Expression:
    """Return a sum with one more term at its end, which is not folded."""
    if isinstance(sums, Operation) and sums.op == "sum" and sums.folded is None:
        return total([*sums.args, extra])
    return total([sums, extra])


def product(*factors: Expression) -> Expression:
    """Return the product of the factors; factors that are products themselves are flattened."""
    flat: list[Expression] = []
    for factor in factors:
        if isinstance(factor, Operation) and factor.op == "product":
            flat += factor.args
        else:
            flat.append(factor)
    return _operation("product", *flat)


def difference(minuend: Expression, subtrahend: Expression) -> Expression:
    """Return minuend − subtrahend."""
    return _operation("difference", minuend, subtrahend)


def quotient(dividend: Expression, divisor: Expression) -> Expression:
    """Return dividend / divisor."""
    return _operation("quotient", dividend, divisor)


def power(base: Expression, exponent: Expression) -> Expression:
    """Return base ^ exponent."""
    return _operation("power", base, exponent)


def negate(operand: Expression) -> Expression:
    """Return −operand."""
    return _operation("negate", operand)


def call(function: str, *args: Expression) -> Expression:
    """Return a named function of its arguments."""
    return Call(function, args, FUNCTIONS[function](*(arg.value for arg in args)))


def choice(cases: Sequence[tuple[str | Condition, Expression]], taken: int, *test: Comparison) -> Expression:
    """Return a definition by cases; `taken` is the index of the case that applies, and `test` decides it."""
    return Choice(tuple(Case(when, value) for when, value in cases), taken, cases[taken][1].value, test)


def evaluate(expression: Expression) -> float:
    """Recompute the formula from its leaves and folded terms, without using stored intermediate values."""
    match expression:
        case Leaf() | Number():
            return expression.value
        case Operation(op, args, _, folded):
            tail = () if folded is None else (folded.value,)
            return OPERATIONS[op](*(evaluate(arg) for arg in args), *tail)
        case Call(function, args):
            return FUNCTIONS[function](*(evaluate(arg) for arg in args))
        case Choice(cases, taken):
            return evaluate(cases[taken].value)
        case Marked(_, _, inner):
            return evaluate(inner)
