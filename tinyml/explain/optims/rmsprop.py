"""RMSProp: the formulas and equations of its update."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.explain.optims.base import OptimizerExplanation, running, running_matrix
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Law, Number, call, difference, power, product, quotient, total
from tinyml.optims import RMSPropOptimizer


class RMSPropExplanation(OptimizerExplanation[RMSPropOptimizer]):
    """Formulas and equations of RMSProp's update."""

    explains = (RMSPropOptimizer,)

    def explain(self, scope: UpdateScope) -> Explained:
        root = call("sqrt", scope.after("square"))
        step = quotient(product(scope.rate, self.decayed(scope)), total([root, Number(self.optimizer.epsilon, "ε")]))
        return Explained(Law("law.rmsprop", formula="w_new = w − ηg / (√s_new + ε)"), difference(scope.value, step))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        step = eq.times(scope.rate, self.decayed_matrix(scope))
        usual = eq.add(eq.root(scope.after("square")), eq.Scalar("ε", self.optimizer.epsilon))
        return eq.subtract(scope.value, eq.quotient(step, usual))

    def state_equation(self, scope: eq.UpdateTensors, name: str) -> tuple[eq.Title, eq.Node] | None:
        if name != "square":
            return None
        square = eq.power(self.decayed_matrix(scope), eq.Scalar("2", 2.0))
        return "gradient_square", running_matrix(scope, name, eq.Scalar("α", self.optimizer.decay), square)

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        if name != "square":
            return super().explain_state(scope, name)
        square = power(self.decayed(scope), Number(2.0))
        return Explained(
            Law.equation("s_new = αs + (1 − α)g²"), running(scope, name, Number(self.optimizer.decay, "α"), square)
        )
