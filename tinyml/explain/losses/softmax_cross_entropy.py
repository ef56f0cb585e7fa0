"""Softmax cross entropy: its formulas and equations, with p = softmax(ŷ) if they give the number of the fused step."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Backend, Index
from tinyml.explain.losses.base import ProbabilityLossExplanation
from tinyml.explain.losses.compared import Compared
from tinyml.explain.losses.rounding import faithful, from_scores, is_from_scores
from tinyml.explain.losses.scope import LossScope
from tinyml.explain.losses.scores import Scores
from tinyml.expression import (
    PARTIAL,
    Explained,
    Expression,
    Law,
    Leaf,
    Marked,
    Number,
    call,
    derivative,
    difference,
    negate,
    product,
    quotient,
)
from tinyml.losses.softmax_cross_entropy import SoftmaxCrossEntropy

# How far from 1 the sum of a sample's probabilities may be.
SHARES = 1e-9
_SHARE = "p = e^(ŷ − m) / Σₖ e^(ŷₖ − m)"


class SoftmaxCrossEntropyExplanation(ProbabilityLossExplanation[SoftmaxCrossEntropy]):
    """Formulas and equations of softmax cross entropy."""

    explains = (SoftmaxCrossEntropy,)

    def explain_value(self, scope: LossScope) -> Explained:
        p, compared = scope.probabilities, self._compared(scope)
        t = compared.values
        if scope.folding.general:
            return Explained(self._stable_law(compared), self._stable(scope))
        # If the target is 0, the term is 0 and omitted: log 0 would make it NaN.
        surprises = Backend.where(t == 0, 0.0, t * Backend.log(Backend.where(t == 0, 1.0, p)))
        if not faithful(-float(surprises.sum()) / compared.divisor_value, scope.trace.loss.value):
            return Explained(from_scores(self._stable_law(compared)), self._stable(scope))

        def of_sample(n: int) -> Expression:
            classes = Backend.flatnonzero(t[n]).tolist()
            return scope.sum(
                len(classes),
                lambda i: product(compared.target(n, classes[i]), call("log", scope.probability(n, classes[i]))),
                lambda start: surprises[n][classes[start:]].sum(),
            )

        whole = scope.sum(len(t), of_sample, lambda start: surprises[start:].sum())
        law = Law(
            "law.cross_entropy",
            formula=f"ℓ = −Σ {compared.letter} log p / {compared.count}",
            count="N",
            definition=compared.definition("p = softmax(ŷ)"),
            condition=f"{compared.letter} = 0",
        )
        return Explained(law, negate(quotient(whole, compared.divisor())), gathered=whole)

    def explain_stably(self, scope: LossScope) -> Explained | None:
        if is_from_scores(self.explain_value(scope).law):
            return None
        return Explained(self._stable_law(self._compared(scope)), self._stable(scope))

    def _compared(self, scope: LossScope) -> Compared:
        return Compared(self.loss, scope)

    def _stable_law(self, compared: Compared) -> Law:
        law = Law(
            "law.cross_entropy.scores",
            formula=f"ℓ = Σ {compared.letter} (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / {compared.count}",
            largest="m",
            score="ŷ",
            surprise="−log p",
        )
        return law if self.loss.plain else Law("law.with", formula=law, definition=compared.definition())

    def _stable(self, scope: LossScope) -> Expression:
        compared = self._compared(scope)

        def rest(start: int) -> float:
            z, t = scope.trace.output[start:], compared.values[start:]
            shifted = z - z.max(axis=1, keepdims=True)
            log_sums = Backend.log(Backend.exp(shifted).sum(axis=1, keepdims=True))
            return float((t * (log_sums - shifted)).sum())

        surprises = scope.sum(len(compared.values), lambda n: Scores(scope, compared, n).surprise(), rest)
        return quotient(surprises, compared.divisor())

    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        scores = Scores(scope, self._compared(scope), at[0])
        if scope.folding.general or not faithful(scores.plain_share(at[1]), float(scope.probabilities[at])):
            return Explained(
                Law("law.share.beyond", formula=_SHARE, largest="m", score="ŷ", power="e^ŷ"), scores.share(at[1])
            )
        return Explained(Law.equation("p = softmax(ŷ) = e^ŷ / Σₖ e^ŷₖ"), scores.plain(at[1]))

    def explain_probability_stably(self, scope: LossScope, at: Index) -> Explained | None:
        scores = Scores(scope, self._compared(scope), at[0])
        if not faithful(scores.plain_share(at[1]), float(scope.probabilities[at])):
            return None
        law = Law("law.share", formula=_SHARE, largest="m", score="ŷ")
        return Explained(law, scores.share(at[1]))

    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        compared = self._compared(scope)
        letter, count = compared.letter, compared.count
        if compared.values[at] == 0:
            return Explained(Law("law.no_part", condition=f"{letter} = 0", probability="p", loss="ℓ"), Number(0.0))
        surprise = quotient(compared.target(*at), product(compared.divisor(), scope.probability(*at)))
        law = Law.equation(f"∂ℓ/∂p = −{letter} / ({count} p)")
        if not self.loss.plain:
            law = Law("law.with", formula=law, definition=compared.definition())
        return Explained(law, negate(surprise))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        compared = self._compared(scope)
        n, p, t = at[0], scope.probability(*at), compared.target(*at)
        letter, count, definition = compared.letter, compared.count, compared.definition("p = softmax(ŷ)")
        # Probabilities may sum to 1 only up to rounding; in general targets need not.
        rounding = scope.outputs * Backend.finfo(float).eps
        if not scope.folding.general and abs(compared.values[n].sum() - 1) <= rounding:
            return Explained(
                Law("law.with", formula=f"∂ℓ/∂ŷ = (p − {letter}) / {count}", definition=definition),
                quotient(difference(p, t), compared.divisor()),
            )
        error = difference(product(p, Scores(scope, compared, n).weight()), t)
        return Explained(
            Law("law.with", formula=f"∂ℓ/∂ŷ = (p Σₖ {letter}ₖ − {letter}) / {count}", definition=definition),
            quotient(error, compared.divisor()),
        )

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the probabilities p = softmax(ŷ): Σₖ ∂ℓ/∂pₖ · ∂pₖ/∂ŷᵢ."""
        (n, i), p = at, scope.probabilities[at[0]]
        if not (p >= Backend.finfo(float).tiny).all():  # 1/pₖ lacks the precision of the fused step
            return super().explain_parts(scope, at)
        below = scope.predicted(*at).symbol

        def through(k: int) -> Expression:
            above, slope = scope.probability(n, k), difference(Number(1.0 if k == i else 0.0), scope.probability(*at))
            return product(
                Marked("upstream", PARTIAL + above.symbol, scope.probability_gradient(n, k)),
                Marked("local", derivative(above.symbol, below), product(above, slope)),
            )

        compared = self._compared(scope)

        def rest(start: int) -> float:
            same = Backend.arange(start, scope.outputs) == i
            return float((compared.values[n, start:] * (p[i] - same)).sum() / compared.divisor_value)

        law = Law("law.from_parts", formula="∂ℓ/∂ŷᵢ = Σₖ ∂ℓ/∂pₖ ∂pₖ/∂ŷᵢ", definition="p = softmax(ŷ)")
        return Explained(law, scope.sum(scope.outputs, through, rest))

    def probability_equation(self, scope: eq.LossTensors) -> eq.Node:
        return eq.apply("softmax", scope.predicted, along=scope.labels[1:])

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        compared = self._of_matrices(scope)
        surprise = eq.times(compared.equation(scope.truth), eq.apply("log", scope.probabilities))
        share = eq.quotient(eq.Scalar("1", 1.0), compared.equation_divisor(scope.samples))
        return eq.negate(eq.times(share, eq.total(surprise, scope.labels)))

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        compared, p = self._of_matrices(scope), scope.probabilities
        t = compared.equation(scope.truth)
        # The gradient is only the difference if the targets sum to 1.
        shares = compared.values.sum(axis=1)
        expected = p if (Backend.abs(shares - 1) < SHARES).all() else eq.times(p, eq.total(t, scope.labels[1:]))
        share = eq.quotient(eq.Scalar("1", 1.0), compared.equation_divisor(scope.samples))
        return eq.times(share, eq.subtract(expected, t))

    def _of_matrices(self, scope: eq.LossTensors) -> Compared:
        return Compared(self.loss, scope)

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        compared, computed = self._compared(scope), float(scope.truth_gradient[at])
        log = call("log", scope.probability(*at))
        plainly = self._slope(scope, compared, at, negate(log))
        if not scope.folding.general and faithful(plainly.value, computed):
            formula, definition = f"∂ℓ/∂y = {self._slope_text()}", compared.definition("p = softmax(ŷ)")
            return Explained(Law("law.with", formula=formula, definition=definition), plainly)
        scores = Scores(scope, compared, at[0])
        surprise = difference(scores.log_total(), scores.shifted(at[1]))
        return Explained(
            from_scores(Law.equation("−log p = log Σₖ e^(ŷₖ − m) − (ŷ − m)")),
            self._slope(scope, compared, at, surprise),
        )

    def _slope(self, scope: LossScope, compared: Compared, at: Index, surprise: Expression) -> Expression:
        """∂ℓ/∂y from −log p. With weights the divisor depends on y too."""
        kept = product(compared.kept(), surprise) if self.loss.label_smoothing else surprise
        if self.loss.weight is None:
            return quotient(kept, compared.divisor())
        loss = Leaf("loss", "ℓ", float(scope.trace.loss.value))
        return quotient(product(compared.weight(at[1]), difference(kept, loss)), compared.divisor())

    def _slope_text(self) -> str:
        kept = "−(1 − ε) log p" if self.loss.label_smoothing else "−log p"
        return f"{kept} / N" if self.loss.weight is None else f"c ({kept} − ℓ) / C"
