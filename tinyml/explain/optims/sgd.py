"""Gradient descent: the formulas and equations of its update."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.explain.optims.base import OptimizerExplanation
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Law, Number, difference, negate, product, total
from tinyml.optims import SGDOptimizer


class SGDExplanation(OptimizerExplanation[SGDOptimizer]):
    """Formulas and equations of an update, with or without momentum."""

    explains = (SGDOptimizer,)

    def explain(self, scope: UpdateScope) -> Explained:
        if not self.optimizer.momentum:
            slope = "∂ℓ/∂w" if self.optimizer.penalty is None else "∂J/∂w"
            formula = (
                f"w_new = w − η ({slope} + λw)" if self.optimizer.decay_of(scope.is_bias) else f"w_new = w − η {slope}"
            )
            law = Law("law.sgd", formula=formula)
            step = self.decayed(scope)
        elif self.optimizer.adds:
            return self._with_change(scope)
        elif self.optimizer.nesterov:
            law = Law("law.sgd.nesterov", formula="w_new = w − η (g + μ v_new)")
            step = total([self.decayed(scope), product(self._friction(), scope.after("velocity"))])
        else:
            law, step = Law("law.sgd.momentum", formula="w_new = w − η v_new"), scope.after("velocity")
        return Explained(law, difference(scope.value, product(scope.rate, step)))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        step = self.decayed_matrix(scope)
        if self.optimizer.momentum and self.optimizer.adds:
            change = scope.after("change")
            if not self.optimizer.nesterov:
                return eq.add(scope.value, change)
            ahead = eq.times(eq.Scalar("μ", self.optimizer.momentum), change)
            return eq.subtract(eq.add(scope.value, ahead), eq.times(scope.rate, step))
        if self.optimizer.momentum:
            velocity = scope.after("velocity")
            ahead = eq.times(eq.Scalar("μ", self.optimizer.momentum), velocity)
            step = eq.add(step, ahead) if self.optimizer.nesterov else velocity
        return eq.subtract(scope.value, eq.times(scope.rate, step))

    def explain_state(self, scope: UpdateScope, name: str) -> Explained:
        if name != self.optimizer.along:
            return super().explain_state(scope, name)
        gradient, before = self.decayed(scope), scope.before(name)
        if self.optimizer.adds:
            step = product(scope.rate, gradient)
            if before is None:
                return Explained(Law.equation("Δ_new = −ηg"), negate(step))
            return Explained(Law.equation("Δ_new = μΔ − ηg"), difference(product(self._friction(), before), step))
        if before is None:
            return Explained(Law("law.sgd.first"), gradient)
        return Explained(Law.equation("v_new = μv + g"), total([product(self._friction(), before), gradient]))

    def state_equation(self, scope: eq.UpdateTensors, name: str) -> tuple[eq.Title, eq.Node] | None:
        if name != self.optimizer.along:
            return None
        gradient, before = self.decayed_matrix(scope), scope.before(name)
        if self.optimizer.adds:
            step = eq.times(scope.rate, gradient)
            if before is None:
                return "change", eq.negate(step)
            return "change", eq.subtract(eq.times(eq.Scalar("μ", self.optimizer.momentum or 0.0), before), step)
        if before is None:
            return "velocity", gradient
        return "velocity", eq.add(eq.times(eq.Scalar("μ", self.optimizer.momentum or 0.0), before), gradient)

    def _with_change(self, scope: UpdateScope) -> Explained:
        change = scope.after("change")
        if not self.optimizer.nesterov:
            return Explained(Law("law.sgd.momentum", formula="w_new = w + Δ_new"), total([scope.value, change]))
        ahead = total([scope.value, product(self._friction(), change)])
        law = Law("law.sgd.nesterov", formula="w_new = w + μ Δ_new − ηg")
        return Explained(law, difference(ahead, product(scope.rate, self.decayed(scope))))

    def _friction(self) -> Number:
        return Number(self.optimizer.momentum or 0.0, "μ")
