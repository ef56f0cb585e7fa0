"""What a network is made of: its layers, their parameters, and the plans by which it runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import accumulate
from typing import Any, Self, TypeVar, cast

from tinyml.core import Array, Parameter, ShapeError, Vector, gather
from tinyml.layers import Layer
from tinyml.layers.passes import Plans, plan_dtype
from tinyml.layers.plan import Plan
from tinyml.losses import Loss
from tinyml.net.training_plan import TrainingPlan, check_names

P = TypeVar("P", bound=Plan)


class Network:
    """Layers and the plans to run them.

    For each batch size the network compiles itself once into a plan, which its layers fill with their programs; all
    that runs it (`forward`, `predict`, training, a trace) runs those programs, and only copies leave it. Its
    arrays are its own, so that several networks may run in threads at once, but one network only in one at a time.
    """

    def __init__(self, layers: Iterable[Layer] = ()) -> None:
        self.layers = list(layers)
        self.parameters: list[Parameter] = []
        self._plans = Plans()
        self.build_params()

    def add(self, layer: Layer) -> None:
        """Append a layer. Raises ShapeError, and leaves the network as it was, where it does not fit the last one."""
        check_fit([*self.layers, layer])
        self.layers.append(layer)
        self.build_params()

    def build_params(self) -> None:
        """Collect the layers' parameters; a second call collects the same ones, not twice. Raises ShapeError where one
        layer does not fit the one before.
        """
        check_fit(self.layers)
        self.parameters = [parameter for layer in self.layers for parameter in layer.parameters().values()]
        # Now rather than at the first pass, so that a view of a tensor that is taken in between stays one.
        self._gather()

    def astype(self, dtype: Any) -> Self:
        """Compute in `dtype`, such as float32, from now on; the parameters are converted."""
        gather([block for layer in self.layers for block in layer.blocks()], dtype)
        return self

    def training_plan(self, purpose: str, loss: Loss, input: Array) -> TrainingPlan:
        """The plan of training steps on batches like `input`; whoever names another purpose gets another plan, with
        arrays of its own.
        """
        return self.planned(purpose, input, TrainingPlan, loss)

    def planned(self, purpose: str, input: Array, kind: Callable[..., P], *more: Hashable) -> P:
        """The plan for `purpose` and batches like `input`, made by `kind(*more, layers, input_shape, batch, dtype)`
        where there is none that still fits.
        """
        key = (purpose, *more, input.shape, input.dtype.char)
        found = self._plans.find(key, self.layers)
        if found is None:
            layers = self._gathered(input)
            found = kind(*more, layers, input.shape[1:], len(input), plan_dtype(layers, input))
            self._plans.keep(key, found)
        return cast(P, found)

    def forget_plans(self) -> None:
        """Free the arrays of all plans; the next pass makes its plan again. Parameters stay as they are."""
        self._plans = Plans()

    def shapes(self, input_shape: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The shape of one sample before the first layer and after each; ShapeError names the layer that does not
        fit, DuplicateNameError the name that two layers share.
        """
        self._check_rows()
        check_names(self.layers)
        shapes = [input_shape]
        for layer in self.layers:
            shapes.append(layer.output_shape(shapes[-1]))
        return shapes

    def _check_rows(self) -> None:
        if not self.layers:
            raise ShapeError("Sequential: a network needs at least one layer; add one.")

    def _gathered(self, input: Array) -> list[Layer]:
        """The layers, with all their blocks in a vector of their own in the order of the layers."""
        self._check_rows()
        if input.ndim < 2:
            raise ShapeError(
                f"Sequential: expects a batch, samples first, but an array of shape {input.shape} came; one sample is "
                "a batch of one: x[None]."
            )
        self._gather()
        return self.layers

    def _gather(self) -> None:
        """Move all blocks into one vector in the order of the layers, unless they make one up already."""
        blocks = [block for layer in self.layers for block in layer.blocks()]
        if not blocks:
            return
        vector = blocks[0].vector
        starts = accumulate((block.size for block in blocks), initial=0)
        # The first layers of a larger network lie as they should, but in a vector that is too long.
        if len(vector.values) != sum(block.size for block in blocks) or any(
            block.vector is not vector or block.start != start for block, start in zip(blocks, starts, strict=False)
        ):
            gather(blocks)
        elif not vector.current:
            # The numbers stay where they are, and so do views of them.
            vector = Vector(vector.values)
            for block in blocks:
                block.vector = vector


def check_fit(layers: Iterable[Layer]) -> None:
    """Raise a ShapeError where a layer cannot take what the one before it gives, as far as that is known without data:
    from the first layer on that was told its input, and after one whose shape only a pass would tell, from the next.
    """
    shape: tuple[int, ...] | None = None
    for layer in layers:
        if layer.overrides_passes and type(layer).output_shape is Layer.output_shape:
            shape = None
        elif (shape := layer.expected_shape() if shape is None else shape) is not None:
            shape = layer.output_shape(shape)
