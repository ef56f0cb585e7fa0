"""The arrays between the layers of a plan: one for the input and one for each output, in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from tinyml.core import Array, Backend
from tinyml.layers.buffers import LayerBuffers, Shape
from tinyml.layers.definition import LayerDefinition
from tinyml.layers.topology import Topology

# From about this number of multiplications, the memory layout of the factors changes the time of a product.
PACKED = 2**20


class Edges:
    """The shapes of the layers' inputs and outputs in a network, and the arrays for them.

    A source is the index of the layer whose output it is, or None for the network's input.
    """

    def __init__(
        self, layers: Sequence[LayerDefinition], topology: Topology, input_shape: Shape, batch: int, dtype: Any
    ) -> None:
        self._layers = layers
        self._topology = topology
        self._batch = batch
        self._dtype = dtype
        self._input_shape = input_shape
        self.input_shapes, self.output_shapes = topology.shapes(layers, input_shape)

    def shape(self, source: int | None) -> Shape:
        """Return the shape of one sample."""
        return self._input_shape if source is None else self.output_shapes[source]

    def height(self, source: int | None) -> int:
        """Return the number of rows, including a row of ones if the layer that takes them uses one."""
        reader = self._reader(source)
        return prod(self.shape(source)) + (reader is not None and self._layers[reader].takes_one)

    def rows(self, source: int | None, stack: Shape) -> Array:
        """Return a new array of ones."""
        return Backend.ones((*stack, self.height(source), self._batch), dtype=self._dtype)

    def input_rows(self, stack: Shape) -> Array:
        """Return a new array for the network's input.

        For one large matrix product the samples are the first axis in memory: a batch is then copied without
        transposition, and BLAS takes an eighth less time for the gradient of the weights.
        """
        reader, height = self._reader(None), self.height(None)
        packed = reader is not None and self._layers[reader].connects
        if reader is None or not packed or height * self._batch * prod(self.output_shapes[reader]) < PACKED:
            return self.rows(None, stack)
        across: Array = Backend.ones((*stack, self._batch, height), dtype=self._dtype)
        return across.swapaxes(-1, -2)

    def connect(self, input: Array, outputs: Mapping[int, Array], places: Sequence[LayerBuffers], stack: Shape) -> None:
        """Set the input and output of every layer: one array between two layers. Outputs that are not given are new."""
        made: dict[int | None, Array] = {None: input}
        for i in self._topology.order:
            buffers, rows = places[i], made[self._topology.sources[i]]
            buffers.input_with_one, buffers.input = rows, shaped(rows, self.input_shapes[i])
            if not self._layers[i].reshapes:
                rows = outputs[i] if i in outputs else self.rows(i, stack)
            buffers.output = shaped(rows, self.output_shapes[i])
            made[i] = rows

    def connect_gradients(self, places: Sequence[LayerBuffers], stack: Shape) -> None:
        """Set the gradients of the input and output of every layer, zeros in new arrays."""
        last, sources = self._topology.last, self._topology.sources
        shape = (*stack, *self.output_shapes[last], self._batch)
        made: dict[int | None, Array] = {last: Backend.zeros(shape, dtype=self._dtype)}
        for i in reversed(self._topology.order):
            buffers, gradient = places[i], made[i]
            buffers.output_gradient = gradient
            if self._layers[i].reshapes:
                gradient = gradient.reshape((*stack, *self.input_shapes[i], self._batch))
            elif self._by_row(i, sources[i]):
                channels, height, width = self.input_shapes[i]
                by_row = Backend.zeros((height, channels, width, self._batch), dtype=self._dtype)
                gradient = by_row.swapaxes(0, 1)
            else:
                rows = (*stack, self.height(sources[i]), self._batch)
                buffers.input_gradient_with_one = Backend.zeros(rows, dtype=self._dtype)
                gradient = shaped(buffers.input_gradient_with_one, self.input_shapes[i])
            buffers.input_gradient = made[sources[i]] = gradient

    def _by_row(self, reader: int, source: int | None) -> bool:
        """Return whether the gradient between two layers has its rows of pixels first in memory."""
        writes = self._layers[reader].writes_any_layout
        return writes and source is not None and self._layers[source].reads_by_row

    def _reader(self, source: int | None) -> int | None:
        """Return the layer that computes with the numbers, which may first pass layers that only reshape them."""
        reader = self._topology.reader(source)
        while reader is not None and self._layers[reader].reshapes:
            reader = self._topology.reader(reader)
        return reader


def shaped(rows: Array, shape: Shape) -> Array:
    """Return a view of the rows without the row of ones, as (…, batch)."""
    return rows[..., : prod(shape), :].reshape((*rows.shape[:-2], *shape, rows.shape[-1]))
