"""An expression tree as JSON that anyone can evaluate."""

from typing import Any

from app.answers.numbers import Numbers
from tinyml.explain import Explanation
from tinyml.expression import Call, Choice, Expression, Leaf, Number, Operation


def explanation_answer(explanation: Explanation) -> dict[str, Any]:
    """A number of the training step with the formula that gives it."""
    numbers = Numbers()
    return {
        "ref": explanation.ref,
        "symbol": explanation.symbol,
        "value": numbers.scalar(explanation.value, "/value"),
        "law": explanation.law,
        "expression": _expression(explanation.expression, "/expression", numbers),
        "latex": explanation.latex,
        "text": explanation.text,
        "nonfinite": numbers.nonfinite,
    }


def _expression(expression: Expression, path: str, numbers: Numbers) -> dict[str, Any]:
    def arguments(args: tuple[Expression, ...]) -> list[dict[str, Any]]:
        return [_expression(arg, f"{path}/args/{i}", numbers) for i, arg in enumerate(args)]

    value = numbers.scalar(expression.value, f"{path}/value")
    match expression:
        case Leaf(ref, symbol, _):
            return {"ref": ref, "symbol": symbol, "value": value}
        case Number(number):
            return {"number": number, "value": value}
        case Operation(op, args, _):
            return {"op": op, "args": arguments(args), "value": value}
        case Call(function, args, _):
            return {"op": "call", "function": function, "args": arguments(args), "value": value}
        case Choice(cases, taken, _):
            listed = [
                {"when": case.when, "value": _expression(case.value, f"{path}/cases/{i}/value", numbers)}
                for i, case in enumerate(cases)
            ]
            return {"op": "choice", "cases": listed, "taken": taken, "value": value}
