"""Which symbol each number of a traced network is written with: the chapter's notation, worked out once for a
network.
"""

from collections.abc import Iterator

from tinyml.expression import PARTIAL, PRIME, symbol
from tinyml.trace import Trace


class Symbols:
    """The symbols of one traced network.

    A Linear layer followed by activations makes one unit: z before them, h (in the last unit ŷ) after, in between a,
    a′, a′′ and so on. Layers are counted by their parameters, from 1. The sample
    is written only where the batch has more than one.
    """

    def __init__(self, trace: Trace) -> None:
        self._batch = len(trace.x)
        self._number: dict[str, int] = {}
        self._feeding: dict[str, str | None] = {}
        self._connects: dict[str, bool] = {}
        layers = [recorded.layer for recorded in trace.layers]
        number = 0
        for i, layer in enumerate(layers):
            number += bool(layer.parameters())
            self._number[layer.name] = number
            self._connects[layer.name] = layer.connects
            self._feeding[layer.name] = layers[i - 1].name if i else None
        self._base = dict(zip(self._number, _unit_parts([layer.connects for layer in layers]), strict=True))

    def input(self, i: int, sample: int | None = None) -> str:
        """x_i"""
        return symbol("x", (i,), sample=self._sample(sample))

    def truth(self, k: int, sample: int | None = None) -> str:
        """y_k"""
        return symbol("y", (k,), sample=self._sample(sample))

    def output(self, layer: str, k: int, sample: int | None = None) -> str:
        """z, h or ŷ, with the layer's number unless it is the network's output."""
        base = self._base[layer]
        return symbol(base, (k,), layer=None if base == "ŷ" else self._number[layer], sample=self._sample(sample))

    def feeding(self, layer: str, i: int, sample: int | None = None) -> str:
        """The symbol of a layer's input: x, or the output of the layer before it."""
        before = self._feeding[layer]
        return self.input(i, sample) if before is None else self.output(before, i, sample)

    def feeding_ref(self, layer: str, index: str) -> str:
        """The ref of a layer's input, under the name of what produced it: x[0,1], or fc_1.output[0,1]."""
        before = self._feeding[layer]
        return f"x{index}" if before is None else f"{before}.output{index}"

    def one(self, layer: str, sample: int | None = None) -> str:
        """x_0 or h_0: the constant 1 whose edges carry the layer's biases."""
        # symbol() counts from 1, so the index −1 is written 0.
        before = self._feeding[layer]
        base = "x" if before is None else "h"
        return symbol(base, (-1,), layer=None if before is None else self._number[before], sample=self._sample(sample))

    def parameter(self, layer: str, name: str, index: tuple[int, ...], new: bool = False) -> str:
        """w_jk or b_k of a layer, before the update or after."""
        return symbol(name, index, layer=self._number[layer], new=new)

    def output_gradient(self, layer: str, k: int, sample: int | None = None) -> str:
        """∇ for a layer with parameters, as the chapter writes it; ∂ℓ/∂h for the others."""
        if self._connects[layer]:
            return symbol("∇", (k,), layer=self._number[layer], sample=self._sample(sample))
        return PARTIAL + self.output(layer, k, sample)

    def input_gradient(self, layer: str, i: int, sample: int | None = None) -> str:
        """∂ℓ/∂x, or the gradient of the output of the layer before."""
        before = self._feeding[layer]
        return PARTIAL + self.input(i, sample) if before is None else self.output_gradient(before, i, sample)

    def _sample(self, sample: int | None) -> int | None:
        return sample if self._batch > 1 else None


def _unit_parts(connects: list[bool]) -> Iterator[str]:
    """The letter of each layer's output. `connects` tells of each layer whether it begins a unit."""
    between = 0
    for i, begins in enumerate(connects):
        if begins:
            between = 0
        if i == len(connects) - 1:
            yield "ŷ"
        elif connects[i + 1]:
            yield "h"
        elif begins:
            yield "z"
        else:
            yield "a" + PRIME * between
            between += 1
