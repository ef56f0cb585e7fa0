"""What a layer is: the one declaration that every layer fills in and everybody else relies on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import prod
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from tinyml.core import Array, OrderError, Parameter

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope
    from tinyml.expression import Expression


Kept = TypeVar("Kept")


class Work(NamedTuple):
    """How much a layer computes in one go: `nodes` results of `terms` products (or other single operations) each."""

    computes: str
    nodes: int
    terms: int


class Explained(NamedTuple):
    """A formula and the law that it follows."""

    law: str
    expression: Expression


class Layer(ABC):
    """A differentiable function of its input, with its parameters.

    A subclass writes `forward` and, next to it, `backward`; both keep batch samples in the first axis. The rest has
    defaults that fit a layer without parameters whose output has the shape of its input.
    """

    # True where weighted edges join the inputs to new units; False where the layer acts on the units before it.
    connects: ClassVar[bool] = False
    # False where an output depends on more than the one input at its place.
    elementwise: ClassVar[bool] = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.type = type(self).__name__
        self.training = True  # False while predicting; Dropout and BatchNorm differ then

    def __call__(self, input: Array) -> Array:
        return self.forward(input)

    def build_param(self, tensor: Array) -> Parameter:
        """A trainable parameter that starts as `tensor`."""
        return Parameter(tensor)

    def parameters(self) -> dict[str, Parameter]:
        """The layer's parameters by the names that refs and documents use."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Parameter)}

    def buffers(self) -> dict[str, Array]:
        """What the layer keeps from pass to pass beside its parameters, by name, and a saved network needs: the arrays
        themselves, so that writing into one sets it.
        """
        return {}

    def in_notation(self, name: str, tensor: Array) -> Array:
        """Turn a tensor of parameter `name` from the library's orientation to the notation's, or back: a view."""
        return tensor

    @abstractmethod
    def forward(self, input: Array) -> Array:
        """The layer's output; whatever `backward` needs of this pass is kept."""

    @abstractmethod
    def backward(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂output to ∂ℓ/∂input; the parameters' gradients are set on the way."""

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of one sample's output. Raises ShapeError where a sample of `input_shape` does not fit."""
        return input_shape

    def expected_shape(self) -> tuple[int, ...] | None:
        """The shape of one sample's input where the layer was told it, as its `input_dim`; None where any fits."""
        told: int | tuple[int, ...] | None = vars(self).get("input_dim")
        return (told,) if isinstance(told, int) else told

    def forward_work(self, input_shape: tuple[int, ...]) -> Work:
        """What the forward pass of one sample computes."""
        return Work("output", prod(self.output_shape(input_shape)), 1)

    def backward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        """What the backward pass computes, in order: by default the parameters entry by entry, from all samples."""
        inputs = Work("input_gradient", prod(input_shape), 1)
        sizes = [parameter.tensor.size for parameter in self.parameters().values()]
        if not sizes:
            return (inputs,)
        return Work("parameter_gradients", max(sizes), len(sizes) * batch), inputs

    def update_work(self, input_shape: tuple[int, ...]) -> Work:
        """What the update computes: by default the parameters entry by entry."""
        sizes = [parameter.tensor.size for parameter in self.parameters().values()]
        return Work("next", max(sizes), len(sizes))

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        """Why output[sample, unit] is what it is."""
        raise NotImplementedError(f"{self.type} '{self.name}' has no formula for its output yet.")

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        """Why ∂ℓ/∂input[sample, unit] is what it is."""
        raise NotImplementedError(f"{self.type} '{self.name}' has no formula for its input gradient yet.")

    def explain_parameter_gradient(self, scope: LayerScope, name: str, index: tuple[int, ...]) -> Explained:
        """Why ∂ℓ/∂parameter[index] is what it is; the index is the notation's."""
        raise NotImplementedError(f"{self.type} '{self.name}' has no formula for the gradient of {name} yet.")

    def recall(self, kept: Kept | None) -> Kept:
        """What the forward pass kept, or a clear error where there was none."""
        if kept is None:
            raise OrderError(f"{self.type} '{self.name}': backward needs a forward pass first; call forward(input).")
        return kept
