"""Finds code that assumes that a layer's neighbours in a list feed it and take its output."""

import ast
from collections.abc import Iterator

# Names of lists with one item for each layer of a network, in the order of its list of layers.
LISTS = {"layers", "slots", "buffers", "shapes", "input_shapes", "output_shapes"}
# Functions that iterate over a list, or count it.
PASSING = {"enumerate", "zip", "list", "range", "len", "reversed"}
Scope = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.comprehension


def neighbours(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the text of each expression that assumes that layers are a chain."""
    found = {(node.lineno, ast.unparse(node)) for node in ast.walk(module) if _is_by_order(node)}
    for scope in ast.walk(module):
        if isinstance(scope, Scope):
            found |= {(node.lineno, ast.unparse(node)) for node in _beside_counted(scope)}
    for loop in ast.walk(module):
        if isinstance(loop, ast.For) and _names_layers(loop.iter):
            found |= {(node.lineno, ast.unparse(node)) for node in _carried(loop)}
    yield from sorted(found)


def _is_layers(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.lstrip("_") in LISTS


def _names_layers(node: ast.AST) -> bool:
    """Whether an expression iterates over such a list: itself, or in `enumerate`, `zip`, `list` or `range(len(…))`."""
    if isinstance(node, ast.Call):
        return _function(node) in PASSING and any(map(_names_layers, node.args))
    return isinstance(node, ast.expr) and _is_layers(node)


def _is_by_order(node: ast.AST) -> bool:
    """`layers[-1]`, `layers[0]`, `layers[i - 1]`, `layers[1:]`; `reversed(layers)`, `pairwise(layers)`,
    `accumulate(layers)`; `zip(layers, ["x", *names])`.
    """
    if isinstance(node, ast.Subscript):
        ends = [node.slice.lower, node.slice.upper] if isinstance(node.slice, ast.Slice) else [node.slice]
        return _is_layers(node.value) and any(isinstance(end, ast.Constant | ast.UnaryOp | ast.BinOp) for end in ends)
    if isinstance(node, ast.Call):
        shifted = any(
            isinstance(arg, ast.List) and len(arg.elts) > 1 and isinstance(arg.elts[-1], ast.Starred)
            for arg in node.args
        )
        in_turn = _function(node) in ("reversed", "pairwise", "accumulate") or (_function(node) == "zip" and shifted)
        return in_turn and any(map(_names_layers, node.args))
    return False


def _function(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _beside_counted(scope: Scope) -> Iterator[ast.BinOp]:
    """`i - 1` and `i + 1` where i counts layers."""
    loops = [node for node in ast.walk(scope) if isinstance(node, Loop)]
    counted = {name for loop in loops if _counts_layers(loop.iter) for name in _first_name(loop.target)}
    for node in ast.walk(scope):
        if isinstance(node, ast.Subscript):
            for inner in ast.walk(node.slice):
                if isinstance(inner, ast.BinOp) and isinstance(inner.left, ast.Name) and inner.left.id in counted:
                    yield inner


def _counts_layers(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _names_layers(node)


def _first_name(target: ast.expr) -> list[str]:
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return [first.id] if isinstance(first, ast.Name) else []


def _carried(loop: ast.For) -> Iterator[ast.Assign]:
    """`shape = layer.output_shape(shape)`: a value passed from one layer of the list to the next."""
    for node in ast.walk(loop):
        if isinstance(node, ast.Assign):
            names = {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
            calls = [call for call in ast.walk(node.value) if isinstance(call, ast.Call)]
            given = {arg.id for call in calls for arg in call.args if isinstance(arg, ast.Name)}
            if names & given:
                yield node
