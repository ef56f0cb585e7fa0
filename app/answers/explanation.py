"""A number of the training step, explained, as JSON."""

from functools import lru_cache
from typing import Any

from app.answers.expression import expression_answer
from app.answers.numbers import Numbers, whole
from app.answers.warnings import warnings_answer
from app.known import KnownDocument
from tinyml.explain import Explanation, Path, Paths, explain, gathered
from tinyml.explain.local_derivatives import MatrixProduct, WrittenLine
from tinyml.explain.refs import parse
from tinyml.expression import Call, Expression, Law, Leaf, Operation
from tinyml.narrate import Language, LawNode, law_in, plain_law


def explanation_answer(known: KnownDocument, explanation: Explanation, language: Language = "en") -> dict[str, Any]:
    """A number of a training step with its formula, and the warnings about it."""
    numbers = Numbers()
    matrix, paths = explanation.matrix, explanation.paths
    sums = gathered(explanation, folded=True) if explanation.notation == "scalar" else None
    return {
        "ref": explanation.ref,
        "symbol": explanation.symbol,
        "value": numbers.scalar(explanation.value, "/value"),
        "notation": explanation.notation,
        "notations": explanation.notations,
        "law": plain_law(explanation.law),
        "law_text": _law(explanation.law, language),
        "expression": expression_answer(explanation.expression, "/expression", numbers, sums),
        "latex": explanation.latex,
        "text": explanation.text,
        "matrix": None if matrix is None else _matrix(matrix, numbers),
        "paths": None if paths is None else _paths(paths, numbers),
        "warnings": warnings_answer(known, numbers, parse(explanation.ref).owner),
        "nonfinite": numbers.nonfinite,
        **_rate(known, explanation, language),
    }


def _rate(known: KnownDocument, explanation: Explanation, language: Language) -> dict[str, Any]:
    """The explanation of the learning rate in the formula of an update, if it follows from a schedule."""
    recorded = known.trace()
    if recorded.rate.schedule is None or not _has_rate(explanation.expression):
        return {}
    return {"rate": explanation_answer(known, explain(recorded, "lr"), language)}


def _has_rate(expression: Expression) -> bool:
    match expression:
        case Leaf(ref):
            return ref == "lr"
        case Operation(args=args) | Call(args=args):
            return any(map(_has_rate, args))
    return False


@lru_cache(maxsize=512)
def _law(law: Law, language: Language) -> dict[str, Any]:
    found = law_in(law, language)
    parts = [part if isinstance(part, str) else [_node(piece) for piece in part] for part in found.parts]
    return {"key": law.key, "language": found.language, "parts": parts}


def _node(node: LawNode) -> dict[str, Any]:
    answer: dict[str, Any] = {"kind": node.kind}
    if node.text:
        answer["text"] = node.text
    if node.parts:
        answer["parts"] = [_node(part) for part in node.parts]
    return answer


def _matrix(matrix: MatrixProduct, numbers: Numbers) -> dict[str, Any]:
    plus = matrix.plus
    return {
        "formula": plain_law(matrix.formula),
        "left": _line(matrix.left, "/matrix/left", numbers),
        "right": _line(matrix.right, "/matrix/right", numbers),
        "plus": None if plus is None else expression_answer(plus, "/matrix/plus", numbers),
    }


def _line(line: WrittenLine, path: str, numbers: Numbers) -> dict[str, Any]:
    entries = [expression_answer(entry, f"{path}/entries/{i}", numbers) for i, entry in enumerate(line.entries)]
    return {
        "symbol": line.side.symbol,
        "tensor": line.side.tensor or None,
        "transposed": line.side.transposed,
        "shape": line.side.shape,
        "kind": line.side.kind,
        "at": line.side.at,
        "entries": entries,
        "more": line.more,
    }


def _paths(paths: Paths, numbers: Numbers) -> dict[str, Any]:
    return {
        "count": whole(paths.count),
        "remainder": numbers.scalar(paths.remainder, "/paths/remainder"),
        "items": [_path(path, f"/paths/items/{i}", numbers) for i, path in enumerate(paths.largest)],
    }


def _path(path: Path, place: str, numbers: Numbers) -> dict[str, Any]:
    factors = [
        {
            "symbol": factor.derivative,
            "value": numbers.scalar(factor.value, f"{place}/factors/{i}/value"),
            "ref": factor.expression.ref if isinstance(factor.expression, Leaf) else None,
        }
        for i, factor in enumerate(path.factors)
    ]
    running = [numbers.scalar(value, f"{place}/running/{i}") for i, value in enumerate(path.running)]
    return {"refs": path.refs, "factors": factors, "running": running, "value": running[-1]}
