"""The layers with windows, implemented with index arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.competitor import Array
from benchmarks.plain.layers import Layer, Parameter

Shape = tuple[int, int, int, int]


def indices(shape: Shape, size: int, stride: int) -> tuple[Array, Array, Array]:
    """Channel, row and column of each number (down) of each window (across) of an image."""
    _, channels, height, width = shape
    rows, columns = (height - size) // stride + 1, (width - size) // stride + 1
    channel = np.repeat(np.arange(channels), size * size).reshape(-1, 1)
    row = np.tile(np.repeat(np.arange(size), size), channels).reshape(-1, 1)
    column = np.tile(np.arange(size), size * channels).reshape(-1, 1)
    top, left = np.repeat(np.arange(rows), columns), np.tile(np.arange(columns), rows)
    return channel, row + stride * top, column + stride * left


def to_columns(images: Array, size: int, stride: int) -> Array:
    """Every window as a column, the images innermost."""
    windows = images[(slice(None), *indices(images.shape, size, stride))]
    return windows.transpose(1, 2, 0).reshape(windows.shape[1], -1)


def to_images(columns: Array, shape: Shape, size: int, stride: int) -> Array:
    """Add every number of the columns to its pixel."""
    images = np.zeros(shape, dtype=columns.dtype)
    windows = columns.reshape(len(columns), -1, shape[0]).transpose(2, 0, 1)
    places: Any = (slice(None), *indices(shape, size, stride))
    np.add.at(images, places, windows)
    return images


class Conv2D(Layer):
    """A convolution with square filters and stride 1, as one product of the filters and the columns."""

    def __init__(self, weight: Array, bias: Array, padding: int) -> None:
        self.weight, self.bias = self.parameters = Parameter(weight), Parameter(bias)
        self.padding = padding

    def forward(self, input: Array) -> Array:
        side = (self.padding, self.padding)
        padded = np.pad(input, ((0, 0), (0, 0), side, side), mode="constant")
        self.shape = padded.shape
        filters, size = len(self.weight.tensor), self.weight.tensor.shape[-1]
        self.columns = to_columns(padded, size, 1)
        output = np.matmul(self.weight.tensor.reshape(filters, -1), self.columns) + self.bias.tensor.reshape(-1, 1)
        batch, _, height, width = self.shape
        return output.reshape(filters, height - size + 1, width - size + 1, batch).transpose(3, 0, 1, 2)

    def backward(self, in_gradient: Array) -> Array:
        filters, size, p = len(self.weight.tensor), self.weight.tensor.shape[-1], self.padding
        flat = in_gradient.transpose(1, 2, 3, 0).reshape(filters, -1)
        self.bias.gradient = np.sum(in_gradient, axis=(0, 2, 3))
        self.weight.gradient = np.matmul(flat, self.columns.T).reshape(self.weight.tensor.shape)
        spread = np.matmul(self.weight.tensor.reshape(filters, -1).T, flat)
        return to_images(spread, self.shape, size, 1)[:, :, p:-p, p:-p]


class MaxPool2D(Layer):
    """The largest number of each window; the windows become columns here too, each channel a separate image."""

    def __init__(self, size: int) -> None:
        self.size = size

    def forward(self, input: Array) -> Array:
        batch, channels, height, width = self.shape = input.shape
        self.columns = to_columns(input.reshape(batch * channels, 1, height, width), self.size, self.size)
        self.largest = np.argmax(self.columns, axis=0)
        # A list, as in the library: numpy converts it to an array at each use.
        self.places = list(range(self.largest.size))
        output = self.columns[self.largest, self.places]
        return output.reshape(height // self.size, width // self.size, batch, channels).transpose(2, 3, 0, 1)

    def backward(self, in_gradient: Array) -> Array:
        batch, channels, height, width = self.shape
        columns = np.zeros_like(self.columns)
        columns[self.largest, self.places] = in_gradient.transpose(2, 3, 0, 1).ravel()
        images = to_images(columns, (batch * channels, 1, height, width), self.size, self.size)
        return images.reshape(self.shape)


class FoldedMaxPool2D(Layer):
    """The same for windows side by side, by reshaping the image, which the original did not do."""

    def __init__(self, size: int) -> None:
        self.size = size

    def forward(self, input: Array) -> Array:
        batch, channels, height, width = self.shape = input.shape
        size = self.size
        self.windows = input.reshape(batch, channels, height // size, size, width // size, size)
        self.output = self.windows.max(axis=(3, 5))
        return self.output

    def backward(self, in_gradient: Array) -> Array:
        largest = self.windows == self.output[:, :, :, None, :, None]
        return (largest * in_gradient[:, :, :, None, :, None]).reshape(self.shape)
