"""The shared data of the explanations of a training step: the recorded step, its symbols, and the scopes of both."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from tinyml.explain.explained_tensor import Source
from tinyml.explain.layers import layer_explanation
from tinyml.explain.losses import LossExplanation, LossScope, loss_explanation
from tinyml.explain.optims import OptimizerExplanation, optimizer_explanation
from tinyml.explain.scope import LayerScope
from tinyml.explain.symbols import Symbols
from tinyml.expression import Folding
from tinyml.trace import Trace


class StepScope:
    """A recorded training step, its symbols, and how long sums are folded."""

    def __init__(self, trace: Trace, folding: Folding) -> None:
        self.trace = trace
        self.symbols = Symbols(trace)
        self.folding = folding
        self.loss = LossScope(trace, self.symbols, folding)

    # Looked up on demand: without an explanation of the optimizer, all other numbers still have formulas.
    @cached_property
    def loss_explanation(self) -> LossExplanation[Any]:
        """The explanation of the loss."""
        return loss_explanation(self.trace.loss.loss)

    @cached_property
    def optimizer_explanation(self) -> OptimizerExplanation[Any]:
        """The explanation of the updates."""
        return optimizer_explanation(self.trace.optimizer)

    def scope(self, place: int) -> LayerScope:
        """Return the scope of the layer at an index."""
        return LayerScope(self.trace.layers[place], self.symbols, self.folding)

    def input_source(self, place: int) -> Source:
        """Return how the outputs of a layer depend on its inputs."""
        scope = self.scope(place)
        return Source(scope, place, lambda at: layer_explanation(scope.recorded.layer).input_derivatives(scope, at))
