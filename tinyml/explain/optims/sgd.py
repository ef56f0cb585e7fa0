"""Gradient descent: the formulas and equations of its update."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.explain.optims.base import OptimizerExplanation
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Law, Number, difference, product, total
from tinyml.optims import SGDOptimizer


class SGDExplanation(OptimizerExplanation[SGDOptimizer]):
    """Formulas and equations of an update, with or without momentum."""

    explains = (SGDOptimizer,)

    def explain(self, scope: UpdateScope) -> Explained:
        if not self.optimizer.momentum:
            formula = "w_new = w − η (∂ℓ/∂w + λw)" if self.optimizer.weight_decay else "w_new = w − η ∂ℓ/∂w"
            law = Law("law.sgd", formula=formula)
            step = self.decayed(scope)
        elif self.optimizer.nesterov:
            law = Law("law.sgd.nesterov", formula="w_new = w − η (g + μ v_new)")
            step = total([self.decayed(scope), product(self._friction(), scope.after("velocity"))])
        else:
            law, step = Law("law.sgd.momentum", formula="w_new = w − η v_new"), scope.after("velocity")
        return Explained(law, difference(scope.value, product(scope.rate, step)))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        step = self.decayed_matrix(scope)
        if self.optimizer.momentum:
            velocity = scope.after("velocity")
            ahead = eq.times(eq.Scalar("μ", self.optimizer.momentum), velocity)
            step = eq.add(step, ahead) if self.optimizer.nesterov else velocity
        return eq.subtract(scope.value, eq.times(scope.rate, step))

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        if not self.optimizer.momentum or name != "velocity":
            return super().explain_state(scope, name)
        gradient, before = self.decayed(scope), scope.before(name)
        if before is None:
            return Explained(Law("law.sgd.first"), gradient)
        return Explained(Law.equation("v_new = μv + g"), total([product(self._friction(), before), gradient]))

    def state_equation(self, scope: eq.UpdateTensors, name: str) -> tuple[eq.Title, eq.Node] | None:
        if not self.optimizer.momentum or name != "velocity":
            return None
        gradient, before = self.decayed_matrix(scope), scope.before(name)
        if before is None:
            return "velocity", gradient
        return "velocity", eq.add(eq.times(eq.Scalar("μ", self.optimizer.momentum), before), gradient)

    def _friction(self) -> Number:
        return Number(self.optimizer.momentum or 0.0, "μ")
