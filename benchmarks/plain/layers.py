"""The layers without windows."""

from __future__ import annotations

import numpy as np

from benchmarks.competitor import Array


class Parameter:
    """A tensor and its gradient."""

    def __init__(self, tensor: Array) -> None:
        self.tensor = tensor
        self.gradient = np.zeros_like(tensor)


class Layer:
    """The base of all layers."""

    input: Array
    parameters: tuple[Parameter, ...] = ()

    def forward(self, input: Array) -> Array:
        """The layer's output."""
        raise NotImplementedError

    def backward(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂output to ∂ℓ/∂input."""
        raise NotImplementedError


class Linear(Layer):
    """Ŷ = Xwᵀ + b with w (outputs × inputs), as in the chapter's listing."""

    def __init__(self, weight: Array, bias: Array) -> None:
        self.weight, self.bias = self.parameters = Parameter(weight), Parameter(bias)

    def forward(self, input: Array) -> Array:
        self.input = input
        return np.matmul(input, self.weight.tensor.T) + self.bias.tensor

    def backward(self, in_gradient: Array) -> Array:
        self.weight.gradient = np.matmul(self.input.T, in_gradient).T
        self.bias.gradient = np.sum(in_gradient, axis=0)
        return np.matmul(in_gradient, self.weight.tensor)


class Tanh(Layer):
    """h = tanh(z)."""

    def forward(self, input: Array) -> Array:
        self.output = np.tanh(input)
        return self.output

    def backward(self, in_gradient: Array) -> Array:
        return in_gradient * (1 - self.output**2)


class ReLu(Layer):
    """h = max(z, 0)."""

    def forward(self, input: Array) -> Array:
        self.input = input
        return np.maximum(input, 0)

    def backward(self, in_gradient: Array) -> Array:
        return np.where(self.input > 0, in_gradient, np.zeros_like(in_gradient))


class Flatten(Layer):
    """Images into rows."""

    def forward(self, input: Array) -> Array:
        self.shape = input.shape
        return input.reshape(len(input), -1)

    def backward(self, in_gradient: Array) -> Array:
        return in_gradient.reshape(self.shape)
