"""The tensors with which layers, losses and optimizers write their equations, laid out as matrices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tinyml.equations.equation import Equation, Gives, Phase, Title, summed
from tinyml.equations.nodes import Node, Operand, Scalar, Seen, times
from tinyml.layers.unrolled import Unrolled
from tinyml.parameter_trace import ParameterTrace
from tinyml.trace import LayerTrace, Trace

# The labels of a sample's axes, by their number: a row of numbers; a sequence or an image with its channels.
LETTERS = {1: "k", 2: "cs", 3: "crs"}

LAWS: dict[Title, Literal[1, 2]] = {"weights": 1, "inputs": 2}


class Layout(NamedTuple):
    """The layout of a tensor as a matrix: the labels of its axes, separated by spaces, and of its rows and columns."""

    axes: str
    rows: str
    columns: str


def letters_of(axes: int) -> str:
    """Return the labels of the axes of a sample."""
    return LETTERS.get(axes) or "abcdefgh"[:axes]


def layout(axes: int, columns: str | None = None) -> Layout:
    """Return the layout of samples with this number of axes: a row for each sample; for sequences and images one matrix
    for each sample, with a row for each position and a column for each channel, or for the label `columns`.
    """
    letters = letters_of(axes)
    across = columns or ("c" if axes in (2, 3) else letters[-1])
    down = "n" if axes == 1 else "".join(letter for letter in letters if letter != across)
    return Layout(" ".join(f"n{letters}"), down, across)


@dataclass(frozen=True, slots=True)
class LayerTensors:
    """The tensors of one layer: `input` has the name of its source. With `one_sample` only one sample of a large batch
    is shown, so that samples are not rows. `windows` are the matrices of windows of the layer.
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
        """The number of samples in the batch."""
        return len(self.recorded.input)

    @property
    def axes(self) -> int:
        """The number of axes of an input sample."""
        return self.recorded.input.ndim - 1

    def number(self, symbol: str, value: float) -> Scalar:
        """Return a setting, or another number with a symbol."""
        return Scalar(symbol, float(value))

    def tensor(self, what: str, laid: Layout | None = None) -> Operand:
        """Return `input`, `output`, a parameter such as `w`, or a kept result; all but the last also with `.grad`."""
        word = what.removesuffix(".grad")
        shape = self._shape(word)
        laid = laid or (self._own(word) if word in self.recorded.parameters else layout(len(shape) - 1))
        name = f"{self.source}{what.removeprefix('input')}" if word == "input" else f"{self.name}.{what}"
        rows = laid.rows.replace("n", "") if self.one_sample else laid.rows
        return Operand(name, shape, tuple(laid.axes.split()), rows, laid.columns)

    def seen(self, what: str, of: str, laid: Layout) -> Operand:
        """Return `input` or `output.grad` as a matrix of windows, in which numbers in several windows are repeated."""
        plain = self.tensor(what, laid)
        return Operand(
            plain.tensor, plain.shape, plain.axes, plain.rows, plain.columns, Seen(self.name, of, self.windows[of])
        )

    def forward(self, kind: str, title: Title, left: Operand, right: Node) -> Equation:
        """Return an equation of the forward pass."""
        return self._equation(kind, title, "forward", "forward", left, right)

    def learnt(self, kind: str, title: Title, left: Operand, right: Node) -> Equation:
        """Return the equation of a parameter's gradient; for weights it is Law 1."""
        name = left.tensor.removeprefix(f"{self.name}.").removesuffix(".grad")
        return self._equation(kind, title, "backward", "weights", left, right)._replace(parameter=name)

    def back(self, kind: str, title: Title, left: Operand, right: Node) -> Equation:
        """Return the equation of the gradient of the inputs; through weights it is Law 2."""
        return self._equation(kind, title, "backward", "inputs", left, right)

    def _equation(self, kind: str, title: Title, phase: Phase, gives: Gives, left: Operand, right: Node) -> Equation:
        right = summed(left, right, self.samples)
        return Equation(f"{self.name} {kind}", title, phase, gives, self.name, left, right, LAWS.get(title))

    def _shape(self, word: str) -> tuple[int, ...]:
        if word in self.recorded.parameters:
            return self.recorded.parameters[word].value.shape
        if word in self.recorded.saved:
            return self.recorded.saved[word].shape
        return (self.recorded.input if word == "input" else self.recorded.output).shape

    def _own(self, parameter: str) -> Layout:
        return parameter_layout(self.recorded, parameter)


def parameter_layout(recorded: LayerTrace, parameter: str) -> Layout:
    """Return the layout of a parameter: a column for each unit or filter that uses it, else that of one sample."""
    axes = recorded.parameters[parameter].value.ndim
    unit = recorded.layer.unit_axes.get(parameter)
    if unit is None:
        own = layout(axes)
        return Layout(own.axes.removeprefix("n "), own.rows.replace("n", ""), own.columns)
    letters = recorded.layer.parameter_axes(parameter).replace(",", "")
    return Layout(" ".join(letters), letters.replace(letters[unit], ""), letters[unit])


@dataclass(frozen=True, slots=True)
class LossTensors:
    """The tensors that a loss compares: the network's `predicted`, or the probabilities of it, and the `truth`."""

    trace: Trace
    one_sample: bool

    @property
    def labels(self) -> str:
        """The labels of all entries, the label of the samples first."""
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
    """A parameter in one update: its `value`, its `gradient`, and its optimizer state. `clipped` returns the gradient
    that the update uses, for the gradient of the loss. The `rate` is `lr` times the factor of the parameter.
    """

    recorded: LayerTrace
    parameter: str
    lr: float
    clipped: Callable[[Node], Node] | None = None

    @property
    def own(self) -> ParameterTrace:
        """The record of the parameter."""
        return self.recorded.parameters[self.parameter]

    @property
    def value(self) -> Operand:
        """The value before the update."""
        return self.tensor("")

    @property
    def gradient(self) -> Node:
        """∂ℓ/∂value, or with a penalty ∂J/∂value, as the update uses it."""
        gradient = self.tensor(".grad" if self.own.objective_gradient is None else ".objective_grad")
        return gradient if self.clipped is None else self.clipped(gradient)

    @property
    def is_bias(self) -> bool:
        """Whether the layer adds the parameter."""
        return self.recorded.layer.parameters()[self.parameter].is_bias

    @property
    def rate(self) -> Node:
        """η, or κη."""
        rate, factor = Scalar("η", self.lr), self.recorded.layer.parameters()[self.parameter].lr_factor
        return rate if factor == 1 else times(Scalar("κ", factor), rate)

    @property
    def count(self) -> Scalar:
        """t, the number of updates including this one."""
        return Scalar("t", float(self.own.next_state["count"][0]))

    def before(self, state: str) -> Operand | None:
        """Return the state of a name before the update; None before the first."""
        return self.tensor(f".{state}") if state in self.own.state else None

    def after(self, state: str) -> Operand:
        """Return the state of a name after the update."""
        return self.tensor(f".{state}.next")

    def tensor(self, kind: str) -> Operand:
        """Return a tensor with the layout of the parameter."""
        laid = parameter_layout(self.recorded, self.parameter)
        name = f"{self.recorded.layer.name}.{self.parameter}{kind}"
        return Operand(name, self.own.value.shape, tuple(laid.axes.split()), laid.rows, laid.columns)
