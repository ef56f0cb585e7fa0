"""An expression tree as JSON that anyone can evaluate."""

from typing import Any

from app.answers.numbers import Numbers, whole
from tinyml.expression import Call, Choice, Expression, Leaf, Marked, Number, Operation


def expression_answer(expression: Expression, path: str, numbers: Numbers) -> dict[str, Any]:
    """The tree, with every node's own value; `path` is where it stands in the answer."""

    def arguments(args: tuple[Expression, ...]) -> list[dict[str, Any]]:
        return [expression_answer(arg, f"{path}/args/{i}", numbers) for i, arg in enumerate(args)]

    if isinstance(expression, Marked):
        mark = {"role": expression.role, "derivative": expression.derivative}
        return expression_answer(expression.expression, path, numbers) | mark
    value = numbers.scalar(expression.value, f"{path}/value")
    match expression:
        case Leaf(ref, symbol, _):
            return {"ref": ref, "symbol": symbol, "value": value}
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
        case Choice(cases, taken, _):
            listed = [
                {"when": case.when, "value": expression_answer(case.value, f"{path}/cases/{i}/value", numbers)}
                for i, case in enumerate(cases)
            ]
            return {"op": "choice", "cases": listed, "taken": taken, "value": value}
