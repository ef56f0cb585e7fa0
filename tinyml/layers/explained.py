"""What a layer says of its numbers: the part of its declaration that formulas are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Index
from tinyml.expression import Explained
from tinyml.layers.reasons import JacobianRows, LocalDerivatives, MatrixProduct

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

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        """How the outputs depend on input[at]."""
        raise self._unexplained("its input gradient")

    def jacobian_rows(self, scope: LayerScope, numbers: Array) -> JacobianRows | None:
        """The derivatives for many inputs, given by their `number` in order; None where one by one is as fast."""
        return None

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        """How the outputs depend on parameter[at]; the index is the notation's."""
        raise self._unexplained(f"the gradient of {name}")

    def one_derivatives(self, scope: LayerScope, sample: int) -> LocalDerivatives:
        """How the outputs depend on the constant 1 that carries the biases, where the layer `connects` and has any."""
        raise self._unexplained("the gradient of its constant 1")

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        """The formula for ∂ℓ/∂input[at]: by default each output's gradient times the local derivative, summed."""
        locals = self.input_derivatives(scope, at)
        return Explained(locals.law, scope.collected(locals))

    def explain_parameter_gradient(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """The formula for ∂ℓ/∂parameter[at], by default in the same way."""
        locals = self.parameter_derivatives(scope, name, at)
        return Explained(locals.law, scope.collected(locals))

    def output_matrix(self, scope: LayerScope, at: Index) -> MatrixProduct:
        """output[at] as the product of a row and a column, where the layer `multiplies`."""
        raise self._unexplained("its output as a product of matrices")

    def input_matrix(self, scope: LayerScope, at: Index) -> MatrixProduct:
        """∂ℓ/∂input[at] as the product of a row and a column."""
        raise self._unexplained("its input gradient as a product of matrices")

    def parameter_matrix(self, scope: LayerScope, name: str, at: Index) -> MatrixProduct:
        """∂ℓ/∂parameter[at] as the product of a row and a column."""
        raise self._unexplained(f"the gradient of {name} as a product of matrices")

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        """What the forward pass computes, as equations of matrices in the order in which it does."""
        from tinyml.explain.layers import plain_equations

        return plain_equations.forward(scope)

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        """What the backward pass computes, as equations: the gradients of the parameters, then of the inputs."""
        from tinyml.explain.layers import plain_equations

        return plain_equations.backward(scope)

    def _unexplained(self, what: str) -> NotImplementedError:
        return NotImplementedError(
            f"{self.type} '{self.name}' has no formula for {what}; a layer explains itself by explain_output, "
            "input_derivatives and parameter_derivatives."
        )
