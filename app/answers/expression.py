"""An expression tree as JSON that a client can evaluate."""

from math import isfinite
from typing import Any

from app.answers.numbers import Numbers, whole
from tinyml.explain import Gathered
from tinyml.expression import Call, Choice, Condition, Expression, Leaf, Marked, Number, Operation


def expression_answer(
    expression: Expression, path: str, numbers: Numbers, gathered: Gathered | None = None
) -> dict[str, Any]:
    """The tree, with the value of every node; `path` is its place in the answer. The `gathered` part has its running
    values.
    """
    if isinstance(expression, Leaf):  # which most parts are: without the functions below
        leaf = expression.value
        written = leaf if isfinite(leaf) else numbers.scalar(leaf, f"{path}/value")
        return {"ref": expression.ref, "symbol": expression.symbol, "value": written}

    def part(inner: Expression, place: str) -> dict[str, Any]:
        return expression_answer(inner, f"{path}{place}", numbers, gathered)

    def arguments(args: tuple[Expression, ...]) -> list[dict[str, Any]]:
        return [part(arg, f"/args/{i}") for i, arg in enumerate(args)]

    if gathered is not None and expression is gathered.part and len(gathered.terms) > 1:
        running = [numbers.scalar(value, f"{path}/running/{i}") for i, value in enumerate(gathered.running)]
        return expression_answer(expression, path, numbers) | {"running": running}
    if isinstance(expression, Marked):
        return part(expression.expression, "") | {"role": expression.role, "derivative": expression.derivative}
    value = numbers.scalar(expression.value, f"{path}/value")
    match expression:
        case Number(number, symbol):
            return {"number": number, "value": value} | ({"symbol": symbol} if symbol else {})
        case Operation(op, args, _, folded):
            answer: dict[str, Any] = {"op": op, "args": arguments(args), "value": value}
            if folded is not None:
                rest = numbers.scalar(folded.value, f"{path}/folded/value")
                answer["folded"] = {"count": whole(folded.count), "value": rest}
            return answer
        case Call(function, args, _):
            return {"op": "call", "function": function, "args": arguments(args), "value": value}
        case Choice(cases, taken):
            listed = [
                _condition(case.when) | {"value": part(case.value, f"/cases/{i}/value")} for i, case in enumerate(cases)
            ]
            return {"op": "choice", "cases": listed, "taken": taken, "value": value}


def _condition(when: str | Condition) -> dict[str, Any]:
    """The condition of a case; one in words also with the key of its wordings."""
    return {"when": str(when)} | ({"condition": f"condition.{when.key}"} if isinstance(when, Condition) else {})
