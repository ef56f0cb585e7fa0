"""The base class of the layers: a layer's definition, and its passes when it runs alone."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from tinyml.core import Array, OrderError, Parameter, gather
from tinyml.layers.buffers import Shape
from tinyml.layers.custom_layer import found_shape, overrides_passes
from tinyml.layers.definition import LayerDefinition
from tinyml.layers.plan import Plan
from tinyml.layers.plan_cache import PlanCache, backward, forward, plan_dtype
from tinyml.layers.topology import Topology

Kept = TypeVar("Kept")

# The topology of a single layer.
ALONE = Topology((None,))


class Layer(LayerDefinition):
    """A differentiable function of its input, with its parameters.

    A subclass defines its computation as programs over the arrays of its `LayerBuffers`: `forward_program` and, next to
    it, `parameter_program` and `input_program` for the backward pass. All passes (of the layer alone, of a network, in
    training, recorded) run these programs. The other methods have defaults that suit a layer without parameters whose
    output has the shape of its input. A layer may also override `forward` and `backward` themselves, as in the
    chapter's library: they then take and return whole arrays, samples first, and `backward` sets the parameters'
    gradients.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.overrides_passes = overrides_passes(cls, Layer)

    def __init__(self, name: str) -> None:
        self.name = name
        self.type = type(self).__name__
        self.training = True  # False in evaluation mode, where Dropout and BatchNorm differ
        self.ran: tuple[Plan[Layer], int] | None = None  # plan of the last forward pass, required by backward
        self.found_shapes: dict[Shape, Shape] = {}  # output shapes that `output_shape` found by a trial run
        self._plans = PlanCache()

    def __getstate__(self) -> dict[str, object]:
        # A copy builds a new plan, since a plan refers to the arrays of its layers.
        return {**vars(self), "ran": None}

    def __setattr__(self, name: str, value: Any) -> None:
        old = vars(self).get(name)
        if isinstance(old, Parameter) and not isinstance(value, Parameter):
            # Programs for the original library write `layer.weight = array` to set the parameter's values.
            old.tensor = value
            return
        if isinstance(value, Parameter):
            self._replaced(name, old)
        object.__setattr__(self, name, value)

    def _rebuild_params(self) -> None:
        """Do nothing. Programs for the original library call it after `layer.weight = array`, which has set the
        values.
        """

    def _replaced(self, name: str, old: Parameter | None) -> None:
        """Invalidate the plans that use the old parameter."""
        if old is None:
            return
        if old.shape != old.block.shape:
            raise AttributeError(
                f"{self.type} '{self.name}': {name} shares one array with other parameters and cannot be replaced "
                f"by another object; set its values: layer.{name}.tensor = values."
            )
        old.block.vector.current = False

    def __call__(self, input: Array) -> Array:
        return self.forward(input)

    def build_param(self, tensor: Array, is_bias: bool = False) -> Parameter:
        """Return a trainable parameter with `tensor` as its initial value; `is_bias` if the layer adds it."""
        return Parameter(tensor, is_bias=is_bias)

    def astype(self, dtype: Any) -> Self:
        """Convert the parameters to `dtype`, such as float32, and compute in it."""
        gather(self.blocks(), dtype)
        return self

    def forward(self, input: Array) -> Array:
        """Return the layer's output, and store the results that `backward` requires."""
        return forward(self._plan(input), input)

    def backward(self, in_gradient: Array) -> Array:
        """Return ∂ℓ/∂input for ∂ℓ/∂output, and set the parameters' gradients."""
        return backward(self, *self.recall(self.ran), in_gradient)

    def _plan(self, input: Array) -> Plan[Layer]:
        key = (input.shape, input.dtype.char)
        found = self._plans.find(key, [self], ALONE)
        if found is None:
            blocks = self.blocks()
            # One vector shows whether any of them has moved; another layer may have moved a shared one.
            if len({block.vector for block in blocks}) > 1 or not all(block.vector.current for block in blocks):
                gather(blocks)
            kind = plan_dtype([self], input)
            found = self._plans.keep(key, Plan([self], ALONE, input.shape[1:], len(input), kind, alone=True))
        return found

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one sample's output: by default the shape of its input, or of the result of an overridden
        `forward`. Raises ShapeError if a sample of `input_shape` does not fit.
        """
        return found_shape(self, input_shape) if self.overrides_passes else super().output_shape(input_shape)

    def recall(self, kept: Kept | None) -> Kept:
        """Return the results stored by the forward pass. Raises OrderError if there was none."""
        if kept is None:
            raise OrderError(f"{self.type} '{self.name}': backward needs a forward pass first; call forward(input).")
        return kept
