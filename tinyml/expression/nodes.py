"""A formula with its numbers filled in, as a tree: leaves are named numbers, inner nodes are what is done to them.

The rule that makes it worth trusting: `evaluate(tree)` gives the number that the tree explains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

from tinyml.expression.arithmetic import FUNCTIONS, OPERATIONS
from tinyml.expression.laws import Law


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number of the training step, known by its ref and written with its symbol."""

    ref: str
    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Number:
    """A constant that belongs to the formula itself, such as ½; with a symbol where it is a setting, such as μ."""

    value: float
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """The last terms of a long sum, which are not written out: how many, and what they come to.

    `size` is what their sizes come to, Σ |term|, where it is known; NaN where terms have left the range of float64.
    """

    count: int
    value: float
    size: float = inf


@dataclass(frozen=True, slots=True)
class Operation:
    """`op` (sum, product, difference, quotient, power, negate) applied to `args`, and for a sum to what is folded."""

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
class Case:
    """One branch of a choice: the condition in words and the value under it."""

    when: str
    value: "Expression"


@dataclass(frozen=True, slots=True)
class Choice:
    """A definition by cases, with the index of the one that was taken."""

    cases: tuple[Case, ...]
    taken: int
    value: float


Role = Literal["upstream", "local"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A factor of the chain rule: what came back so far (upstream), or what this step adds to it (local).

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

    `gathered` is the part of it whose terms a step by term walks through: None where that is the first sum, or the
    first choice of the largest, from left to right.
    """

    law: Law
    expression: Expression
    gathered: Expression | None = None


def parts(expression: Expression) -> int:
    """How many leaves, constants, operations and marks an expression is written with."""
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
    """Σ terms, and what is folded; a single term stands for itself, so that a batch of one shows no sum sign, and no
    term is 0.
    """
    if folded is not None:
        value = OPERATIONS["sum"](*(term.value for term in terms), folded.value)
        return Operation("sum", tuple(terms), value, folded)
    if not terms:
        return Number(0.0)
    return terms[0] if len(terms) == 1 else _operation("sum", *terms)


def added(sums: Expression, extra: Expression) -> Expression:
    """A sum with one more term behind it, which stays apart from what is folded."""
    if isinstance(sums, Operation) and sums.op == "sum" and sums.folded is None:
        return total([*sums.args, extra])
    return total([sums, extra])


def product(*factors: Expression) -> Expression:
    """The product of the factors; those that are products themselves give their factors."""
    flat: list[Expression] = []
    for factor in factors:
        if isinstance(factor, Operation) and factor.op == "product":
            flat += factor.args
        else:
            flat.append(factor)
    return _operation("product", *flat)


def difference(minuend: Expression, subtrahend: Expression) -> Expression:
    """minuend − subtrahend."""
    return _operation("difference", minuend, subtrahend)


def quotient(dividend: Expression, divisor: Expression) -> Expression:
    """dividend / divisor."""
    return _operation("quotient", dividend, divisor)


def power(base: Expression, exponent: Expression) -> Expression:
    """base ^ exponent."""
    return _operation("power", base, exponent)


def negate(operand: Expression) -> Expression:
    """−operand."""
    return _operation("negate", operand)


def call(function: str, *args: Expression) -> Expression:
    """A named function of its arguments."""
    return Call(function, args, FUNCTIONS[function](*(arg.value for arg in args)))


def choice(cases: Sequence[tuple[str, Expression]], taken: int) -> Expression:
    """A definition by cases of which `taken` holds."""
    return Choice(tuple(Case(when, value) for when, value in cases), taken, cases[taken][1].value)


def evaluate(expression: Expression) -> float:
    """Work the formula out again from its leaves (and what is folded), trusting no intermediate value."""
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
