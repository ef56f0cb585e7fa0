"""A training step computed by a program with one bug: all later numbers are wrong too, as in a real program.

Each subclass of `Program` has a bug of a real program. Its receipt claims the right laws and factors, as a screen
has the right labels, and has the program's numbers.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.support.networks import Document
from tinyml.verify import FORMAT, Step

Matrix = NDArray[np.float64]
# As many samples as features, so that no shape betrays a mistake.
WIDTH = 3


def document(loss: str = "half_squared_error") -> Document:
    """Two fully connected layers with tanh between."""
    rng = np.random.default_rng(7)

    def numbers(*shape: int) -> Any:
        return rng.uniform(-1, 1, shape).tolist()

    def linear(name: str) -> Document:
        return {"type": "Linear", "name": name, "output_dim": WIDTH, "w": numbers(WIDTH, WIDTH), "b": numbers(WIDTH)}

    return {
        "format": "tinyml-network/1",
        "input_shape": [WIDTH],
        "layers": [linear("fc_1"), {"type": "Tanh", "name": "tanh_1"}, linear("fc_2")],
        "loss": {"type": loss},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "x": numbers(WIDTH, WIDTH),
        "y": numbers(WIDTH, WIDTH),
    }


class Program:
    """The step without a bug, as short as possible."""

    loss_type = "half_squared_error"

    def receipt(self) -> dict[str, Any]:
        """The program's own receipt."""
        written = document(self.loss_type)
        numbers, step, lines = self.run(written), Step(written), []
        for line in step.lines():
            owner, _, index = line.ref.rstrip("]").partition("[")
            value = float(numbers[owner][tuple(map(int, index.split(",")))] if index else numbers[owner])
            step.values[line.ref] = value
            terms = [[f if isinstance(f, str) else {f.meaning: f.value} for f in term] for term in line.terms]
            lines.append({"ref": line.ref, "value": value, "law": line.law, "terms": terms})
        return {"format": FORMAT, "step": 1, "previous": None, "document": written, "lines": lines}

    def run(self, written: Document) -> dict[str, Matrix]:
        """All numbers of the step, by the names in refs."""
        self.rate = written["optimizer"]["lr"]
        x, y = np.array(written["x"]), np.array(written["y"])
        w1, b1 = (np.array(written["layers"][0][part]) for part in "wb")
        w2, b2 = (np.array(written["layers"][2][part]) for part in "wb")
        z = self.linear(x, w1, b1)
        h = np.tanh(z)
        out = self.linear(h, w2, b2)
        to_out = self.loss_gradient(out, y)
        to_h = self.input_gradient(to_out, w2)
        to_z = to_h * self.slope(h)
        gradients = self.gradients([(x, to_z), (h, to_out)])
        numbers = {
            "fc_1.output": z,
            "tanh_1.output": h,
            "fc_2.output": out,
            "loss": np.array(self.loss(out, y, [w1, w2])),
            "fc_2.output.grad": to_out,
            "tanh_1.output.grad": to_h,
            "fc_1.output.grad": to_z,
            "x.grad": self.input_gradient(to_z, w1),
        }
        for name, w, b, (w_gradient, b_gradient) in zip(("fc_1", "fc_2"), (w1, w2), (b1, b2), gradients, strict=True):
            numbers |= {f"{name}.w.grad": w_gradient, f"{name}.b.grad": b_gradient}
            numbers |= {f"{name}.w.next": self.update(w, w_gradient), f"{name}.b.next": self.update_bias(b, b_gradient)}
        return numbers

    def linear(self, x: Matrix, w: Matrix, b: Matrix) -> Matrix:
        return x @ w + b

    def slope(self, h: Matrix) -> Matrix:
        return 1 - h * h

    def loss(self, out: Matrix, y: Matrix, weights: list[Matrix]) -> float:
        squares = float(((out - y) ** 2).sum())
        return 0.5 * squares if self.loss_type == "half_squared_error" else squares / out.size

    def loss_gradient(self, out: Matrix, y: Matrix) -> Matrix:
        return out - y if self.loss_type == "half_squared_error" else 2 * (out - y) / out.size

    def gradients(self, layers: list[tuple[Matrix, Matrix]]) -> list[tuple[Matrix, Matrix]]:
        return [(self.weight_gradient(x, upstream), self.bias_gradient(upstream)) for x, upstream in layers]

    def weight_gradient(self, x: Matrix, upstream: Matrix) -> Matrix:
        return x.T @ upstream

    def bias_gradient(self, upstream: Matrix) -> Matrix:
        return upstream.sum(axis=0)

    def input_gradient(self, upstream: Matrix, w: Matrix) -> Matrix:
        return upstream @ w.T

    def update(self, w: Matrix, gradient: Matrix) -> Matrix:
        return w - self.rate * gradient

    def update_bias(self, b: Matrix, gradient: Matrix) -> Matrix:
        return self.update(b, gradient)


class LayersReversed(Program):
    def gradients(self, layers: list[tuple[Matrix, Matrix]]) -> list[tuple[Matrix, Matrix]]:
        return super().gradients(layers)[::-1]


class SlopeTwice(Program):
    def slope(self, h: Matrix) -> Matrix:
        return super().slope(h) ** 2


class SlopeForgotten(Program):
    def slope(self, h: Matrix) -> Matrix:
        return np.ones_like(h)


class SlopeOfTheSlope(Program):
    """tanh′ at h where it should be at z: 1 − tanh(h)²."""

    def slope(self, h: Matrix) -> Matrix:
        return super().slope(np.tanh(h))


class BiasTimesFanIn(Program):
    def linear(self, x: Matrix, w: Matrix, b: Matrix) -> Matrix:
        return x @ w + len(w) * b


class HalfLost(Program):
    def loss(self, out: Matrix, y: Matrix, weights: list[Matrix]) -> float:
        return 2 * super().loss(out, y, weights)


class TwoLost(Program):
    loss_type = "mean_squared_error"

    def loss_gradient(self, out: Matrix, y: Matrix) -> Matrix:
        return super().loss_gradient(out, y) / 2


class BatchMeanLost(Program):
    loss_type = "mean_squared_error"

    def loss_gradient(self, out: Matrix, y: Matrix) -> Matrix:
        return super().loss_gradient(out, y) * len(out)


class WeightsTransposed(Program):
    def input_gradient(self, upstream: Matrix, w: Matrix) -> Matrix:
        return upstream @ w


class EdgesFromRandomNumbers(Program):
    def weight_gradient(self, x: Matrix, upstream: Matrix) -> Matrix:
        return np.random.default_rng(0).normal(size=(x.shape[1], upstream.shape[1]))


class AnimationConstants(Program):
    def update(self, w: Matrix, gradient: Matrix) -> Matrix:
        return w - 0.03 * gradient


class StaleLoss(Program):
    """The loss of the network before its last edit, where x₁ was 0."""

    def run(self, written: Document) -> dict[str, Matrix]:
        before = {**written, "x": [[0.0, *row[1:]] for row in written["x"]]}
        return {**super().run(written), "loss": super().run(before)["loss"]}


class BatchAxisForFeatures(Program):
    def bias_gradient(self, upstream: Matrix) -> Matrix:
        return upstream.sum(axis=1)


class PenaltyReportedAsDataLoss(Program):
    def loss(self, out: Matrix, y: Matrix, weights: list[Matrix]) -> float:
        return super().loss(out, y, weights) + 0.01 * sum(float((w * w).sum()) for w in weights)


class ProductMissing(Program):
    def linear(self, x: Matrix, w: Matrix, b: Matrix) -> Matrix:
        return x[:, :-1] @ w[:-1] + b


class StepUphill(Program):
    def update(self, w: Matrix, gradient: Matrix) -> Matrix:
        return w + self.rate * gradient


class BiasUpdatedOncePerInput(Program):
    def update_bias(self, b: Matrix, gradient: Matrix) -> Matrix:
        return b - WIDTH * self.rate * gradient


class GradientsAccumulate(Program):
    """backward() called twice, which accumulates the gradients."""

    def gradients(self, layers: list[tuple[Matrix, Matrix]]) -> list[tuple[Matrix, Matrix]]:
        return [(2 * w, 2 * b) for w, b in super().gradients(layers)]


class LastSampleOnly(Program):
    def weight_gradient(self, x: Matrix, upstream: Matrix) -> Matrix:
        return x[-1:].T @ upstream[-1:]


class WeightsUpdatedBeforeTheyAreUsed(Program):
    """The backward pass uses the new weights of the last layer."""

    def input_gradient(self, upstream: Matrix, w: Matrix) -> Matrix:
        return upstream @ (w - self.rate * upstream.T @ upstream).T
