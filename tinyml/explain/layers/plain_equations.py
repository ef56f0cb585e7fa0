"""The equations of a layer that writes none itself, from what it declares: a function f of each entry by itself is
Y = f(X) and ∂ℓ/∂X = ∂ℓ/∂Y ⊙ f′(X); any other is a function of what it reaches, and goes back by the chain rule.
"""

from __future__ import annotations

from tinyml import equations as eq


def forward(scope: eq.LayerTensors) -> list[eq.Equation]:
    """Y = f(X), where each output is made of one input, of those in its window, or of more."""
    layer, function = scope.recorded.layer, function_of(scope)
    if layer.elementwise:
        y = scope.tensor("output")
        return [scope.forward("forward", "entrywise", y, eq.apply(function, scope.tensor("input")))]
    if _has_windows(scope):
        y, x = scope.tensor("output", OUTPUTS), scope.seen("input", "output", UNDER_OUTPUTS)
        return [scope.forward("forward", "windows", y, eq.apply(function, x, along="ij"))]
    x, y, mixed = _together(scope, "input", "output")
    return [scope.forward("forward", "together", y, eq.apply(function, x, along=mixed[0]))]


def backward(scope: eq.LayerTensors) -> list[eq.Equation]:
    """∂ℓ/∂X."""
    layer, function = scope.recorded.layer, function_of(scope)
    if layer.elementwise:
        x, gradient, upstream = (scope.tensor(what) for what in ("input", "input.grad", "output.grad"))
        return [scope.back("back", "back", gradient, eq.times(upstream, eq.slope(function, x)))]
    if _has_windows(scope):
        gradient, upstream = (
            scope.tensor("input.grad", PIXELS),
            scope.seen("output.grad", "input_gradient", OVER_PIXELS),
        )
        y, x = scope.tensor("output", OUTPUTS), scope.tensor("input", PIXELS)
        return [scope.back("back", "back", gradient, eq.chain(upstream, y, x, "ij"))]
    x, y, mixed = _together(scope, "input", "output")
    gradient, upstream, _ = _together(scope, "input.grad", "output.grad")
    return [scope.back("back", "back", gradient, eq.chain(upstream, y, x, mixed[1]))]


def function_of(scope: eq.LayerTensors) -> str:
    """How the function of a layer is written: by its symbol, or by what the layer is called."""
    layer = scope.recorded.layer
    return layer.symbol or layer.type


# The results of windows in one column, channel by channel, and the pixels; and what the windows see, a row for each of
# these and a column for each place in a window.
OUTPUTS, PIXELS = eq.Layout("n c r s", "crs", ""), eq.Layout("n c h w", "chw", "")
UNDER_OUTPUTS, OVER_PIXELS = eq.Layout("n c ri sj", "crs", "ij"), eq.Layout("n c hi wj", "chw", "ij")


def _has_windows(scope: eq.LayerTensors) -> bool:
    """Whether each output is made of a window of the same channel."""
    return bool(scope.windows) and not scope.recorded.layer.input_axes


def _together(scope: eq.LayerTensors, before: str, after: str) -> tuple[eq.Operand, eq.Operand, tuple[str, str]]:
    """What goes in and comes out, with the labels that are mixed: those along an axis, or all of a sample."""
    layer, axes = scope.recorded.layer, scope.axes
    if layer.reach == "axis" and layer.axis is not None:
        label = f"n{eq.layout(axes).axes.replace(' ', '')[1:]}"[layer.axis % (axes + 1)]
        laid = eq.layout(axes, label if label != "n" else None)
        return scope.tensor(before, laid), scope.tensor(after, laid), (label, label)
    after_axes = scope.recorded.output.ndim - 1
    inside = {1: eq.Layout("n j", "n", "j"), 3: eq.Layout("n c h w", "hw", "c")}.get(axes, eq.layout(axes))
    outside = {3: eq.Layout("n f r s", "rs", "f")}.get(after_axes, eq.layout(after_axes))
    mixed = tuple(laid.axes.replace(" ", "").replace("n", "") for laid in (inside, outside))
    return scope.tensor(before, inside), scope.tensor(after, outside), (mixed[0], mixed[1])
