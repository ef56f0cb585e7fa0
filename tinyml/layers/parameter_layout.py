"""The layout of all parameters of a network in one vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import prod

from tinyml.core import Array, Block, DuplicateNameError
from tinyml.layers.buffers import Shape
from tinyml.layers.definition import LayerDefinition


def blocks_of(layers: Sequence[LayerDefinition]) -> list[Block]:
    """Return the blocks of the layers, in their order. Raises DuplicateNameError for a layer that is in the network
    twice but may be there only once.
    """
    own = [layer for layer in layers if layer.overrides_passes]
    if len(set(own)) < len(own):
        raise DuplicateNameError(
            "Sequential: a layer that overrides its passes is in the network twice, but can store only one pass; "
            "build a second layer."
        )
    blocks = [block for layer in layers for block in layer.blocks()]
    if len(set(blocks)) < len(blocks):
        raise DuplicateNameError(
            "Sequential: a layer with parameters is in the network twice, but their gradient would be that of one use "
            "only; build a second layer."
        )
    return blocks


def layout_of(blocks: Sequence[Block]) -> dict[Block, int]:
    """Return the first position of each block in a vector of all blocks."""
    return dict(zip(blocks, accumulate((block.size for block in blocks), initial=0), strict=False))


def parts(layout: Mapping[Block, int], vector: Array, stack: Shape = ()) -> dict[Block, Array]:
    """Return views of the blocks in a vector of all blocks, or in a stack of such vectors."""
    many = prod(stack)
    return {
        block: vector[many * start : many * (start + block.size)].reshape(stack + block.shape)
        for block, start in layout.items()
    }
