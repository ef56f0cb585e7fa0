"""What a layer says of its numbers: the part of its declaration that formulas are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array
from tinyml.layers import plain_equations
from tinyml.layers.reasons import Explained, Fan, Index, Locals, Matrix

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class ExplainedLayer:
    """How a layer explains its outputs and gradients. What it does not override has no formula, and says so."""

    name: str
    type: str

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        """Why output[at] is what it is."""
        raise self._unexplained("its output")

    def explain_kept(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """Why kept[name][at] is what it is."""
        raise self._unexplained(name)

    def explain_moved(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """Why what a step moves on beside the parameters, such as a running mean, is what it is after the step."""
        raise self._unexplained(name)

    def input_locals(self, scope: LayerScope, at: Index) -> Locals:
        """How the outputs depend on input[at]."""
        raise self._unexplained("its input gradient")

    def input_fan(self, scope: LayerScope, numbers: Array) -> Fan | None:
        """The same for many inputs, told by their `number` in order; None where one by one is as quick."""
        return None

    def parameter_locals(self, scope: LayerScope, name: str, at: Index) -> Locals:
        """How the outputs depend on parameter[at]; the index is the notation's."""
        raise self._unexplained(f"the gradient of {name}")

    def one_locals(self, scope: LayerScope, sample: int) -> Locals:
        """How the outputs depend on the constant 1 that carries the biases, where the layer `connects` and has any."""
        raise self._unexplained("the gradient of its constant 1")

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        """Why ∂ℓ/∂input[at] is what it is: by default what comes back from each output times the local derivative."""
        locals = self.input_locals(scope, at)
        return Explained(locals.law, scope.collected(locals))

    def explain_parameter_gradient(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """Why ∂ℓ/∂parameter[at] is what it is, likewise."""
        locals = self.parameter_locals(scope, name, at)
        return Explained(locals.law, scope.collected(locals))

    def output_matrix(self, scope: LayerScope, at: Index) -> Matrix:
        """output[at] as a row that meets a column, where the layer `multiplies`."""
        raise self._unexplained("its output as a product of matrices")

    def input_matrix(self, scope: LayerScope, at: Index) -> Matrix:
        """∂ℓ/∂input[at] as a row that meets a column, likewise."""
        raise self._unexplained("its input gradient as a product of matrices")

    def parameter_matrix(self, scope: LayerScope, name: str, at: Index) -> Matrix:
        """∂ℓ/∂parameter[at] as a row that meets a column, likewise."""
        raise self._unexplained(f"the gradient of {name} as a product of matrices")

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        """What the forward pass computes, as equations of matrices in the order in which it does."""
        return plain_equations.forward(scope)

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        """What the backward pass computes, likewise: the gradients of the parameters, and last those of the inputs."""
        return plain_equations.backward(scope)

    def _unexplained(self, what: str) -> NotImplementedError:
        return NotImplementedError(
            f"{self.type} '{self.name}' has no formula for {what}; a layer explains itself by explain_output, "
            "input_locals and parameter_locals."
        )
