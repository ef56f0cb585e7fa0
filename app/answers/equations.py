"""The equations of a training step as JSON: expressions over the names of tensors, without their numbers."""

from collections.abc import Iterator
from typing import Any

from app import limits
from app.answers.messages import message_answer
from app.answers.numbers import Numbers
from app.answers.tensors import of_one_sample
from app.answers.windows import sent_windows
from tinyml.equations import Equation, Node, Operand, Scalar, meetings, sizes
from tinyml.explain import equations
from tinyml.narrate import equation_title, law_title
from tinyml.trace import Trace


def equations_answer(recorded: Trace) -> dict[str, Any]:
    """All equations, in the order of the step, for the numbers that a trace contains: one sample of a large batch, and
    windows up to their limit.
    """
    sent = sent_windows(recorded)
    found = equations(
        recorded,
        one_sample=of_one_sample(recorded),
        omitted=[layer.layer.name for layer in recorded.layers if layer.layer.name not in sent],
        most=limits.MAX_MATRIX_ENTRIES,
    )
    return {"equations": [_equation(recorded, equation) for equation in found]}


def _equation(recorded: Trace, equation: Equation) -> dict[str, Any]:
    left, right = equation.left, equation.right
    law, names, numbers = law_title(equation), iter(meetings(equation)), Numbers()
    return {
        "id": equation.id,
        "title": message_answer(equation_title(recorded, equation), "/title", numbers),
        "phase": equation.phase,
        "gives": equation.gives,
        "law": None if law is None else message_answer(law, "/law", numbers),
        "layer": equation.layer,
        "parameter": equation.parameter,
        "sizes": sizes(equation.operands),
        "left": None if left is None else _operand(left, left.rows + left.columns),
        "right": None if right is None else _node(right, names),
    }


def _node(node: Node, names: Iterator[str]) -> dict[str, Any]:
    if isinstance(node, Operand):
        return _operand(node, next(names))
    if isinstance(node, Scalar):
        return {"symbol": node.symbol, "value": node.value}
    return {
        "op": node.op,
        "args": [_node(one, names) for one in node.args],
        **({"over": node.over} if node.over else {}),
        **({} if node.function is None else {"function": node.function, "variant": node.variant}),
        **({"chosen": True} if node.chosen else {}),
    }


def _operand(operand: Operand, meets: str) -> dict[str, Any]:
    return {
        "tensor": operand.tensor,
        "axes": operand.axes,
        "rows": operand.rows,
        "columns": operand.columns,
        "meets": meets,
        **({} if operand.seen is None else {"windows": {"layer": operand.seen.layer, "of": operand.seen.of}}),
        **({"transposed": True} if operand.transposed else {}),
        **({"turned": True} if operand.turned else {}),
    }
