"""What layers, losses and optimizers write their equations with: the tensors around them, laid out as matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from tinyml.equations.equation import Equation, Gives, Phase, Title, summed
from tinyml.equations.nodes import Node, Operand, Scalar, Seen
from tinyml.layers.unrolled import Unrolled
from tinyml.trace import LayerTrace, ParameterTrace, Trace

# The axes of a sample, by how many it has: a row of numbers; a sequence or an image with its channels.
LETTERS = {1: "k", 2: "cs", 3: "crs"}

LAWS: dict[Title, Literal[1, 2]] = {"weights": 1, "inputs": 2}


class Layout(NamedTuple):
    """How a tensor stands as a matrix: the labels of its axes, with spaces between them, of its rows and columns."""

    axes: str
    rows: str
    columns: str


def letters_of(axes: int) -> str:
    """The labels of the axes of a sample."""
    return LETTERS.get(axes) or "abcdefgh"[:axes]


def layout(axes: int, columns: str | None = None) -> Layout:
    """Of samples with so many axes: a row for each sample; of sequences and images a row for each place and a column
    for each channel, of one sample. `columns` may be another of their labels.
    """
    letters = letters_of(axes)
    across = columns or ("c" if axes in (2, 3) else letters[-1])
    down = "n" if axes == 1 else "".join(letter for letter in letters if letter != across)
    return Layout(" ".join(f"n{letters}"), down, across)


@dataclass(frozen=True, slots=True)
class LayerTensors:
    """The tensors of one layer: `input` has the name of what feeds it. `one_sample` says that of a large batch a single
    sample is looked at, so that samples are no rows. `windows` are those of the layer.
    """

    recorded: LayerTrace
    source: str
    one_sample: bool
    windows: dict[str, Unrolled]

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.recorded.layer.name

    @property
    def samples(self) -> int:
        """How many samples the batch has."""
        return len(self.recorded.input)

    @property
    def axes(self) -> int:
        """How many axes an input sample has."""
        return self.recorded.input.ndim - 1

    def number(self, symbol: str, value: float) -> Scalar:
        """A setting, or another number that has a symbol."""
        return Scalar(symbol, float(value))

    def tensor(self, what: str, laid: Layout | None = None) -> Operand:
        """`input`, `output`, a parameter such as `w`, or what the layer keeps; of all but the last with `.grad`."""
        word = what.removesuffix(".grad")
        shape = self._shape(word)
        laid = laid or (self._own(word) if word in self.recorded.parameters else layout(len(shape) - 1))
        name = f"{self.source}{what.removeprefix('input')}" if word == "input" else f"{self.name}.{what}"
        rows = laid.rows.replace("n", "") if self.one_sample else laid.rows
        return Operand(name, shape, tuple(laid.axes.split()), rows, laid.columns)

    def seen(self, what: str, of: str, laid: Layout) -> Operand:
        """What the windows of the layer see of `input` or `output.grad`, once for each time that they see it."""
        plain = self.tensor(what, laid)
        return Operand(
            plain.tensor, plain.shape, plain.axes, plain.rows, plain.columns, Seen(self.name, of, self.windows[of])
        )

    def forward(self, kind: str, title: Title, left: Operand, right: Node) -> Equation:
        """What the forward pass computes."""
        return self._equation(kind, title, "forward", "forward", left, right)

    def learnt(self, kind: str, title: Title, left: Operand, right: Node) -> Equation:
        """The gradient of a parameter; of weights it is Law 1."""
        name = left.tensor.removeprefix(f"{self.name}.").removesuffix(".grad")
        return self._equation(kind, title, "backward", "weights", left, right)._replace(parameter=name)

    def back(self, kind: str, title: Title, left: Operand, right: Node) -> Equation:
        """The gradient of the inputs; through weights it is Law 2."""
        return self._equation(kind, title, "backward", "inputs", left, right)

    def _equation(self, kind: str, title: Title, phase: Phase, gives: Gives, left: Operand, right: Node) -> Equation:
        right = summed(left, right, self.samples)
        return Equation(f"{self.name} {kind}", title, phase, gives, self.name, left, right, LAWS.get(title))

    def _shape(self, word: str) -> tuple[int, ...]:
        if word in self.recorded.parameters:
            return self.recorded.parameters[word].value.shape
        if word in self.recorded.kept:
            return self.recorded.kept[word].shape
        return (self.recorded.input if word == "input" else self.recorded.output).shape

    def _own(self, parameter: str) -> Layout:
        return parameter_layout(self.recorded, parameter)


def parameter_layout(recorded: LayerTrace, parameter: str) -> Layout:
    """Of a parameter: a column for each unit or filter that it feeds, else as samples have it, one row being enough."""
    axes = recorded.parameters[parameter].value.ndim
    unit = recorded.layer.unit_axes.get(parameter)
    if unit is None:
        own = layout(axes)
        return Layout(own.axes.removeprefix("n "), own.rows.replace("n", ""), own.columns)
    letters = recorded.layer.parameter_axes(parameter).replace(",", "")
    return Layout(" ".join(letters), letters.replace(letters[unit], ""), letters[unit])


@dataclass(frozen=True, slots=True)
class LossTensors:
    """What a loss compares: the network's `predicted`, or the probabilities made of it, and the `truth`."""

    trace: Trace
    one_sample: bool

    @property
    def labels(self) -> str:
        """The labels of all entries, those of the samples first."""
        return f"n{letters_of(self.trace.output.ndim - 1)}"

    @property
    def predicted(self) -> Operand:
        """Ŷ."""
        return self._tensor(f"{self.trace.last.layer.name}.output")

    @property
    def gradient(self) -> Operand:
        """∂ℓ/∂Ŷ."""
        return self._tensor(f"{self.trace.last.layer.name}.output.grad")

    @property
    def truth(self) -> Operand:
        """Y."""
        return self._tensor("y")

    @property
    def given_gradient(self) -> Operand:
        """G, the gradient that the loss is given."""
        return self._tensor("loss.g")

    @property
    def probabilities(self) -> Operand:
        """P."""
        return self._tensor("loss.p")

    @property
    def entries(self) -> Scalar:
        """M, the number of all entries."""
        return Scalar("M", float(self.trace.output.size))

    @property
    def samples(self) -> Scalar:
        """N, the number of samples."""
        return Scalar("N", float(len(self.trace.output)))

    def _tensor(self, name: str) -> Operand:
        laid = layout(self.trace.output.ndim - 1)
        rows = laid.rows.replace("n", "") if self.one_sample else laid.rows
        return Operand(name, self.trace.output.shape, tuple(laid.axes.split()), rows, laid.columns)


@dataclass(frozen=True, slots=True)
class UpdateTensors:
    """A parameter in one update: its `value`, its `gradient`, and what is remembered of it after the update."""

    recorded: LayerTrace
    parameter: str
    lr: float

    @property
    def own(self) -> ParameterTrace:
        """The record of the parameter."""
        return self.recorded.parameters[self.parameter]

    @property
    def value(self) -> Operand:
        """Before the update."""
        return self.tensor("")

    @property
    def gradient(self) -> Operand:
        """∂ℓ/∂value."""
        return self.tensor(".grad")

    @property
    def rate(self) -> Scalar:
        """η."""
        return Scalar("η", self.lr)

    @property
    def count(self) -> Scalar:
        """t, the number of updates with this one."""
        return Scalar("t", float(self.own.next_state["count"][0]))

    def before(self, state: str) -> Operand | None:
        """What is remembered under a name, before the update; None before the first."""
        return self.tensor(f".{state}") if state in self.own.state else None

    def after(self, state: str) -> Operand:
        """What is remembered under a name, after the update."""
        return self.tensor(f".{state}.next")

    def tensor(self, kind: str) -> Operand:
        """One of the tensors that are laid out as the parameter is."""
        laid = parameter_layout(self.recorded, self.parameter)
        name = f"{self.recorded.layer.name}.{self.parameter}{kind}"
        return Operand(name, self.own.value.shape, tuple(laid.axes.split()), laid.rows, laid.columns)
