"""Every derivative a second time, by moving one number at a time: the witness against the backward pass."""

from collections.abc import Iterator
from dataclasses import dataclass

from tinyml.core import Array, Backend
from tinyml.losses import Loss
from tinyml.net import Sequential

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

    The truncation error is of order ε², the rounding error of order 1e-16 / ε; ε near 1e-5 keeps both small.
    """
    x = x.copy()
    x_gradient = model.backward(loss(model.forward(x), y)[1])
    for layer in model.layers:
        for name, parameter in layer.parameters().items():
            # The refs count in the notation's orientation; the view writes through to the parameter itself.
            tensor = layer.in_notation(name, parameter.tensor)
            gradient = layer.in_notation(name, Backend.asarray(parameter.gradient))
            yield from _rows(f"{layer.name}.{name}", tensor, gradient.copy(), model, loss, x, y, epsilon)
    yield from _rows("x", x, x_gradient, model, loss, x, y, epsilon)


def _rows(
    name: str, tensor: Array, gradient: Array, model: Sequential, loss: Loss, x: Array, y: Array, epsilon: float
) -> Iterator[GradientRow]:
    for index in Backend.ndindex(tensor.shape):
        kept = tensor[index]
        losses = []
        for moved in (kept - epsilon, kept + epsilon):
            tensor[index] = moved
            losses.append(loss(model.forward(x), y)[0])
            tensor[index] = kept
        left, right = losses
        ref = f"{name}[{','.join(map(str, index))}]"
        yield GradientRow(ref, float(gradient[index]), left, right, (right - left) / (2 * epsilon))
