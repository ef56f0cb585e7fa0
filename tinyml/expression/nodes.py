"""A formula with its numbers filled in, as a tree: leaves are named numbers, inner nodes are what is done to them.

The rule that makes it worth trusting: `evaluate(tree)` gives the number that the tree explains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tinyml.expression.arithmetic import FUNCTIONS, OPERATIONS


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number of the training step, known by its ref and written with its symbol."""

    ref: str
    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Number:
    """A constant that belongs to the formula itself, such as ½."""

    value: float


@dataclass(frozen=True, slots=True)
class Operation:
    """`op` (sum, product, difference, quotient, power, negate) applied to `args`."""

    op: str
    args: "tuple[Expression, ...]"
    value: float


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


Expression = Leaf | Number | Operation | Call | Choice


def _operation(op: str, *args: Expression) -> Operation:
    return Operation(op, args, OPERATIONS[op](*(arg.value for arg in args)))


def total(terms: Sequence[Expression]) -> Expression:
    """Σ terms; a single term stands for itself, so that a batch of one shows no sum sign."""
    return terms[0] if len(terms) == 1 else _operation("sum", *terms)


def product(*factors: Expression) -> Expression:
    """The product of the factors."""
    return _operation("product", *factors)


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
    """Work the formula out again from its leaves, trusting no intermediate value."""
    match expression:
        case Leaf() | Number():
            return expression.value
        case Operation(op, args):
            return OPERATIONS[op](*(evaluate(arg) for arg in args))
        case Call(function, args):
            return FUNCTIONS[function](*(evaluate(arg) for arg in args))
        case Choice(cases, taken):
            return evaluate(cases[taken].value)
