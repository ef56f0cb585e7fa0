"""Evaluates both sides of a matrix equation with numpy, from the tensors of a training step.

A value is an array with labelled axes. None of the layers' programs are used: elementwise functions are computed
from the layers' own formulas.
"""

from collections.abc import Callable
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyml.equations import Equation, Node, Operand, Operation, Scalar, sizes
from tinyml.explain import explain
from tinyml.explain.layers import layer_explanation
from tinyml.explain.layers.elementwise import ElementwiseExplanation
from tinyml.expression import Leaf
from tinyml.layers import Layer
from tinyml.tensors import tensors
from tinyml.trace import Trace

Array = NDArray[np.float64]


class Labelled(NamedTuple):
    """An array with a label for each axis."""

    labels: str
    values: Array

    def along(self, labels: str) -> Array:
        """The array with these axes, in this order; an axis that it lacks has length 1."""
        own = [label for label in labels if label in self.labels]
        moved = np.transpose(self.values, [self.labels.index(label) for label in own])
        lengths = dict(zip(own, moved.shape, strict=True))
        return moved.reshape([lengths.get(label, 1) for label in labels])


class Sides:
    """Both sides of an equation of a recorded step."""

    def __init__(self, trace: Trace, equation: Equation) -> None:
        assert equation.left is not None
        assert equation.right is not None
        self.trace, self.equation = trace, equation
        self.tensors = {name: tensor.values for name, tensor in tensors(trace).items()} | {
            "loss": np.array(trace.loss.value)
        }
        self.sizes = sizes(equation.operands)
        self.left = self._value(equation.left)
        right = self._value(equation.right)
        alone = [label for label in right.labels if label not in self.left.labels]
        assert all(right.values.shape[right.labels.index(label)] == 1 for label in alone), "a label is left over"
        spread = right.along(self.left.labels + "".join(alone))
        self.right = np.broadcast_to(spread.reshape(spread.shape[: len(self.left.labels)]), self.left.values.shape)

    def _value(self, node: Node) -> Labelled:
        if isinstance(node, Operand):
            return self._operand(node)
        if isinstance(node, Scalar):
            return Labelled("", np.array(node.value))
        if node.op == "chain":
            left = self.equation.left
            assert left is not None
            return self._explained(left)
        if node.op == "call":
            return self._called(node)
        if node.chosen:
            return self._chosen(node)
        values = [self._value(one) for one in node.args]
        labels = "".join(dict.fromkeys("".join(value.labels for value in values)))
        args = [value.along(labels) for value in values]
        if node.op == "product":
            left, right = node.args
            assert isinstance(left, Operand)
            assert isinstance(right, Operand)
            assert left.columns == right.rows == node.over, "columns meet rows"
            return _without(node.over, labels, lambda axes: (args[0] * args[1]).sum(axis=axes))
        if node.op in ("total", "mean", "max"):
            reduce = {"total": np.sum, "mean": np.mean, "max": np.max}[node.op]
            return _without(node.over, labels, lambda axes: np.asarray(reduce(args[0], axis=axes)))
        return Labelled(labels, ENTRYWISE[node.op](*args))

    def _operand(self, operand: Operand) -> Labelled:
        values = self.tensors[operand.tensor]
        assert values.shape == operand.shape, operand
        assert sorted(operand.rows + operand.columns + operand.outer) == sorted(operand.labels)
        if operand.seen is not None:
            values = operand.seen.places.of(values)
            sides = [label for label in operand.axes if len(label) > 1]
            plain = operand.axes[: -len(sides)]
            places, within = ("".join(labels) for labels in zip(*sides, strict=True))
            return Labelled("".join(plain) + places + within, values)
        return Labelled(operand.labels, values.reshape([self.sizes[label] for label in operand.labels]))

    def _chosen(self, node: Operation) -> Labelled:
        """The sum over the entries that the windows of a max pool chose: the first maximum of each window."""
        (given,) = node.args
        assert isinstance(given, Operand)
        assert given.seen is not None
        recorded = next(one for one in self.trace.layers if one.layer.name == given.seen.layer)
        under = recorded.layer.unrolled(recorded.input.shape[1:], recorded.output.shape[1:])["output"]
        windows = under.of(recorded.input)
        first = windows.reshape(*windows.shape[:-2], -1).argmax(axis=-1)
        value = self._operand(given)
        width = self.sizes["j"]
        # A window covers the position (i, j) of a pixel; it chose the pixel if its chosen tap is (i, j) as well.
        taps = np.arange(self.sizes["i"])[:, None] * width + np.arange(width)
        spread = given.seen.places.of(first + 1.0)
        return _without(node.over, value.labels, lambda axes: (value.values * (spread == taps + 1)).sum(axis=axes))

    def _called(self, node: Operation) -> Labelled:
        arg = self._value(node.args[0])
        if node.function == "softmax":
            powers = np.exp(arg.values - arg.values.max())
            axes = tuple(arg.labels.index(label) for label in node.over)
            return Labelled(arg.labels, powers / powers.sum(axis=axes, keepdims=True))
        if node.function == "Flatten":
            return arg
        if node.function == "clip":
            most = self._value(node.args[1]).values
            return Labelled(arg.labels, np.clip(arg.values, -most, most))
        found = FUNCTIONS.get((node.function or "", node.variant))
        if found is not None and (self.equation.layer is None or node.function != self._layer().symbol):
            return Labelled(arg.labels, found(arg.values))
        if node.function == "τ":
            return Labelled(arg.labels, self._tau(arg.along("nk")))
        if self.equation.layer is None:
            return Labelled(arg.labels, self._rho(arg.values, node.variant == "derivative"))
        layer = self._layer()
        explanation = layer_explanation(layer)
        if not isinstance(explanation, ElementwiseExplanation):
            left = self.equation.left
            assert left is not None
            return self._explained(left)
        assert node.function == layer.symbol
        points, function = arg.values.ravel().tolist(), explanation.function
        made = values = explanation.curve(points)
        if node.variant != "plain":
            pairs = zip(points, values, strict=True)
            made = [function.slope(layer, Leaf("", "", z), Leaf("", "", h)).value for z, h in pairs]
        return Labelled(arg.labels, np.array(made).reshape(arg.values.shape))

    def _rho(self, error: Array, derivative: bool) -> Array:
        delta: float = vars(self.trace.loss.loss)["delta"]
        small = abs(error) <= delta
        if derivative:
            return np.where(small, error, delta * np.sign(error))
        return np.where(small, error**2 / 2, delta * (abs(error) - delta / 2))

    def _tau(self, truth: Array) -> Array:
        """The targets of a cross entropy after smoothing and weighting, by the settings of its loss."""
        settings = vars(self.trace.loss.loss)
        smoothing = settings.get("label_smoothing", 0.0)
        weights = settings.get("weight") or settings.get("pos_weight") or 1.0
        return np.asarray(weights) * ((1 - smoothing) * truth + smoothing / truth.shape[1])

    def _explained(self, operand: Operand) -> Labelled:
        """Computed from the formula of each number, if the equation only names a function."""
        refs = [f"{operand.tensor}[{','.join(map(str, at))}]" for at in np.ndindex(*operand.shape)]
        values = [explain(self.trace, ref).expression.value for ref in refs]
        return Labelled(operand.labels, np.array(values).reshape([self.sizes[label] for label in operand.labels]))

    def _layer(self) -> Layer:
        return next(one.layer for one in self.trace.layers if one.layer.name == self.equation.layer)


def _without(over: str, labels: str, reduce: Callable[[tuple[int, ...]], Array]) -> Labelled:
    axes = tuple(labels.index(label) for label in over)
    return Labelled("".join(label for label in labels if label not in over), reduce(axes))


def _times(*factors: Array) -> Array:
    # A term with the factor 0 is left out, such as one with the logarithm of 0.
    known = [np.where(np.isinf(factor), 0.0, factor) for factor in factors]
    zero = np.any(np.broadcast_arrays(*[factor == 0 for factor in factors]), axis=0)
    return np.where(zero, 0.0 * prod(known, start=np.ones(())), prod(factors, start=np.ones(())))


ENTRYWISE: dict[str, Callable[..., Any]] = {
    "times": _times,
    "quotient": np.divide,
    "sum": lambda *terms: sum(terms[1:], start=terms[0]),
    "difference": np.subtract,
    "negate": np.negative,
    "power": np.power,
    "root": np.sqrt,
}
FUNCTIONS: dict[tuple[str, str], Callable[[Array], Array]] = {
    ("σ", "plain"): lambda z: 1 / (1 + np.exp(-z)),
    ("log", "plain"): np.log,
    ("abs", "plain"): abs,
    ("sign", "plain"): np.sign,
    ("ReLU", "plain"): lambda z: np.maximum(z, 0),
    ("ReLU", "derivative"): lambda z: np.where(z > 0, 1.0, 0.0),
}
