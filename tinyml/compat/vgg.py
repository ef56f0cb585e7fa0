"""The original library's models: blocks of convolutions, each ended by pooling, and three fully connected layers.

Source: Simonyan and Zisserman (2015), Very deep convolutional networks for large-scale image recognition; with the
widths and names of the original library.
"""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.layers import Conv2D, Dropout, Flatten, Layer, Linear, MaxPool2D, ReLu
from tinyml.net import Sequential


def vgg11(*, side: int = 224, hidden: int = 4096, classes: int = 2) -> Sequential:
    """Ten convolutions in four blocks, of 8, 16, 32 and 64 filters. `side` is the images' height and width, a multiple
    of 16. As it is by default its parameters take 550 MB.
    """
    return _vgg(((8, 2), (16, 2), (32, 3), (64, 3)), side, hidden, classes)


def vgg16(*, side: int = 224, hidden: int = 4096, classes: int = 2) -> Sequential:
    """Thirteen convolutions in five blocks, of 16, 32, 64, 128 and 256 filters; `side` is a multiple of 32."""
    return _vgg(((16, 2), (32, 2), (64, 3), (128, 3), (256, 3)), side, hidden, classes)


def tinyvgg16(*, side: int = 64, hidden: int = 4096, classes: int = 200) -> Sequential:
    """Ten convolutions in four blocks, of 64, 128, 256 and 512 filters, the last without pooling; for images of the
    Tiny ImageNet data set. `side` is a multiple of 8. As it is by default its parameters take 1.3 GB.
    """
    return _vgg(((64, 2), (128, 2), (256, 3), (512, 3)), side, hidden, classes, last_pool=False)


def _vgg(
    blocks: Sequence[tuple[int, int]], side: int, hidden: int, classes: int, *, last_pool: bool = True
) -> Sequential:
    """`blocks` has the number of filters and of convolutions of each block."""
    layers: list[Layer] = []
    channels = 3
    for number, (filters, convolutions) in enumerate(blocks, start=1):
        for i in range(1, convolutions + 1):
            layers.append(Conv2D(f"b_{number}_conv2d_{i}", (channels, side, side), filters, 3, 3, 1, 1))
            layers.append(ReLu(f"b_{number}_relu_{i}"))
            channels = filters
        if last_pool or number < len(blocks):
            layers.append(MaxPool2D(f"b_{number}_pool_1", (channels, side, side), (2, 2), 2, return_index=True))
            side //= 2
    return Sequential(
        [
            *layers,
            Flatten("flat_1"),
            Linear("fc_1", channels * side * side, hidden),
            ReLu("relu_1"),
            Dropout("drop_1", 0.5),
            Linear("fc_2", hidden, hidden),
            ReLu("relu_2"),
            Dropout("drop_2", 0.5),
            Linear("fc_3", hidden, classes),
        ]
    )


__all__ = ["tinyvgg16", "vgg11", "vgg16"]
