"""The base class of the explanations of optimizers: formulas of an update, and its equation of whole matrices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, TypeVar

from tinyml import equations as eq
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Expression, Law, Number, difference, product, total
from tinyml.optims import Optimizer

AnyOptimizer = TypeVar("AnyOptimizer", bound=Optimizer)


class OptimizerExplanation(ABC, Generic[AnyOptimizer]):
    """How the updates of one optimizer are explained. The formulas give the numbers that `optimizer` computes."""

    # The classes of the optimizers that it explains, including derived classes.
    explains: ClassVar[tuple[type[Optimizer], ...]] = ()

    def __init__(self, optimizer: AnyOptimizer) -> None:
        self.optimizer = optimizer

    @abstractmethod
    def explain(self, scope: UpdateScope) -> Explained:
        """Return the formula of one entry of a parameter after the update."""

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        """Return the formula of one entry of the state `name` after the update. State that the update does not use is
        unchanged.
        """
        before = scope.before(name)
        if before is None:
            raise NotImplementedError(f"{type(self).__name__} has no formula for {name}; write its `explain_state`.")
        return Explained(Law("law.unchanged"), before)

    @abstractmethod
    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        """Return the right side of a parameter's next value as an equation of whole matrices."""

    def state_equation(self, scope: eq.UpdateTensors, name: str) -> tuple[eq.Title, eq.Node] | None:
        """Return the state of a name after the update, as an equation of whole matrices with its title; None for state
        that is not a matrix, such as a count.
        """
        return None

    def decayed(self, scope: UpdateScope) -> Expression:
        """Return g = ∂ℓ/∂w + λw, the gradient with weight decay if there is any."""
        decay = self.optimizer.decay_of(scope.is_bias)
        return total([scope.gradient, product(Number(decay, "λ"), scope.value)]) if decay else scope.gradient

    def decayed_matrix(self, scope: eq.UpdateTensors) -> eq.Node:
        """Return the same for the whole parameter."""
        decay = self.optimizer.decay_of(scope.is_bias)
        return eq.add(scope.gradient, eq.times(eq.Scalar("λ", decay), scope.value)) if decay else scope.gradient


def counted(scope: UpdateScope) -> Explained:
    """Return the formula of the number of updates, including this one."""
    before, one = scope.before("count"), Number(1.0)
    return Explained(Law.equation("t_new = t + 1"), one if before is None else total([before, one]))


def running_matrix(scope: eq.UpdateTensors, name: str, share: eq.Scalar, newest: eq.Node) -> eq.Node:
    """Return the running mean of `running` for the whole parameter."""
    before, added = scope.before(name), eq.times(eq.subtract(eq.Scalar("1", 1.0), share), newest)
    return added if before is None else eq.add(eq.times(share, before), added)


def running(scope: UpdateScope, name: str, share: Number, newest: Expression) -> Expression:
    """Return a running mean after the update: share · before + (1 − share) · newest, with before = 0 at first."""
    before, added = scope.before(name), product(difference(Number(1.0), share), newest)
    return added if before is None else total([product(share, before), added])
