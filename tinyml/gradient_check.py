"""Every derivative a second time, by moving one number at a time: the witness against the backward pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tinyml.core import Array, Backend
from tinyml.layers import Layer
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.trace import left_as_found

DEFAULT_EPSILON = 1e-5
TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class GradientRow:
    """One derivative both ways: by the backward pass (`analytic`) and from the losses to the `left` and `right`."""

    ref: str
    analytic: float
    left: float
    right: float
    numeric: float

    @property
    def relative_error(self) -> float:
        """|analytic − numeric| / max(|analytic|, |numeric|, 1e-8)."""
        return abs(self.analytic - self.numeric) / max(abs(self.analytic), abs(self.numeric), 1e-8)

    @property
    def ok(self) -> bool:
        """Whether the two agree to TOLERANCE."""
        return self.relative_error < TOLERANCE


def gradient_check(
    model: Sequential, loss: Loss, x: Array, y: Array, epsilon: float = DEFAULT_EPSILON
) -> Iterator[GradientRow]:
    """Central differences (ℓ(v + ε) − ℓ(v − ε)) / 2ε for every parameter and every input, next to the backward pass.

    The truncation error is of order ε², the rounding error of order 1e-16 / ε; ε near 1e-5 keeps both small. Each pass
    leaves the network as it found it, so that every one meets the same masks and the same running statistics.
    """
    x = x.astype(float)  # whole numbers could not be moved by a little
    with left_as_found(model):
        x_gradient = model.backward(loss(model.forward(x), y)[1])
        # The refs count in the notation's orientation.
        parameters = [
            (layer, name, layer.in_notation(name, Backend.asarray(parameter.gradient)).copy())
            for layer in model.layers
            for name, parameter in layer.parameters().items()
        ]
    for layer, name, gradient in parameters:
        tensor = layer.in_notation(name, layer.parameters()[name].tensor)
        yield from _rows(
            f"{layer.name}.{name}", tensor, gradient, partial(_loss_with, model, loss, x, y, layer, name), epsilon
        )
    yield from _rows("x", x, x_gradient, partial(_loss_of, model, loss, y), epsilon)


def _rows(
    name: str, values: Array, gradient: Array, loss_at: Callable[[Array], float], epsilon: float
) -> Iterator[GradientRow]:
    for index in Backend.ndindex(values.shape):
        left, right = (loss_at(_moved(values, index, by)) for by in (-epsilon, epsilon))
        ref = f"{name}[{','.join(map(str, index))}]"
        yield GradientRow(ref, float(gradient[index]), left, right, (right - left) / (2 * epsilon))


def _moved(values: Array, index: tuple[int, ...], by: float) -> Array:
    """A copy, in floats, with one entry moved."""
    moved = values.astype(float)
    moved[index] += by
    return moved


def _loss_with(model: Sequential, loss: Loss, x: Array, y: Array, layer: Layer, name: str, values: Array) -> float:
    """The loss if parameter `name` of a layer were `values`, in the notation's orientation."""
    with left_as_found(model):
        layer.parameters()[name].tensor = layer.in_notation(name, values)
        return loss(model.forward(x), y)[0]


def _loss_of(model: Sequential, loss: Loss, y: Array, x: Array) -> float:
    with left_as_found(model):
        return loss(model.forward(x), y)[0]
