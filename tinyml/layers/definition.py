"""The definition of a layer: parameters, programs, shapes and operation counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, ClassVar

from tinyml.core import Array, Backend, Block, Parameter, Program
from tinyml.layers.buffers import LayerBuffers, Shape
from tinyml.layers.descriptor import DescribedLayer
from tinyml.layers.operation_counts import OperationCounts, ResultCounts, input_counts, output_counts
from tinyml.layers.ranges import EVERYTHING, Range
from tinyml.layers.unrolled import Unrolled


class LayerDefinition(DescribedLayer):
    """The attributes and methods that subclasses of `Layer` define, which plans use. The defaults suit a layer without
    parameters whose output has the shape of its input.
    """

    # True if the outputs are new units (z), rather than a function of the units of the layer before (h, a or ŷ).
    begins_unit: ClassVar[bool] = False
    # True if the layer reads `input_with_one` with its row of ones.
    takes_one: bool = False
    # True if the backward pass reads ∂ℓ/∂output of images row by row: it takes less time if all channels of a row of
    # pixels are contiguous in memory.
    reads_by_row: ClassVar[bool] = False
    # True if `input_program` does not depend on the memory layout of `at.input_gradient`, as it would by `reshape`.
    writes_any_layout: ClassVar[bool] = False
    # True if the output is the input in another shape, without computation or copies.
    reshapes: ClassVar[bool] = False
    # True if `slope_program` reads little but the output and has no settings, so that layers can share its calls.
    slope_from_output: ClassVar[bool] = False
    # False if the programs cannot run for a whole stack of networks at once. A stackable layer with parameters has
    # neither `running_state` nor branches: some networks of the stack may share its parameters, and it then runs once
    # for these and once for the others.
    stackable: ClassVar[bool] = False
    # True if the forward program also computes the analytic continuation for complex numbers.
    analytic: ClassVar[bool] = False
    # True if the output is a piecewise affine function of the input and of each parameter.
    piecewise_affine: ClassVar[bool] = False

    # The names in `saved` of results for the whole batch, whose first axis is not the samples.
    shared_saved: ClassVar[frozenset[str]] = frozenset()

    # Attributes besides the parameters that a forward pass in training mode changes; recording restores them.
    running_state: ClassVar[tuple[str, ...]] = ()

    # True for a class that overrides `forward` or `backward` instead of defining programs; set when it is created.
    overrides_passes: ClassVar[bool] = False

    name: str
    type: str
    training: bool
    # The plan of the last forward pass and the layer's index in it, required by `backward`.
    ran: tuple[Any, int] | None
    # The output shapes of an overridden `forward` that were found so far, by the shape of a sample.
    found_shapes: dict[Shape, Shape]

    def parameters(self) -> dict[str, Parameter]:
        """Return the layer's parameters by their names in refs and documents."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Parameter)}

    @property
    def biased(self) -> bool:
        """Whether the layer adds a bias, a parameter b, to each output."""
        return "b" in self.parameters()

    def blocks(self) -> list[Block]:
        """The blocks that contain the parameters."""
        return list(dict.fromkeys(parameter.block for parameter in self.parameters().values()))

    def buffers(self) -> dict[str, Array]:
        """Return by name the state besides the parameters that a saved network includes. The arrays are not copies:
        writing into one sets the state.
        """
        return {}

    def in_notation(self, name: str, tensor: Array) -> Array:
        """Return a view of a tensor of parameter `name`, turned from the library's orientation to the notation's or
        back.
        """
        return tensor

    def forward_program(self, at: LayerBuffers) -> Program:
        """Return the program that computes `at.output` from `at.input`."""
        raise NotImplementedError(f"{self.type}: a layer needs a forward_program, or must override forward.")

    def parameter_program(self, at: LayerBuffers) -> Program:
        """Return the program that computes the gradients of the layer's blocks from `at.output_gradient`."""
        return []

    def input_program(self, at: LayerBuffers) -> Program:
        """Return the program that computes `at.input_gradient` from `at.output_gradient` after `parameter_program`."""
        raise NotImplementedError(f"{self.type}: a layer needs an input_program, or must override backward.")

    def saved(self, at: LayerBuffers) -> dict[str, Array]:
        """Return by name the other recorded results of a pass, such as a mask; samples first, if it has samples."""
        return {}

    def slope_program(self, at: LayerBuffers, parts: Sequence[tuple[Array, LayerBuffers]] = ()) -> Program:
        """Return the program that computes `at.slope` of an elementwise layer. With `parts` it is computed for several
        layers together, each of whose buffers has a part of `at.output` and `at.slope`. The array of each pair is the
        corresponding part of `at.input`; the program may fill it from the input of the buffers in the pair.
        """
        raise NotImplementedError

    def slopes(self, input: Array, output: Array) -> Array | None:
        """Return the local derivative of each entry for an elementwise layer; else None."""
        return None

    @property
    def steepest(self) -> float:
        """Return max |f′| of an elementwise function f."""
        return 1.0

    def unrolled(self, input_shape: Shape, output_shape: Shape) -> dict[str, Unrolled]:
        """Return the matrices of windows (im2col) of a layer with windows: of the inputs for `output`, of the outputs
        for `input_gradient`. The shapes are those of one sample.
        """
        return {}

    def chosen(self, x: Array) -> Array | None:
        """Return for a layer whose output selects one number of its window the selected positions, in row-major
        order.
        """
        return None

    def branches(self, at: LayerBuffers) -> Array | None:
        """Return which branch of the definition each entry took in the last pass, which the backward pass follows; None
        if the definition has only one branch.
        """
        return None

    def along(self, branches: Array, at: LayerBuffers) -> None:
        """Compute `at.output` on the branches that an earlier pass took, for any input: the function that the backward
        pass differentiates, also where two branches meet. `at` may be that of a stack of networks.
        """
        raise NotImplementedError

    def forward(self, input: Any) -> Any:
        """Return the output for the input, samples first."""
        raise NotImplementedError

    def backward(self, in_gradient: Any) -> Any:
        """Return ∂ℓ/∂input for ∂ℓ/∂output, and set the parameters' gradients."""
        raise NotImplementedError

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the shape of one sample's output. Raises ShapeError if a sample of `input_shape` does not fit."""
        return input_shape

    def expected_shape(self) -> tuple[int, ...] | None:
        """Return the shape of one sample's input as set by `input_dim`; None if any shape fits."""
        given: int | tuple[int, ...] | None = vars(self).get("input_dim")
        return (given,) if isinstance(given, int) else given

    def output_range(self, input: Range) -> Range:
        """Return the range of the outputs for inputs in the range `input`, for any values of the parameters."""
        return input if self.reshapes else EVERYTHING

    def normalized_over(self, input_shape: Shape, batch: int) -> int | None:
        """Return how many numbers are normalized together; None for other layers. A single number would become 0."""
        return None

    def forward_counts(self, input_shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        """Return the operation counts of the forward pass, in order: by default the outputs, one operation each.
        Results that are computed for each sample in parallel count once; sums over the batch have a term for each
        sample.
        """
        return (output_counts(self.output_shape(input_shape)),)

    def backward_counts(self, input_shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        """Return the operation counts of the backward pass, in order: by default the parameters' gradients, from all
        samples, and those of the inputs, one operation each.
        """
        return (*self.parameter_counts("parameter_gradients", batch), input_counts(input_shape))

    def update_counts(self) -> tuple[OperationCounts, ...]:
        """Return the operation counts of the update: one formula for each parameter."""
        return self.parameter_counts("next", 1)

    def reads(self, computes: str) -> tuple[str, ...]:
        """Return the names of the values in the formulas of a result: parameters and the `input`, except those whose
        gradient is computed.
        """
        parameters = tuple(self.parameters())
        match computes:
            case "output":
                return ("input", *parameters)
            case "next":
                return parameters
            case "input_gradient":
                return tuple(name for name in parameters if name == "w")
        return ("input",)

    def parameter_counts(self, computes: str, terms: int | Mapping[str, int]) -> tuple[OperationCounts, ...]:
        """Return counts with one number for each entry of the parameters and a node for each unit that uses them.
        `terms` is the number of terms, by parameter if it differs. Empty without parameters.
        """
        suffix = "next" if computes == "next" else "grad"
        results = tuple(
            ResultCounts(
                f"{name}.{suffix}",
                # Only the shape is used; an empty array costs less than a view of the values.
                self.in_notation(name, Backend.empty(parameter.shape)).shape,
                terms if isinstance(terms, int) else terms[name],
                self.unit_axes.get(name),
            )
            for name, parameter in self.parameters().items()
        )
        nodes = [prod(part.shape) if part.axis is None else part.shape[part.axis] for part in results]
        return (OperationCounts(computes, max(nodes), results),) if nodes else ()

    def parameter_axes(self, name: str) -> str:
        """Return the names of a parameter's axes for messages, in the notation's orientation."""
        return {1: "k", 2: "j,k"}.get(len(self.parameters()[name].shape), "i,j,k")
