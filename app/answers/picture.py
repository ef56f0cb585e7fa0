"""Nodes and edges as JSON, each number null until the cursor has reached it."""

from typing import Any

from app.answers.numbers import Numbers
from tinyml.graph import Edge, Node, Quantity
from tinyml.progress import Progress


def node_answer(node: Node, path: str, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    """One node."""
    return {
        "id": node.id,
        "role": node.role,
        "label": node.label,
        "layer": node.layer,
        "index": node.index,
        **_numbers_of(node, path, progress, numbers),
        "pre": None if node.pre is None else _pre(node.pre, f"{path}/pre", progress, numbers),
    }


def edge_answer(edge: Edge, path: str, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    """One edge. Its product is known with the output that it goes into."""

    def number(name: str, value: float | None, known: bool) -> float | None:
        return numbers.scalar(value, f"{path}/{name}") if known and value is not None else None

    # Only an unfinished step is checked number by number.
    weight = gradient = following = product = progress.complete
    if not progress.complete and edge.ref is not None:
        weight, product = progress.knows(edge.ref), progress.knows(edge.target_ref)
        gradient, following = (progress.knows(ref) for ref in (edge.gradient_ref, edge.next_ref) if ref is not None)
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "ref": edge.ref,
        "label": edge.label,
        "weight": number("weight", edge.weight, weight),
        "gradient": number("gradient", edge.gradient, gradient),
        "next": number("next", edge.next, following),
        "product": number("product", edge.product, product),
    }


def _pre(pre: Quantity, path: str, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    return {"label": pre.label, **_numbers_of(pre, path, progress, numbers)}


def _numbers_of(quantity: Node | Quantity, path: str, progress: Progress, numbers: Numbers) -> dict[str, Any]:
    value_known = progress.complete or progress.knows(quantity.ref)
    gradient_known = progress.complete or progress.knows(quantity.gradient_ref)
    return {
        "value": numbers.scalar(quantity.value, f"{path}/value") if value_known else None,
        "gradient": numbers.scalar(quantity.gradient, f"{path}/gradient") if gradient_known else None,
        "ref": quantity.ref,
    }
