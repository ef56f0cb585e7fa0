"""Adam and AdamW: the formulas and equations of their updates."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.explain.optims.base import OptimizerExplanation, counted, running, running_matrix
from tinyml.explain.optims.scope import UpdateScope
from tinyml.expression import Explained, Expression, Law, Number, call, difference, power, product, quotient, total
from tinyml.optims import AdamOptimizer, AdamWOptimizer


class AdamExplanation(OptimizerExplanation[AdamOptimizer]):
    """Formulas and equations of Adam's update."""

    explains = (AdamOptimizer,)
    key, decoupled = "law.adam", ""

    def explain(self, scope: UpdateScope) -> Explained:
        mean: Expression = scope.after("mean")
        square: Expression = scope.after("square")
        step = "η · m_new / (√s_new + ε)"
        if self.optimizer.bias_correction:
            step, count = "η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)", scope.after("count")
            of_mean, of_square = self._shares()
            mean = quotient(mean, difference(Number(1.0), power(of_mean, count)))
            square = quotient(square, difference(Number(1.0), power(of_square, count)))
        scale = total([call("sqrt", square), Number(self.optimizer.epsilon, "ε")])
        change = quotient(product(scope.rate, mean), scale)
        decoupled = self.decoupled if self.optimizer.decay_biases or not scope.is_bias else ""
        law = Law(self.key, formula=f"w_new = w − {decoupled}{step}")
        return Explained(law, difference(self.explained_start(scope), change))

    def equation(self, scope: eq.UpdateTensors) -> eq.Node:
        one, epsilon = eq.Scalar("1", 1.0), eq.Scalar("ε", self.optimizer.epsilon)
        if not self.optimizer.bias_correction:
            usual = eq.add(eq.root(scope.after("square")), epsilon)
            step = eq.times(scope.rate, scope.after("mean"))
            return eq.subtract(self.equation_start(scope), eq.quotient(step, usual))
        of_mean, of_square = (
            eq.subtract(one, eq.power(eq.Scalar(symbol, share), scope.count))
            for symbol, share in zip(("β_1", "β_2"), self.optimizer.betas, strict=True)
        )
        step = eq.times(eq.quotient(scope.rate, of_mean), scope.after("mean"))
        usual = eq.add(eq.root(eq.quotient(scope.after("square"), of_square)), epsilon)
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
        gradient = self.explained_gradient(scope)
        match name:
            case "mean":
                return Explained(Law.equation("m_new = β₁m + (1 − β₁)g"), running(scope, name, of_mean, gradient))
            case "square":
                square = power(gradient, Number(2.0))
                return Explained(Law.equation("s_new = β₂s + (1 − β₂)g²"), running(scope, name, of_square, square))
            case "count":
                return counted(scope)
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
    key, decoupled = "law.adamw", "ηλw − "

    def explained_gradient(self, scope: UpdateScope) -> Expression:
        return scope.gradient

    def explained_start(self, scope: UpdateScope) -> Expression:
        decay = self.optimizer.decay_of(scope.is_bias)
        return difference(scope.value, product(scope.rate, Number(decay, "λ"), scope.value)) if decay else scope.value

    def equation_gradient(self, scope: eq.UpdateTensors) -> eq.Node:
        return scope.gradient

    def equation_start(self, scope: eq.UpdateTensors) -> eq.Node:
        decay = self.optimizer.decay_of(scope.is_bias)
        return (
            eq.subtract(scope.value, eq.times(scope.rate, eq.Scalar("λ", decay), scope.value)) if decay else scope.value
        )
