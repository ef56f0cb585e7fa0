"""The base class of the explanations of layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from tinyml import equations as eq
from tinyml.core import Array, Index
from tinyml.explain.layers import plain_equations
from tinyml.explain.local_derivatives import JacobianRows, LocalDerivatives, MatrixProduct
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained
from tinyml.layers import Layer

Of = TypeVar("Of", bound=Layer)


class LayerExplanation(Generic[Of]):
    """The formulas of the numbers of one `layer`. Numbers whose method a subclass does not override have no formula,
    and an error says so; its equations are by default derived from the declarations of the layer.
    """

    # The classes of the layers that it explains, including derived classes.
    explains: ClassVar[tuple[type[Layer], ...]] = ()

    # True where output and gradients are products of matrices, which `output_matrix` and its siblings return.
    multiplies: ClassVar[bool] = False

    def __init__(self, layer: Of) -> None:
        self.layer = layer

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        """Return the formula of output[at]."""
        raise self._unexplained("its output")

    def explain_saved(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """Return the formula of kept[name][at], a number that the forward pass stores."""
        raise self._unexplained(name)

    def explain_running_state(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """Return the formula, after a step, of a number that it changes besides the parameters: a running mean."""
        raise self._unexplained(name)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        """Return how the outputs depend on input[at]."""
        raise self._unexplained("its input gradient")

    def jacobian_rows(self, scope: LayerScope, numbers: Array) -> JacobianRows | None:
        """Return the same for many inputs, given by their positions; None if this is not faster than one by one."""
        return None

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        """Return how the outputs depend on parameter[at]; the index is that of the notation."""
        raise self._unexplained(f"the gradient of {name}")

    def one_derivatives(self, scope: LayerScope, sample: int) -> LocalDerivatives:
        """Return how the outputs depend on the constant 1 of the biases, if the layer `connects` and has biases."""
        raise self._unexplained("the gradient of its constant 1")

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        """Return the formula of ∂ℓ/∂input[at]: by default Σ gradient of each output · its local derivative."""
        locals = self.input_derivatives(scope, at)
        return Explained(locals.law, scope.collected(locals))

    def explain_parameter_gradient(self, scope: LayerScope, name: str, at: Index) -> Explained:
        """Return the formula of ∂ℓ/∂parameter[at], with the same default."""
        locals = self.parameter_derivatives(scope, name, at)
        return Explained(locals.law, scope.collected(locals))

    def output_matrix(self, scope: LayerScope, at: Index) -> MatrixProduct:
        """Return output[at] as a row times a column, if the layer `multiplies`."""
        raise self._unexplained("its output as a product of matrices")

    def input_matrix(self, scope: LayerScope, at: Index) -> MatrixProduct:
        """Return ∂ℓ/∂input[at] as a row times a column, if the layer `multiplies`."""
        raise self._unexplained("its input gradient as a product of matrices")

    def parameter_matrix(self, scope: LayerScope, name: str, at: Index) -> MatrixProduct:
        """Return ∂ℓ/∂parameter[at] as a row times a column, if the layer `multiplies`."""
        raise self._unexplained(f"the gradient of {name} as a product of matrices")

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        """Return the forward pass as equations of matrices, in the order of computation."""
        return plain_equations.forward(scope)

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        """Return the backward pass as equations of matrices: gradients of the parameters, then those of the inputs."""
        return plain_equations.backward(scope)

    def curve(self, points: Sequence[float]) -> list[float] | None:
        """Return f at these numbers for an elementwise layer h = f(z); else None."""
        return None

    def _unexplained(self, what: str) -> NotImplementedError:
        return NotImplementedError(
            f"{self.layer.type} '{self.layer.name}' has no formula for {what}; give its class an explanation in "
            "tinyml.explain.layers."
        )
