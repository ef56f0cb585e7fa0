"""How far a training step has come at a cursor: which of its numbers exist by then."""

from collections.abc import Sequence

from tinyml.explain.refs import parse
from tinyml.steps import Stage, total


class Progress:
    """What is computed at a cursor. Inputs, targets and parameters are there from the start.

    The methods that count say of how many units, first to last, the number is known.
    """

    def __init__(self, plan: Sequence[Stage], cursor: int) -> None:
        self.complete = cursor >= total(plan)
        self._done = {(stage.layer, stage.computes): stage.done(cursor) for stage in plan}
        self._finished = {(stage.layer, stage.computes) for stage in plan if stage.end <= cursor}
        self._layers = [stage.layer for stage in plan if stage.phase == "forward"]

    @property
    def loss(self) -> bool:
        """Whether the loss is known."""
        return self._done["loss", "loss"] == 1

    def outputs(self, layer: str) -> int:
        """The outputs of a layer."""
        return self._done[layer, "output"]

    def output_gradients(self, layer: str) -> int:
        """The gradients of a layer's outputs, which the layer after it computes, or the loss."""
        if layer == self._layers[-1]:
            return self._done["loss", "loss_gradient"]
        return self.input_gradients(self._layers[self._layers.index(layer) + 1])

    def input_gradients(self, layer: str) -> int:
        """The gradients of a layer's inputs."""
        return self._done[layer, "input_gradient"]

    def parameter_gradients(self, layer: str) -> int:
        """The gradients of the weights and the bias that feed each output of a layer."""
        return self._done[layer, "parameter_gradients"]

    def updates(self, layer: str) -> int:
        """The updated weights and bias that feed each output of a layer."""
        return self._done[layer, "next"]

    def knows(self, ref: str) -> bool:
        """Whether the number that a valid ref names is known."""
        if self.complete:
            return True
        asked = parse(ref)
        unit = asked.index[-1] if asked.index else 0
        match asked.owner, asked.part, asked.kind:
            case ("x" | "y" | "lr", _, "value"):
                return True
            case ("x", _, _):
                return unit < self.input_gradients(self._layers[0])
            case ("y", _, _):
                return unit < self._done["loss", "loss_gradient"]
            case ("loss", _, _):
                return self.loss
            case (layer, "input", "value"):
                before = self._layers.index(layer) - 1
                return before < 0 or unit < self.outputs(self._layers[before])
            case (layer, "input", _):
                return unit < self.input_gradients(layer)
            case (layer, "output", "value"):
                return unit < self.outputs(layer)
            case (layer, "output", _):
                return unit < self.output_gradients(layer)
            case (layer, "one", "grad"):
                # Σₖ ∇ₖ bₖ needs the gradient of every output of the layer.
                return (layer, "parameter_gradients") in self._finished
            case (layer, _, "grad"):
                return unit < self.parameter_gradients(layer)
            case (layer, _, "next"):
                return unit < self.updates(layer)
        return True
