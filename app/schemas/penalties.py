"""The penalty of large parameters in documents."""

from app.schemas.base import NotNegative, Strict
from tinyml.optims import Penalty


class PenaltySchema(Strict):
    """What training minimizes besides the loss: Ω = λ₁ Σ |w| + ½ λ₂ Σ w² over all weights of the network, where λ₁ is
    `l1` and λ₂ is `l2`; with `biases` over the biases too, which are b of a layer and β of a normalization.
    """

    l1: NotNegative = 0.0
    l2: NotNegative = 0.0
    biases: bool = False

    def build(self) -> Penalty | None:
        """Return the penalty; None if it is always 0."""
        return Penalty(self.l1, self.l2, self.biases) if self.l1 or self.l2 else None
