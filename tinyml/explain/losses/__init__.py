"""The explanations of all losses, by their classes. A new class in one of the modules, which names the loss in
`explains`, needs no entry here.
"""

from typing import Any, Final

from tinyml.explain.losses.base import LossExplanation, ProbabilityLossExplanation
from tinyml.explain.losses.scope import LossScope
from tinyml.explain.registry import explanations
from tinyml.losses import Loss

EXPLANATIONS: Final[dict[type[Loss], type[LossExplanation[Any]]]] = explanations(__name__, LossExplanation)


def loss_explanation(loss: Loss) -> LossExplanation[Any]:
    """The explanation of a loss: that of its class, or of the nearest base class that has one."""
    for kind in type(loss).__mro__:
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](loss)
    raise NotImplementedError(
        f"{type(loss).__name__} has no explanation; write a LossExplanation in tinyml.explain.losses "
        f"that names it in `explains`."
    )


__all__ = ["EXPLANATIONS", "LossExplanation", "LossScope", "ProbabilityLossExplanation", "loss_explanation"]
