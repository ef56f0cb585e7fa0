"""Gradient descent."""

from tinyml.core import Array, Parameter
from tinyml.expression import Leaf, difference, product
from tinyml.layers.base import Explained
from tinyml.optims.base import Optimizer


class SGDOptimizer(Optimizer):
    """Steps against the gradient.

    Update:    w_new = w − η ∂ℓ/∂w; with momentum μ: v_new = μv + ∂ℓ/∂w (at first ∂ℓ/∂w), w_new = w − η v_new.
    Units:     `lr` is η, at least 0; `momentum` is μ, None for none.
    Source:    the chapter "Fully Connected Layers"; the momentum is PyTorch's `SGD`.
    """

    def __init__(self, lr: float, momentum: float | None = None) -> None:
        self.lr = lr
        self.momentum = momentum

    def propose(self, param: Parameter) -> tuple[Array, Array | None]:
        gradient = self.gradient_of(param)
        if not self.momentum:
            return param.tensor - self.lr * gradient, None
        velocity = gradient if param.velocity is None else self.momentum * param.velocity + gradient
        return param.tensor - self.lr * velocity, velocity

    def explain(self, value: Leaf, gradient: Leaf) -> Explained:
        if self.momentum:
            raise NotImplementedError("An update with momentum has no formula yet.")
        rate = Leaf("lr", "η", self.lr)
        return Explained("Gradient descent: w_new = w − η ∂ℓ/∂w", difference(value, product(rate, gradient)))
