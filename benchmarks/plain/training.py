"""Losses, and one training step."""

from __future__ import annotations

import numpy as np

from benchmarks.competitor import Array
from benchmarks.plain.layers import Layer


def mean_squared_error(predicted: Array, truth: Array) -> tuple[float, Array]:
    """The squared error averaged over all entries, and its gradient."""
    error = predicted - truth.reshape(predicted.shape)
    return float(np.mean(error**2)), 2 * error / error.size


def cross_entropy_with_softmax(predicted: Array, classes: Array) -> tuple[float, Array]:
    """The cross entropy of softmax(ŷ) and the classes, averaged over the samples, and its gradient."""
    exponentials = np.exp(predicted - np.max(predicted, axis=1, keepdims=True))
    shares = exponentials / np.sum(exponentials, axis=1, keepdims=True)
    samples = np.arange(len(predicted))
    loss = -np.mean(np.log(shares[samples, classes]))
    gradient = shares.copy()
    gradient[samples, classes] -= 1
    return float(loss), gradient / len(predicted)


class Network:
    """Layers in a row, trained by gradient descent."""

    def __init__(self, layers: list[Layer], lr: float, *, keeps_gradients: bool = False) -> None:
        """The library sets each gradient to 0 after its update; with `keeps_gradients` they remain for comparison."""
        self.layers = layers
        self.lr = lr
        self.keeps_gradients = keeps_gradients

    def forward(self, value: Array) -> Array:
        """The network's output."""
        for layer in self.layers:
            value = layer.forward(value)
        return value

    def backward(self, gradient: Array) -> None:
        """Set all gradients."""
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def update(self) -> None:
        """Take the step, a parameter at a time."""
        for layer in self.layers:
            for parameter in layer.parameters:
                parameter.tensor -= self.lr * parameter.gradient
                if not self.keeps_gradients:
                    parameter.gradient.fill(0)
