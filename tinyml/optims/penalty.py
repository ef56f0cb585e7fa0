"""Penalties of large parameters, which training minimizes together with the loss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tinyml.core import Array, Backend, Parameter, overflow_allowed


class Objective(NamedTuple):
    """What a training step minimizes: `value` is J = ℓ + Ω, `penalty` is Ω."""

    value: float
    penalty: float


@dataclass(frozen=True, slots=True)
class Penalty:
    """The penalty Ω of a network's parameters, with λ₁ = `l1` ≥ 0 and λ₂ = `l2` ≥ 0.

    Value:     Ω = λ₁ Σ |w| + ½ λ₂ Σ w², over all weights; with `biases` over the biases too. Training then minimizes
               the objective J = ℓ + Ω. A loss that is averaged over the samples does not divide Ω.
    Gradient:  ∂J/∂w = ∂ℓ/∂w + λ₁ sign(w) + λ₂ w. At w = 0 any number from −λ₁ to λ₁ is a subgradient of λ₁ |w|; 0 is
               taken, as in PyTorch.
    Source:    Goodfellow, Bengio and Courville (2016), Deep learning, 7.1; with the factor ½ the gradient of the second
               sum is that of weight decay with λ = λ₂.

    A bias is a parameter that a layer adds, b of a Linear or a convolution and β of a normalization. All others
    multiply, and count as weights. Frozen parameters are part of the value, but no update changes them.
    """

    l1: float = 0.0
    l2: float = 0.0
    biases: bool = False

    def covers(self, parameter: Parameter) -> bool:
        """Return whether a parameter is part of the penalty."""
        return self.biases or not parameter.is_bias

    def of(self, tensor: Array) -> Array:
        """Return the penalty of each entry of a covered parameter, which may be complex if `l1` is 0."""
        halved: Array = self.l2 / 2 * tensor * tensor
        return halved + self.l1 * Backend.abs(tensor) if self.l1 else halved

    def slope(self, tensor: Array) -> Array:
        """Return the derivative of the penalty by each entry of a covered parameter."""
        slope: Array = self.l2 * tensor
        return slope + self.l1 * Backend.sign(tensor) if self.l1 else slope

    def value(self, parameters: Iterable[Parameter]) -> float:
        """Return Ω of all parameters of a network."""
        with overflow_allowed():
            # Raveled, so that the order of the sum does not depend on the order in memory.
            return sum((float(self.of(one.tensor.real).ravel().sum()) for one in parameters if self.covers(one)), 0.0)

    def added(self, parameter: Parameter, gradient: Array, tensor: Array | None = None) -> Array:
        """Return ∂J/∂w of a parameter from ∂ℓ/∂w, with its own values or these; for a parameter that is not covered the
        gradient itself.
        """
        if not self.covers(parameter):
            return gradient
        with overflow_allowed():
            return gradient + self.slope(parameter.tensor if tensor is None else tensor)
