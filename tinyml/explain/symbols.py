"""The symbols of the numbers of a traced network, in the chapter's notation, determined once for each network."""

from collections.abc import Iterator, Mapping

from tinyml.core import Backend, Index
from tinyml.expression import PARTIAL, PRIME, symbol
from tinyml.trace import LayerTrace, Trace

# The letters of optimizer state.
_STATES = {"velocity": "v", "change": "Δ", "mean": "m", "square": "s", "sum": "s", "count": "t"}


class Symbols:
    """The symbols of one traced network.

    A Linear layer or a convolution and the activations after it form one unit: z before the activations, h (in the
    last unit ŷ) after them, and a, a′, a′′ and so on in between. Layers with parameters are counted from 1. The sample
    is written only if the batch has more than one.
    """

    def __init__(self, trace: Trace) -> None:
        self._batch = len(trace.x)
        self._number: dict[str, int] = {}
        self._primes: dict[str, str] = {}
        self._feeding: dict[str, str | None] = {}
        self._begins: dict[str, bool] = {}
        self._letters: dict[str, Mapping[str, str]] = {}
        number, unnumbered = 0, 0
        for place in trace.topology.order:
            recorded = trace.layers[place]
            name, own = recorded.layer.name, bool(recorded.parameters)
            number += own
            # A prime distinguishes the kept results of several layers without a number.
            unnumbered = 0 if own else unnumbered + bool(recorded.saved)
            self._primes[name] = PRIME * (unnumbered - 1)
            self._number[name] = number
            self._begins[name] = recorded.layer.begins_unit
            self._letters[name] = recorded.layer.letters
            source = trace.topology.sources[place]
            self._feeding[name] = None if source is None else trace.layers[source].layer.name
        self._base = dict(_unit_parts(trace))

    def input(self, unit: Index, sample: int | None = None) -> str:
        """Return x_i."""
        return symbol("x", unit, sample=self._sample(sample))

    def truth(self, unit: Index, sample: int | None = None) -> str:
        """Return y_k."""
        return symbol("y", unit, sample=self._sample(sample))

    def given_gradient(self, unit: Index, sample: int | None = None) -> str:
        """Return g_k."""
        return symbol("g", unit, sample=self._sample(sample))

    def probability(self, unit: Index, sample: int | None = None) -> str:
        """Return p_k."""
        return symbol("p", unit, sample=self._sample(sample))

    def output(self, layer: str, unit: Index, sample: int | None = None) -> str:
        """Return z, h or ŷ, with the layer's number unless it is the network's output."""
        base = self._base[layer]
        return symbol(base, unit, layer=None if base == "ŷ" else self._number[layer], sample=self._sample(sample))

    def feeding(self, layer: str, unit: Index, sample: int | None = None) -> str:
        """Return the symbol of a layer's input: x, or the output of the layer before it."""
        before = self._feeding[layer]
        return self.input(unit, sample) if before is None else self.output(before, unit, sample)

    def feeding_ref(self, layer: str, index: str) -> str:
        """Return the ref of a layer's input, under the name of its source: x[0,1], or fc_1.output[0,1]."""
        before = self._feeding[layer]
        return f"x{index}" if before is None else f"{before}.output{index}"

    def feeding_matrix(self, layer: str) -> tuple[str, str]:
        """Return the symbol of a layer's input as a matrix, and its tensor: X and x, or H^(1) and fc_1.output."""
        before = self._feeding[layer]
        return ("X", "x") if before is None else (symbol("H", layer=self._number[before]), f"{before}.output")

    def one(self, layer: str, sample: int | None = None) -> str:
        """Return x_0 or h_0: the constant 1 that the layer's biases multiply."""
        # symbol() counts from 1, so the index −1 is written 0.
        before = self._feeding[layer]
        base = "x" if before is None else "h"
        return symbol(base, (-1,), layer=None if before is None else self._number[before], sample=self._sample(sample))

    def place(self, layer: str) -> int:
        """Return the index of a layer in the network."""
        return list(self._number).index(layer)

    def matrix(self, letter: str, layer: str) -> str:
        """Return the symbol of a layer's matrix, such as w^(1) or ∇^(1), or of a single number, such as α^(1)."""
        return symbol(letter, layer=self._number[layer])

    def parameter(self, layer: str, name: str, index: Index, new: bool = False) -> str:
        """Return w_jk or b_k of a layer, before the update or after it."""
        return symbol(self._letter(layer, name), index, layer=self._number[layer], new=new)

    def state(self, layer: str, parameter: str, name: str, index: Index, new: bool = False) -> str:
        """Return the symbol of optimizer state: v, m or s with the parameter's index; t for the whole parameter."""
        letter = _STATES.get(name, name)
        if name == "count":
            index = ()
        # The indices distinguish w from b; without an index, and for other parameters, the letter is added in brackets.
        if name == "count" or parameter not in ("w", "b"):
            letter = f"{letter}({self._letter(layer, parameter)})"
        return symbol(letter, index, layer=self._number[layer], new=new)

    def saved(self, layer: str, name: str, unit: Index, sample: int | None = None) -> str:
        """Return the symbol of an intermediate result: the mask r of a dropout, a normalization's μ, σ² and x̂."""
        letter = self._letter(layer, name) + self._primes[layer]
        return symbol(letter, unit, layer=self._number[layer], sample=self._sample(sample))

    def running_state(self, layer: str, name: str, index: Index, new: bool = False) -> str:
        """Return the symbol of a number that steps change besides the parameters: a running mean μ̄ or variance σ̄²."""
        return symbol(self._letter(layer, name), index, layer=self._number[layer], new=new)

    def output_gradient(self, layer: str, unit: Index, sample: int | None = None) -> str:
        """Return ∇ for the first output of a unit, as in the chapter; ∂ℓ/∂h for the others."""
        if self._begins[layer]:
            return symbol("∇", unit, layer=self._number[layer], sample=self._sample(sample))
        return PARTIAL + self.output(layer, unit, sample)

    def input_gradient(self, layer: str, unit: Index, sample: int | None = None) -> str:
        """Return ∂ℓ/∂x, or the gradient of the output of the layer before."""
        before = self._feeding[layer]
        return PARTIAL + self.input(unit, sample) if before is None else self.output_gradient(before, unit, sample)

    def patterns(self, trace: Trace) -> dict[str, str]:
        """Return how the numbers of each tensor are written, with index placeholders: `w_{0:}^(1)`, `x_{1:}^[{0}]`.
        `{0}` is the index along the first axis, `{1:}` all from the second on.

        By default a gradient is ∂ℓ/∂ of its tensor's symbol, and a value after an update has the superscript `new`;
        only tensors that are written otherwise have separate entries for these.
        """
        found = {"lr": "η", "loss": "ℓ", "x": self._pattern(self.input(()))}
        if trace.y is not None:
            found["y"] = self._pattern(self.truth(()))
        if trace.loss.given is not None:
            found["loss.g"] = self._pattern(self.given_gradient(()))
        if trace.loss.p is not None:
            found["loss.p"] = self._pattern(self.probability(()))
        if trace.objective is not None:
            found |= {"loss.penalty": "Ω", "loss.objective": "J"}
        for recorded in trace.layers:
            found.update(self._patterns(recorded, recorded.layer.name))
        return found

    def _patterns(self, recorded: LayerTrace, name: str) -> Iterator[tuple[str, str]]:
        yield f"{name}.output", self._pattern(self.output(name, ()))
        if self._begins[name]:
            yield f"{name}.output.grad", self._pattern(self.output_gradient(name, ()))
        for saved in recorded.saved:
            yield (
                f"{name}.{saved}",
                self._pattern(self.saved(name, saved, ()), saved not in recorded.layer.shared_saved),
            )
        for state, (before, _) in recorded.running_state.items():
            if Backend.ndim(before):  # a count of passes is not a number of the step
                yield f"{name}.{state}", self._pattern(self.running_state(name, state, ()), sampled=False)
        if recorded.layer.connects and recorded.layer.biased:
            yield f"{name}.one", self.one(name) + self._above
        for parameter, of in recorded.parameters.items():
            written = self._pattern(self.parameter(name, parameter, ()), sampled=False)
            yield f"{name}.{parameter}", written
            if of.objective_gradient is not None:
                yield f"{name}.{parameter}.objective_grad", f"∂J/∂{written}"
            for word in of.state | of.next_state:
                letter = self.state(name, parameter, word, ())
                yield f"{name}.{parameter}.{word}", letter if word == "count" else self._pattern(letter, sampled=False)

    @property
    def _above(self) -> str:
        return "^[{0}]" if self._batch > 1 else ""

    def _pattern(self, written: str, sampled: bool = True) -> str:
        """Return a symbol with placeholders of its indices; the first axis counts samples if it is `sampled`."""
        letter, caret, above = written.partition("^")
        return f"{letter}_{{{int(sampled)}:}}{caret}{above}{self._above if sampled else ''}"

    def _letter(self, layer: str, name: str) -> str:
        """Return the letter of a layer's parameter or kept result."""
        return self._letters[layer].get(name, name)

    def _sample(self, sample: int | None) -> int | None:
        return sample if self._batch > 1 else None


def _unit_parts(trace: Trace) -> Iterator[tuple[str, str]]:
    """Yield the letter of each layer's output, by the layer's name."""
    between: dict[int | None, int] = {None: 0}  # outputs of the unit so far that are neither its first nor its last
    for place in trace.topology.order:
        layer, reader = trace.layers[place].layer, trace.topology.reader(place)
        count = 0 if layer.begins_unit else between[trace.topology.sources[place]]
        between[place] = count
        if reader is None:
            yield layer.name, "ŷ"
        elif trace.layers[reader].layer.begins_unit:
            yield layer.name, "h"
        elif layer.begins_unit:
            yield layer.name, "z"
        else:
            yield layer.name, "a" + PRIME * count
            between[place] = count + 1
