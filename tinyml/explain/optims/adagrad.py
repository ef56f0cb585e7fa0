"""Adagrad: the formulas and equations of its update."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.explain.optims.base import OptimizerExplanation, counted
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Expression, Law, Number, call, difference, power, product, quotient, total
from tinyml.optims import AdagradOptimizer


class AdagradExplanation(OptimizerExplanation[AdagradOptimizer]):
    """Formulas and equations of Adagrad's update."""

    explains = (AdagradOptimizer,)

    def explain(self, scope: UpdateScope) -> Explained:
        if self.optimizer.lr_decay:
            formula = "w_new = w − η / (1 + δ(t − 1)) · g / (√s_new + ε)"
        else:
            formula = "w_new = w − ηg / (√s_new + ε)"
        root = call("sqrt", scope.after("sum"))
        step = product(self._rate(scope), self.decayed(scope))
        step = quotient(step, total([root, Number(self.optimizer.epsilon, "ε")]))
        return Explained(Law("law.adagrad", formula=formula), difference(scope.value, step))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        rate: eq.Node = scope.rate
        if self.optimizer.lr_decay:
            one = eq.Scalar("1", 1.0)
            passed = eq.times(eq.Scalar("δ", self.optimizer.lr_decay), eq.subtract(scope.count, one))
            rate = eq.quotient(rate, eq.add(one, passed))
        usual = eq.add(eq.root(scope.after("sum")), eq.Scalar("ε", self.optimizer.epsilon))
        return eq.subtract(scope.value, eq.quotient(eq.times(rate, self.decayed_matrix(scope)), usual))

    def state_equation(self, scope: eq.UpdateTensors, name: str) -> tuple[eq.Title, eq.Node] | None:
        if name != "sum":
            return None
        before, square = scope.before(name), eq.power(self.decayed_matrix(scope), eq.Scalar("2", 2.0))
        if before is not None:
            return "gradient_squares", eq.add(before, square)
        first = self.optimizer.initial_sum
        return "gradient_squares", eq.add(eq.Scalar("s_0", first), square) if first else square

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        if name == "count":
            return counted(scope)
        if name != "sum":
            return super().explain_state(scope, name)
        before: Expression | None = scope.before(name)
        if before is None and self.optimizer.initial_sum:
            before = Number(self.optimizer.initial_sum, "s_0")
        square = power(self.decayed(scope), Number(2.0))
        return Explained(Law.equation("s_new = s + g²"), square if before is None else total([before, square]))

    def _rate(self, scope: UpdateScope) -> Expression:
        """Return η, divided by 1 + δ(t − 1) if the rate decays."""
        if not self.optimizer.lr_decay:
            return scope.rate
        passed = product(Number(self.optimizer.lr_decay, "δ"), difference(scope.after("count"), Number(1.0)))
        return quotient(scope.rate, total([Number(1.0), passed]))
