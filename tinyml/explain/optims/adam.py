"""Adam and AdamW: the formulas and equations of their updates."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.explain.optims.base import OptimizerExplanation, running, running_matrix
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Expression, Law, Number, call, difference, power, product, quotient, total
from tinyml.optims import AdamOptimizer, AdamWOptimizer


class AdamExplanation(OptimizerExplanation[AdamOptimizer]):
    """Formulas and equations of Adam's update."""

    explains = (AdamOptimizer,)
    law = Law("law.adam", formula="w_new = w − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)")

    def explain(self, scope: UpdateScope) -> Explained:
        count, epsilon = scope.after("count"), Number(self.optimizer.epsilon, "ε")
        of_mean, of_square = self._shares()
        mean = quotient(scope.after("mean"), difference(Number(1.0), power(of_mean, count)))
        square = quotient(scope.after("square"), difference(Number(1.0), power(of_square, count)))
        step = quotient(product(scope.rate, mean), total([call("sqrt", square), epsilon]))
        return Explained(self.law, difference(self.explained_start(scope), step))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        one = eq.Scalar("1", 1.0)
        of_mean, of_square = (
            eq.subtract(one, eq.power(eq.Scalar(symbol, share), scope.count))
            for symbol, share in zip(("β_1", "β_2"), self.optimizer.betas, strict=True)
        )
        step = eq.times(eq.quotient(scope.rate, of_mean), scope.after("mean"))
        usual = eq.add(eq.root(eq.quotient(scope.after("square"), of_square)), eq.Scalar("ε", self.optimizer.epsilon))
        return eq.subtract(self.equation_start(scope), eq.quotient(step, usual))

    def equation_start(self, scope: eq.UpdateTensors) -> eq.Node:
        """Return the value from which the step starts, according to `decay`."""
        return scope.value

    def equation_gradient(self, scope: eq.UpdateTensors) -> eq.Node:
        """Return the gradient with weight decay, according to `decay`."""
        return self.decayed_matrix(scope)

    def state_equation(self, scope: eq.UpdateTensors, name: str) -> tuple[eq.Title, eq.Node] | None:
        of_mean, of_square = self.optimizer.betas
        gradient = self.equation_gradient(scope)
        match name:
            case "mean":
                return "gradient_mean", running_matrix(scope, name, eq.Scalar("β_1", of_mean), gradient)
            case "square":
                square = eq.power(gradient, eq.Scalar("2", 2.0))
                return "gradient_square", running_matrix(scope, name, eq.Scalar("β_2", of_square), square)
        return None

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        of_mean, of_square = self._shares()
        before, gradient = scope.before(name), self.explained_gradient(scope)
        match name:
            case "mean":
                return Explained(Law.equation("m_new = β₁m + (1 − β₁)g"), running(scope, name, of_mean, gradient))
            case "square":
                square = power(gradient, Number(2.0))
                return Explained(Law.equation("s_new = β₂s + (1 − β₂)g²"), running(scope, name, of_square, square))
            case "count":
                one = Number(1.0)
                return Explained(Law.equation("t_new = t + 1"), one if before is None else total([before, one]))
        return super().explain_state(scope, name)

    def explained_gradient(self, scope: UpdateScope) -> Expression:
        """Return the gradient with weight decay, according to `decay`."""
        return self.decayed(scope)

    def explained_start(self, scope: UpdateScope) -> Expression:
        """Return the value from which the step starts, according to `decay`."""
        return scope.value

    def _shares(self) -> tuple[Number, Number]:
        of_mean, of_square = self.optimizer.betas
        return Number(of_mean, "β_1"), Number(of_square, "β_2")


class AdamWExplanation(AdamExplanation):
    """The same with decoupled weight decay."""

    explains = (AdamWOptimizer,)
    law = Law("law.adamw", formula="w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)")

    def explained_gradient(self, scope: UpdateScope) -> Expression:
        return scope.gradient

    def explained_start(self, scope: UpdateScope) -> Expression:
        shrunk = product(scope.rate, Number(self.optimizer.weight_decay, "λ"), scope.value)
        return difference(scope.value, shrunk) if self.optimizer.weight_decay else scope.value

    def equation_gradient(self, scope: eq.UpdateTensors) -> eq.Node:
        return scope.gradient

    def equation_start(self, scope: eq.UpdateTensors) -> eq.Node:
        shrunk = eq.times(scope.rate, eq.Scalar("λ", self.optimizer.weight_decay), scope.value)
        return eq.subtract(scope.value, shrunk) if self.optimizer.weight_decay else scope.value
