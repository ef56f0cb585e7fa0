"""Fully connected layers with ReLU between them, in as few calls of numpy as we know: the time that numpy needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from benchmarks.competitor import Array, Competitor, Numbers, Runner
from benchmarks.task import Task
from tinyml.core.products import slices

NAME = "numpy by hand"


def training(task: Task) -> Competitor:
    """Steps of forward, cross entropy, backward and update, into existing arrays."""
    return Competitor(NAME, lambda: _trainer(task))


def product(left: Array, right: Array, result: Array) -> list[Callable[[], object]]:
    """left × right, in the slices that are fastest here."""
    return [partial(left[rows].dot, right, result[rows]) for rows in slices(left, right)]


class _Layer:
    """One layer's arrays: samples last, the bias as a column of the weights, over a row of ones in the input."""

    def __init__(self, values: Array, gradients: Array, input: Array) -> None:
        self.values, self.gradients, self.input = values, gradients, input
        self.output = np.empty((len(values), input.shape[1]))
        self.output_gradient, self.input_gradient = np.empty_like(self.output), np.empty_like(input)
        self.forward = product(values, input, self.output)
        self.to_parameters = product(self.output_gradient, input.T, gradients)
        self.to_input = product(values.T, self.output_gradient, self.input_gradient)


def _layers(task: Task) -> tuple[list[_Layer], Array, Array]:
    """The layers, all parameters in one vector, and all gradients in another."""
    starts = [layer.parameters for layer in task.layers if layer.weight is not None]
    blocks = [np.column_stack(pair) for pair in starts]
    values = np.concatenate([block.ravel() for block in blocks])
    gradients = np.empty_like(values)
    layers, start = [], 0
    for i, block in enumerate(blocks):
        part = slice(start, start := start + block.size)
        # The first input has the samples first in memory, like the batch that is copied there.
        shape = block.shape[1], len(task.x)
        rows = np.ones(shape) if i else np.ones(shape[::-1]).T
        layers.append(_Layer(values[part].reshape(block.shape), gradients[part].reshape(block.shape), rows))
    return layers, values, gradients


def _trainer(task: Task) -> Runner:
    layers, values, gradients = _layers(task)
    first, last = layers[0], layers[-1]
    change, passing = np.empty_like(values), [np.empty(layer.input[:-1].shape, bool) for layer in layers]
    batch, classes, samples = task.x, task.y, np.arange(len(task.x))
    largest, sums, zero = np.empty((1, len(samples))), np.empty((1, len(samples))), np.zeros(())
    rate, share = np.asarray(task.lr), np.asarray(1 / len(samples))

    def forward() -> float:
        first.input.T[:, :-1] = batch
        for layer, following in pairwise(layers):
            for call in layer.forward:
                call()
            np.maximum(layer.output, zero, out=following.input[:-1])
        for call in last.forward:
            call()
        scores, gradient = last.output, last.output_gradient
        scores.max(0, largest, keepdims=True)
        np.subtract(scores, largest, scores)
        np.exp(scores, gradient)
        gradient.sum(0, out=sums, keepdims=True)
        np.divide(gradient, sums, gradient)
        gradient[classes, samples] -= 1
        np.multiply(gradient, share, gradient)
        return float((np.log(sums).sum() - scores[classes, samples].sum()) * share)

    def backward() -> None:
        for i in range(len(layers) - 1, 0, -1):
            layer, before = layers[i], layers[i - 1]
            for call in (*layer.to_parameters, *layer.to_input):
                call()
            np.greater(before.output, zero, passing[i])
            np.multiply(layer.input_gradient[:-1], passing[i], before.output_gradient)
        for call in first.to_parameters:
            call()

    def run() -> float:
        loss = forward()
        backward()
        np.multiply(gradients, rate, change)
        np.subtract(values, change, values)
        return loss

    def numbers() -> Numbers:
        found: Numbers = {}
        for name, layer in zip(task.names, layers, strict=True):
            for end, array in (("", layer.values), (".grad", layer.gradients)):
                found |= {f"{name}.w{end}": array[:, :-1].copy(), f"{name}.b{end}": array[:, -1].copy()}
        return {"loss": np.asarray(run()), **found}

    return Runner(run, numbers)
