"""The laws of the two cross entropies, with weights of classes or outputs and with smoothed labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, fsum, log, log1p, nan
from typing import ClassVar

from tinyml.verify.ending import Ending, LossLaw
from tinyml.verify.laws.elementwise import sigmoid
from tinyml.verify.laws.softmax import softmax
from tinyml.verify.lines import MINUS, Line, Number, Shape, Term, named, places
from tinyml.verify.settings import SHARE, TEXT, WEIGHTS, Settings, or_null


def of_samples(at: Ending) -> Number:
    """Return 1/N."""
    return Number("1/N", 1 / at.batch)


class BinaryCrossEntropy(LossLaw):
    """ℓ = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N, which is −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N."""

    settings: ClassVar[Settings] = {"type": TEXT, "pos_weight": or_null(WEIGHTS)}
    value = "ℓ = −Σ (y log σ(ŷ) + (1 − y) log(1 − σ(ŷ))) / N = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N"
    slope = "∂ℓ/∂ŷ = (σ(ŷ) − y) / N"
    weighted_value = "ℓ = −Σ (c y log σ(ŷ) + (1 − y) log(1 − σ(ŷ))) / N, with c the weight of the output"
    weighted_slope = "∂ℓ/∂ŷ = (σ(ŷ) (1 − y + c y) − c y) / N, with c the weight of the output"

    def check(self, at: Ending) -> None:
        at.check_weights("pos_weight")

    def lines(self, at: Ending) -> Iterator[Line]:
        weighted = at.weights("pos_weight") is not None
        for line in super().lines(at):
            law = self.weighted_value if line.ref == "loss" else self.weighted_slope
            yield line._replace(law=law) if weighted else line

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share, z, y = of_samples(at), at.predicted(*place), at.truth(*place)
        score = at.values[z]
        if (weights := at.weights("pos_weight")) is not None:
            tail = log1p(exp(-abs(score)))
            of_yes = Number(f"log(1 + exp(−{z}))", max(-score, 0.0) + tail)
            of_no = Number(f"log(1 + exp({z}))", max(score, 0.0) + tail)
            return [(share, weights[place[-1]], y, of_yes), (share, of_no), (MINUS, share, y, of_no)]
        return [
            (share, Number(f"max({z}, 0)", max(score, 0.0))),
            (MINUS, share, y, z),
            (share, Number(f"log(1 + exp(−|{z}|))", log1p(exp(-abs(score))))),
        ]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share, z, y = of_samples(at), at.predicted(*place), at.truth(*place)
        chance = Number(f"σ({z})", sigmoid(at.values[z]))
        if (weights := at.weights("pos_weight")) is not None:
            c = weights[place[-1]]
            return [(share, chance), (MINUS, share, chance, y), (share, chance, c, y), (MINUS, share, c, y)]
        return [(share, chance), (MINUS, share, y)]


class SoftmaxCrossEntropy(LossLaw):
    """ℓ = −Σ t log softmax(z) / C; ∂ℓ/∂z = (softmax(z) Σₖ tₖ − t) / C. Without settings t is y, and C is N."""

    settings: ClassVar[Settings] = {"type": TEXT, "weight": or_null(WEIGHTS), "label_smoothing": SHARE}
    value = "ℓ = −Σ y log softmax(ŷ) / N over the N samples"
    slope = "∂ℓ/∂ŷ = (softmax(ŷ) Σₖ yₖ − y) / N"

    def check(self, at: Ending) -> None:
        at.check_weights("weight")

    def lines(self, at: Ending) -> Iterator[Line]:
        weights, smoothing, outputs = at.weights("weight"), at.settings.get("label_smoothing", 0.0), at.outputs[-1]
        value, slope = self._laws(weights is not None, bool(smoothing))
        share = of_samples(at)
        if weights is not None:
            count = fsum(weights[place[-1]].value * at.values[at.truth(*place)] for place in places(at.batch, outputs))
            share = Number("1/C", 1 / count if count else nan)
        kept, spread = Number("1 − ε", 1 - smoothing), Number("ε/K", smoothing / outputs)
        surprises, gradients = [], []
        for n in range(at.batch):
            every = at.predicted(n, ":")
            scores = [at.values[at.predicted(n, k)] for k in range(outputs)]
            shares, largest = softmax(scores), max(scores)
            log_sum = log(fsum(exp(score - largest) for score in scores))
            targets: list[list[Term]] = []
            for k in range(outputs):
                weight: Term = () if weights is None else (weights[k],)
                y = at.truth(n, k)
                targets.append([(*weight, kept, y), (*weight, spread)] if smoothing else [(*weight, y)])
            plain = weights is None and not smoothing
            numbers = [fsum(at.product(term) for term in terms) for terms in targets]
            total = Number(f"Σ {at.truth(n, ':')}" if plain else f"Σ t[{n},:]", fsum(numbers))
            for k, score in enumerate(scores):
                surprise = Number(f"−log softmax({every})[{k}]", log_sum - (score - largest), size=1.0)
                surprises += [(share, *term, surprise) for term in targets[k]]
                chance = Number(f"softmax({every})[{k}]", shares[k])
                gradient = named(f"{at.source}.grad", (n, k))
                own = [(MINUS, share, *term) for term in targets[k]]
                gradients.append(Line(gradient, slope, [(share, chance, total), *own]))
        yield Line("loss", value, surprises)
        yield from gradients

    def _laws(self, weighted: bool, smoothed: bool) -> tuple[str, str]:
        """Return the laws of the value and of its gradient."""
        if not weighted and not smoothed:
            return self.value, self.slope
        target = "(1 − ε) y + ε/K" if smoothed else "y"
        target = f"c ({target})" if weighted and smoothed else "c y" if weighted else target
        count = "C" if weighted else "N"
        known = f"t = {target}" + (", C = Σ c y" if weighted else "")
        return (
            f"ℓ = −Σ t log softmax(ŷ) / {count}, with {known}",
            f"∂ℓ/∂ŷ = (softmax(ŷ) Σₖ tₖ − t) / {count}, with {known}",
        )
