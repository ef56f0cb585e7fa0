"""An expression of the engine as a formula of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tinyml.expression import Call, Choice, Comparison, Expression, Leaf, Marked, Number, Operation

# Spreadsheets take formulas of at most 8,192 characters. A sum or a maximum that is longer than this has its terms in
# cells of the last sheet.
LONGEST = 4_000
MOST_ARGUMENTS = 255
# What binds tighter: a sum, a product, a minus, an atom. A minus binds tighter than a power there, so that the operands
# of a power are atoms.
_SUM, _PRODUCT, _MINUS, _ATOM = range(4)
_FUNCTIONS = {
    "exp": "EXP({0})",
    "log": "LN({0})",
    "log1p": "LN(1+{0})",
    "tanh": "TANH({0})",
    # Neither exponential can overflow.
    "sigmoid": "(EXP(MIN({0},0))/(1+EXP(-ABS({0}))))",
    "expm1": "(EXP({0})-1)",
    "sqrt": "SQRT({0})",
    "abs": "ABS({0})",
    "erf": "ERF({0})",
    "erfc": "ERFC({0})",
    "sign": "SIGN({0})",
    "cos": "COS({0})",
    "floor": "INT({0})",
}
# Functions of any number of arguments.
_OF_MANY = {"max": "MAX", "min": "MIN"}
_SIGNS = {">": ">", "≥": ">="}
# Adds cells with these formulas and their values, and returns the range that has them.
Aside = Callable[[Sequence[tuple[str, float]]], str]


class FormulaWriter:
    """Writes formulas. `cell` gives the name of the cell of a ref, `aside` adds cells for the parts of a long one."""

    def __init__(self, cell: Callable[[str], str], aside: Aside) -> None:
        self._cell = cell
        self._aside = aside

    def written(self, expression: Expression) -> str:
        """The formula, without the sign that begins it in a cell."""
        return self._at_least(_SUM, expression)

    def _at_least(self, level: int, expression: Expression) -> str:
        text, own = self._parts(expression)
        return text if own >= level else f"({text})"

    def _parts(self, expression: Expression) -> tuple[str, int]:
        """The text and how tightly its outermost operation binds."""
        match expression:
            case Leaf(ref):
                return self._cell(ref), _ATOM
            case Number(value):
                return literal(value), _ATOM if value >= 0 else _MINUS
            case Operation():
                return self._operation(expression)
            case Call(function, args) if function in _OF_MANY:
                return self._of_many(_OF_MANY[function], args), _ATOM
            case Call(function, args):
                return _FUNCTIONS[function].format(*map(self.written, args)), _ATOM
            case Choice():
                return self._choice(expression)
            case Marked(_, _, inner):
                return self._parts(inner)

    def _operation(self, operation: Operation) -> tuple[str, int]:
        args = operation.args
        match operation.op:
            case "sum":
                return self._sum(args)
            case "product":
                others = [self._at_least(_MINUS, arg) for arg in args[1:]]
                return "*".join([self._at_least(_PRODUCT, args[0]), *others]), _PRODUCT
            case "difference":
                return f"{self._at_least(_SUM, args[0])}-{self._at_least(_PRODUCT, args[1])}", _SUM
            case "quotient":
                return f"{self._at_least(_PRODUCT, args[0])}/{self._at_least(_ATOM, args[1])}", _PRODUCT
            case "power":
                return f"{self._at_least(_ATOM, args[0])}^{self._at_least(_ATOM, args[1])}", _MINUS
            case _:
                text, own = self._parts(args[0])
                # IronCalc loses the brackets of −(x²): it computes −x², which is (−x)² in a spreadsheet.
                return (f"-{text}", _MINUS) if own == _ATOM else (f"-1*({text})", _PRODUCT)

    def _sum(self, args: Sequence[Expression]) -> tuple[str, int]:
        terms = [self._at_least(_PRODUCT, arg) for arg in args]
        if sum(map(len, terms)) + len(terms) <= LONGEST:
            return "+".join(terms), _SUM
        return f"SUM({self._aside(chunks(terms, [arg.value for arg in args]))})", _ATOM

    def _of_many(self, function: str, args: Sequence[Expression]) -> str:
        written = [self.written(arg) for arg in args]
        if sum(map(len, written)) + len(args) <= LONGEST and len(args) <= MOST_ARGUMENTS:
            return f"{function}({','.join(written)})"
        return f"{function}({self._aside([(text, arg.value) for text, arg in zip(written, args, strict=True)])})"

    def _choice(self, choice: Choice) -> tuple[str, int]:
        if not choice.test:
            return self._parts(choice.cases[choice.taken].value)
        tests = [self._comparison(test) for test in choice.test]
        whole = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
        yes, no = (self.written(case.value) for case in choice.cases)
        return f"IF({whole},{yes},{no})", _ATOM

    def _comparison(self, test: Comparison) -> str:
        return f"{self._at_least(_SUM, test.left)}{_SIGNS[test.sign]}{self._at_least(_SUM, test.right)}"


def chunks(terms: Sequence[str], values: Sequence[float]) -> list[tuple[str, float]]:
    """The sum of the terms in as few parts as their length allows, each with its value."""
    found = list[tuple[str, float]]()
    text, whole = "", 0.0
    for term, value in zip(terms, values, strict=True):
        if text and len(text) + len(term) >= LONGEST:
            found.append((text, whole))
            text, whole = "", 0.0
        text, whole = f"{text}+{term}" if text else term, whole + value
    return [*found, (text, whole)]


def literal(value: float) -> str:
    """A number to its last digit."""
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value).upper()
