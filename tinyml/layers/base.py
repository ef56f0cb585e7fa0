"""A layer: what it declares, and running it by itself."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from tinyml.core import Array, OrderError, Parameter, gather
from tinyml.layers.buffers import Shape
from tinyml.layers.custom_layer import found_shape, overrides_passes
from tinyml.layers.definition import LayerDefinition
from tinyml.layers.plan import Plan
from tinyml.layers.plan_cache import PlanCache, backward, forward, plan_dtype

Kept = TypeVar("Kept")


class Layer(LayerDefinition):
    """A differentiable function of its input, with its parameters.

    A subclass writes what it computes as programs over the arrays of its `LayerBuffers`: `forward_program` and, next to
    it, `parameter_program` and `input_program` for the backward pass. All ways of running it (alone, in a network, in
    training, watched) run these. The rest has defaults that fit a layer without parameters whose output has the shape
    of its input. A layer may also override `forward` and `backward` themselves, as in the chapter's library: it then
    takes and gives whole arrays, samples first, and sets its parameters' gradients.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.overrides_passes = overrides_passes(cls, Layer)

    def __init__(self, name: str) -> None:
        self.name = name
        self.type = type(self).__name__
        self.training = True  # False while predicting; Dropout and BatchNorm differ then
        self.ran: tuple[Plan[Layer], int] | None = None  # where the last forward pass took place, which backward needs
        self.found_shapes: dict[Shape, Shape] = {}  # what `output_shape` found by trying
        self._plans = PlanCache()

    def __getstate__(self) -> dict[str, object]:
        # A copy builds its own plan: a plan refers to the arrays of the layers that it was made for.
        return {**vars(self), "ran": None}

    def __setattr__(self, name: str, value: Any) -> None:
        old = vars(self).get(name)
        if isinstance(old, Parameter) and not isinstance(value, Parameter):
            # As in programs for the original library: `layer.weight = array` sets the parameter's values.
            old.tensor = value
            return
        if isinstance(value, Parameter):
            self._replaced(name, old)
        object.__setattr__(self, name, value)

    def _rebuild_params(self) -> None:
        """Nothing: programs for the original library call it after `layer.weight = array`, which has set all by now."""

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

    def build_param(self, tensor: Array) -> Parameter:
        """A trainable parameter that starts as `tensor`."""
        return Parameter(tensor)

    def astype(self, dtype: Any) -> Self:
        """Compute in `dtype`, such as float32, from now on; the parameters are converted."""
        gather(self.blocks(), dtype)
        return self

    def forward(self, input: Array) -> Array:
        """The layer's output; whatever `backward` needs of this pass is kept."""
        return forward(self._plan(input), input)

    def backward(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂output to ∂ℓ/∂input; the parameters' gradients are set on the way."""
        return backward(self, *self.recall(self.ran), in_gradient)

    def _plan(self, input: Array) -> Plan[Layer]:
        key = (input.shape, input.dtype.char)
        found = self._plans.find(key, [self])
        if found is None:
            blocks = self.blocks()
            # In one vector, which tells when any of them has moved: another layer may have taken one along.
            if len({block.vector for block in blocks}) > 1 or not all(block.vector.current for block in blocks):
                gather(blocks)
            kind = plan_dtype([self], input)
            found = self._plans.keep(key, Plan([self], input.shape[1:], len(input), kind, alone=True))
        return found

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape of one sample's output: that of its input, or what an overridden `forward` returns. Raises
        ShapeError where a sample of `input_shape` does not fit.
        """
        return found_shape(self, input_shape) if self.overrides_passes else super().output_shape(input_shape)

    def recall(self, kept: Kept | None) -> Kept:
        """What the forward pass kept, or a clear error where there was none."""
        if kept is None:
            raise OrderError(f"{self.type} '{self.name}': backward needs a forward pass first; call forward(input).")
        return kept
