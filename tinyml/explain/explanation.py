"""Why a number of a training step is what it is: any ref as an expression tree."""

from dataclasses import dataclass

from tinyml.explain.quantities import find
from tinyml.explain.refs import parse
from tinyml.expression import Expression, latex, latex_number, short, symbol_latex, symbol_text, text
from tinyml.trace import Trace


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number of the training step with the formula that gives it."""

    ref: str
    symbol: str
    value: float
    law: str
    expression: Expression

    @property
    def latex(self) -> str:
        """symbol = formula in symbols = formula in numbers = value, in LaTeX."""
        parts = [
            symbol_latex(self.symbol),
            latex(self.expression),
            latex(self.expression, numbers=True),
            latex_number(self.value),
        ]
        return " = ".join(_without_repeats(parts))

    @property
    def text(self) -> str:
        """The same in words, for a screen reader."""
        parts = [
            symbol_text(self.symbol),
            text(self.expression),
            text(self.expression, numbers=True),
            short(self.value),
        ]
        return " = ".join(_without_repeats(parts))


def explain(trace: Trace, ref: str) -> Explanation:
    """Explain the number that `ref` names. Raises RefError, with the valid refs, where it names nothing."""
    family, index = find(trace, parse(ref))
    law, expression = family.explain(index)
    return Explanation(ref, family.symbol(index), float(family.values[index]), law, expression)


def _without_repeats(parts: list[str]) -> list[str]:
    return [part for i, part in enumerate(parts) if i == 0 or part != parts[i - 1]]
