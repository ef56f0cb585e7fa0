"""The explanations of all optimizers, by their classes. A new class in one of the modules, which names the optimizer in
`explains`, needs no entry here.
"""

from typing import Any, Final

from tinyml.explain.optims.base import OptimizerExplanation
from tinyml.explain.optims.scope import UpdateScope
from tinyml.explain.registry import explanations
from tinyml.optims import Optimizer

EXPLANATIONS: Final[dict[type[Optimizer], type[OptimizerExplanation[Any]]]] = explanations(
    __name__, OptimizerExplanation
)


def optimizer_explanation(optimizer: Optimizer) -> OptimizerExplanation[Any]:
    """The explanation of an optimizer: that of its class, or of the nearest base class that has one."""
    for kind in type(optimizer).__mro__:
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](optimizer)
    raise NotImplementedError(
        f"{type(optimizer).__name__} has no explanation; write an OptimizerExplanation in "
        f"tinyml.explain.optims that names it in `explains`."
    )


__all__ = ["EXPLANATIONS", "OptimizerExplanation", "UpdateScope", "optimizer_explanation"]
