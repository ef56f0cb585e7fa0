"""The default equations of a layer, derived from its declarations: an elementwise function f is Y = f(X) and
∂ℓ/∂X = ∂ℓ/∂Y ⊙ f′(X); any other layer is a function of its inputs and parameters, with gradients by the chain rule.
"""

from __future__ import annotations

from tinyml import equations as eq


def forward(scope: eq.LayerTensors) -> list[eq.Equation]:
    """Return Y = f(X), in which an output depends on one input, on those in its window, or on more."""
    layer, function = scope.recorded.layer, function_of(scope)
    if layer.elementwise:
        x, y = scope.tensor("input"), scope.tensor("output")
        return [scope.forward("forward", "entrywise", y, eq.apply(function, x, *_parameters(scope, x, y)))]
    if _has_windows(scope):
        y, x = scope.tensor("output", OUTPUTS), scope.seen("input", "output", UNDER_OUTPUTS)
        right = eq.apply(function, x, *_parameters(scope, x, y), along="ij")
        return [scope.forward("forward", "windows", y, right)]
    x, y, mixed = _together(scope, "input", "output")
    right = eq.apply(function, x, *_parameters(scope, x, y), along=mixed[0])
    return [scope.forward("forward", "together", y, right)]


def backward(scope: eq.LayerTensors) -> list[eq.Equation]:
    """Return ∂ℓ/∂ of each parameter, and ∂ℓ/∂X."""
    layer, function = scope.recorded.layer, function_of(scope)
    if _has_windows(scope):
        gradient, upstream = (
            scope.tensor("input.grad", PIXELS),
            scope.seen("output.grad", "input_gradient", OVER_PIXELS),
        )
        y, x = scope.tensor("output", OUTPUTS), scope.tensor("input", PIXELS)
        plain, back = scope.tensor("output.grad", OUTPUTS), eq.chain(upstream, y, x, "ij")
    elif layer.elementwise:
        x, y, gradient, plain = (scope.tensor(what) for what in ("input", "output", "input.grad", "output.grad"))
        back = eq.chain(plain, y, x, "") if _names(scope) else eq.times(plain, eq.slope(function, x))
    else:
        x, y, mixed = _together(scope, "input", "output")
        gradient, plain, _ = _together(scope, "input.grad", "output.grad")
        back = eq.chain(plain, y, x, mixed[1])
    return [*_learnt(scope, x, y, plain), scope.back("back", "back", gradient, back)]


def _learnt(scope: eq.LayerTensors, x: eq.Operand, y: eq.Operand, upstream: eq.Operand) -> list[eq.Equation]:
    """Return ∂ℓ/∂ of each parameter by the chain rule, summed over all labels that the parameter does not have."""
    own = zip(_names(scope), _parameters(scope, x, y), _parameters(scope, x, y, ".grad"), strict=True)
    return [
        scope.learnt(name, "parameter", gradient, eq.chain(upstream, y, value, _without(y.labels, value.labels)))
        for name, value, gradient in own
    ]


def _names(scope: eq.LayerTensors) -> list[str]:
    """Return the names of the parameters."""
    return [*scope.recorded.parameters]


def _parameters(scope: eq.LayerTensors, x: eq.Operand, y: eq.Operand, kind: str = "") -> list[eq.Operand]:
    """Return each parameter, or its gradient: laid out as a sample, if it has a number for each input; with a column
    for each feature, if it has a number for each; else with labels that no other tensor has.
    """
    features, inputs = scope.recorded.input.shape[1], scope.recorded.input.shape[1:]
    made = []
    for name, parameter in scope.recorded.parameters.items():
        shape = parameter.value.shape
        labels = list(_without("ijpquvw", x.labels + y.labels))[: len(shape)]
        laid = eq.Layout(" ".join(labels), "".join(labels[:-1]), labels[-1])
        if shape == inputs:
            laid = eq.Layout(" ".join(x.axes[1:]), x.rows.replace("n", ""), x.columns)
        elif shape == (features,):
            laid = eq.Layout(x.axes[1], "", x.axes[1])
        made.append(scope.tensor(f"{name}{kind}", laid))
    return made


def _without(labels: str, others: str) -> str:
    return "".join(label for label in labels if label not in others)


def function_of(scope: eq.LayerTensors) -> str:
    """Return the name of a layer's function in equations: its symbol, or the layer's type."""
    layer = scope.recorded.layer
    return layer.symbol or layer.type


# The results of windows in one column, channel by channel, and the pixels; and the matrix of windows, with a row for
# each result and a column for each position in a window.
OUTPUTS, PIXELS = eq.Layout("n c r s", "crs", ""), eq.Layout("n c h w", "chw", "")
UNDER_OUTPUTS, OVER_PIXELS = eq.Layout("n c ri sj", "crs", "ij"), eq.Layout("n c hi wj", "chw", "ij")


def _has_windows(scope: eq.LayerTensors) -> bool:
    """Return whether each output is a function of a window of the same channel."""
    return bool(scope.windows) and not scope.recorded.layer.input_axes


def _together(scope: eq.LayerTensors, before: str, after: str) -> tuple[eq.Operand, eq.Operand, tuple[str, str]]:
    """Return input and output, with the labels that the layer mixes: those along an axis, or all of a sample."""
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
