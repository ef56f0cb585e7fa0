"""A network and its loss made ready for training steps on batches of one size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from tinyml.core import Array, Backend, Block, DuplicateNameError, compiled, run
from tinyml.layers import Layer
from tinyml.layers.plan import Plan
from tinyml.layers.site import Shape, samples_last
from tinyml.losses import Loss, LossSite
from tinyml.optims import Optimizer


class TrainingPlan(Plan):
    """A plan that ends in a loss: `feed`, `forward`, `compare` and `backward` are the passes of one step.

    `truth`     what the output is held against; ∂ℓ/∂output goes where the backward pass takes it up.
    """

    def __init__(
        self,
        loss: Loss,
        layers: Sequence[Layer],
        input_shape: Shape,
        batch: int,
        dtype: Any = None,
        *,
        stacked: Mapping[Block, Array] | None = None,
    ) -> None:
        super().__init__(layers, input_shape, batch, dtype, stacked=stacked)
        self.loss = loss
        self.truth = Backend.empty((*self.shapes[-1], batch), dtype=self.dtype)
        gradients = self.parts(self.gradients)
        self._parameters = [
            (parameter, parameter.within(gradients[parameter.block]))
            for layer in layers
            for parameter in layer.parameters().values()
        ]
        self._all_learn = all(parameter.require_grad for parameter, _ in self._parameters)
        last = self.sites[-1]
        self._at = LossSite(last.output, self.truth, last.output_gradient)
        self._compare = compiled(loss.gradient_program(self._at))

    def feed_truth(self, truth: Array) -> None:
        """Take the targets, samples first. Raises ShapeError where they do not fit the output."""
        truth = self.loss.fitting((self.batch, *self.shapes[-1]), truth)
        self.truth[...] = samples_last(truth)

    def compare(self) -> Any:
        """The loss of the last forward pass, and its gradient for the backward pass."""
        run(self._compare)
        return self.loss.value(self._at)

    def give_gradients(self) -> None:
        """Let each parameter have its gradient: a view, which the next backward pass overwrites."""
        for parameter, gradient in self._parameters:
            parameter.gradient = gradient

    def update(self, optimizer: Optimizer) -> None:
        """Take the optimizer's step with all parameters."""
        if self._all_learn and not optimizer.remembers:
            # One step with the vector of all: on a small network two calls instead of two for each parameter.
            optimizer.step(self.vector.values, self.gradients, {}, self.vector.values)
            return
        for parameter, _ in self._parameters:
            optimizer.update(parameter)

    def proposed(self, optimizer: Optimizer) -> Array:
        """What `update` would make of the parameters, as one vector."""
        if self._all_learn and not optimizer.remembers:
            return optimizer.step(self.vector.values, self.gradients, {})[0]
        following = self.vector.values.copy()
        parts = self.parts(following)
        for parameter, gradient in self._parameters:
            parameter.within(parts[parameter.block])[...] = optimizer.propose(parameter, gradient)[0]
        return following

    @cached_property
    def named(self) -> bool:
        """True; a DuplicateNameError where two layers have one name, so that a ref would mean both."""
        check_names(self.layers)
        return True


def check_names(layers: Sequence[Layer]) -> None:
    """Raise a DuplicateNameError where two layers share a name."""
    names = [layer.name for layer in layers]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise DuplicateNameError(f"Sequential: two layers are called '{name}'; give each a name of its own.")
