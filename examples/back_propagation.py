"""The textbook's examples: forward, loss, backward and update, with given weights and every number printed, so that
they can be compared with a calculation by hand.
"""

from typing import NamedTuple

from tinyml.core import Array
from tinyml.core import Backend as np
from tinyml.layers import Linear, ReLu
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer


class Step(NamedTuple):
    """What one training step showed; the model's parameters keep their gradients and their new values."""

    model: Sequential
    output: Array
    loss: float
    loss_gradient: Array
    input_gradient: Array
    loss_after: float


def linear(name: str, w: list[list[float]], b: list[float]) -> Linear:
    layer = Linear(name, 2, 2)
    layer.weight.tensor = np.array(w).T  # the textbook writes inputs × outputs, the library keeps outputs × inputs
    layer.bias.tensor = np.array(b)
    return layer


def step(model: Sequential, x: Array, y: Array, lr: float) -> Step:
    output = model.forward(x)
    loss, loss_gradient = mse_loss(output, y)  # for two outputs the mean is the chapter's ½ Σ (ŷ − y)²
    print(f"forward:   x = {x[0]} gives ŷ = {output[0]}; with y = {y[0]} the loss is {loss:.8g}")
    input_gradient = model.backward(loss_gradient)
    print(f"backward:  ∂ℓ/∂ŷ = {loss_gradient[0]} becomes ∂ℓ/∂x = {input_gradient[0]} on the way through")
    model.update(SGDOptimizer(lr))
    for layer in model.layers:
        for name, parameter in layer.parameters().items():
            gradient, new = (np.round(np.asarray(a).T, 8).tolist() for a in (parameter.gradient, parameter.tensor))
            print(f"           {layer.name}.{name} has the gradient {gradient} and is now {new}")
    loss_after, _ = mse_loss(model.forward(x), y)
    print(f"update:    one step with learning rate {lr} takes the loss from {loss:.8g} to {loss_after:.8g}\n")
    return Step(model, output, loss, loss_gradient, input_gradient, loss_after)


def main() -> list[Step]:
    one_layer = Sequential([linear("fc_1", [[0.15, 0.20], [0.25, 0.30]], [0.35, 0.45])])
    two_layers = Sequential([linear("fc_1", [[0.20, 0.25], [0.30, 0.35]], [0.30, 0.30]), ReLu("relu_1")])
    two_layers.add(linear("fc_2", [[0.50, 0.55], [0.60, 0.65]], [0.20, 0.20]))
    first = step(one_layer, np.array([[0.1, 0.5]]), np.array([[0.01, 0.99]]), lr=0.5)
    return [first, step(two_layers, np.array([[0.25, 0.65]]), np.array([[0.99, 0.01]]), lr=0.1)]


if __name__ == "__main__":
    main()
