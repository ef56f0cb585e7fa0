"""The explanations of all optimizers, by their classes."""

from typing import Any, Final

from tinyml.explain.optims.adam import AdamExplanation, AdamWExplanation
from tinyml.explain.optims.base import OptimizerExplanation
from tinyml.explain.optims.rmsprop import RMSPropExplanation
from tinyml.explain.optims.scope import UpdateScope
from tinyml.explain.optims.sgd import SGDExplanation
from tinyml.optims import AdamOptimizer, AdamWOptimizer, Optimizer, RMSPropOptimizer, SGDOptimizer

EXPLANATIONS: Final[dict[type[Optimizer], type[OptimizerExplanation[Any]]]] = {
    SGDOptimizer: SGDExplanation,
    RMSPropOptimizer: RMSPropExplanation,
    AdamOptimizer: AdamExplanation,
    AdamWOptimizer: AdamWExplanation,
}


def optimizer_explanation(optimizer: Optimizer) -> OptimizerExplanation[Any]:
    """The explanation of an optimizer: that of its class, or of the nearest base class that has one."""
    for kind in type(optimizer).__mro__:
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](optimizer)
    raise NotImplementedError(
        f"{type(optimizer).__name__} has no explanation; write an OptimizerExplanation and add it to "
        f"tinyml.explain.optims.EXPLANATIONS."
    )


__all__ = ["EXPLANATIONS", "OptimizerExplanation", "UpdateScope", "optimizer_explanation"]
