"""What a layer or a loss may speak of when it explains itself: the numbers around it, as leaves with symbol and ref."""

from dataclasses import dataclass

from tinyml.explain.symbols import Symbols
from tinyml.expression import Expression, Leaf, Number, difference
from tinyml.trace import LayerTrace, Trace


@dataclass(frozen=True, slots=True)
class LayerScope:
    """The surroundings of one layer. All indices count from 0."""

    recorded: LayerTrace
    symbols: Symbols

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.recorded.layer.name

    @property
    def batch(self) -> int:
        """How many samples the batch has."""
        return len(self.recorded.input)

    @property
    def inputs(self) -> int:
        """How many inputs a sample has."""
        return int(self.recorded.input.shape[1])

    @property
    def outputs(self) -> int:
        """How many outputs a sample has."""
        return int(self.recorded.output.shape[1])

    def input(self, n: int, i: int) -> Leaf:
        """The layer's input i of sample n."""
        ref = self.symbols.feeding_ref(self.name, f"[{n},{i}]")
        return Leaf(ref, self.symbols.feeding(self.name, i, n), float(self.recorded.input[n, i]))

    def output(self, n: int, k: int) -> Leaf:
        """The layer's output k of sample n."""
        return Leaf(
            f"{self.name}.output[{n},{k}]", self.symbols.output(self.name, k, n), float(self.recorded.output[n, k])
        )

    def output_gradient(self, n: int, k: int) -> Leaf:
        """∂ℓ/∂output k of sample n: what flows back into the layer."""
        symbol = self.symbols.output_gradient(self.name, k, n)
        return Leaf(f"{self.name}.output.grad[{n},{k}]", symbol, float(self.recorded.output_gradient[n, k]))

    def parameter(self, name: str, *index: int) -> Leaf:
        """An entry of a parameter, before the update."""
        ref = f"{self.name}.{name}[{','.join(map(str, index))}]"
        return Leaf(
            ref, self.symbols.parameter(self.name, name, index), float(self.recorded.parameters[name].value[index])
        )


@dataclass(frozen=True, slots=True)
class LossScope:
    """The surroundings of the loss: prediction and truth."""

    trace: Trace
    symbols: Symbols

    @property
    def batch(self) -> int:
        """How many samples the batch has."""
        return len(self.trace.y)

    @property
    def outputs(self) -> int:
        """How many outputs a sample has."""
        return int(self.trace.y.shape[1])

    def predicted(self, n: int, k: int) -> Leaf:
        """ŷ_k of sample n."""
        last = self.trace.layers[-1].layer.name
        return Leaf(f"{last}.output[{n},{k}]", self.symbols.output(last, k, n), float(self.trace.output[n, k]))

    def predicted_gradient(self, n: int, k: int) -> Leaf:
        """∂ℓ/∂ŷ_k of sample n."""
        last = self.trace.layers[-1].layer.name
        symbol = self.symbols.output_gradient(last, k, n)
        return Leaf(f"{last}.output.grad[{n},{k}]", symbol, float(self.trace.loss.gradient[n, k]))

    def truth(self, n: int, k: int) -> Leaf:
        """y_k of sample n."""
        return Leaf(f"y[{n},{k}]", self.symbols.truth(k, n), float(self.trace.y[n, k]))

    def error(self, n: int, k: int) -> Expression:
        """ŷ_k − y_k of sample n."""
        return difference(self.predicted(n, k), self.truth(n, k))

    def errors(self) -> list[Expression]:
        """Every ŷ − y, sample by sample."""
        return [self.error(n, k) for n in range(self.batch) for k in range(self.outputs)]

    def entries(self) -> Number:
        """M, how many outputs there are in the whole batch."""
        return Number(float(self.batch * self.outputs))
