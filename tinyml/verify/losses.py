"""The laws of the losses: ℓ, and ∂ℓ/∂ŷ for each output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, log1p, prod
from typing import Any, ClassVar, Final

from tinyml.verify.laws.elementwise import sigmoid
from tinyml.verify.laws.softmax import softmax
from tinyml.verify.lines import HALF, MINUS, Line, Number, Shape, Term, named, places
from tinyml.verify.settings import FINITE, LIST, POSITIVE, TEXT, Kind, Settings


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a network: its output, the targets, and the numbers known so far."""

    settings: Mapping[str, Any]
    source: str
    batch: int
    outputs: Shape
    values: Mapping[str, float]

    def predicted(self, *at: int | str) -> str:
        """An output, sample first."""
        return named(self.source, at)

    def truth(self, *at: int | str) -> str:
        """The target of an output."""
        return named("y", at)

    def error(self, *at: int) -> float:
        """ŷ − y."""
        return self.values[self.predicted(*at)] - self.values[self.truth(*at)]


class LossLaw:
    """The law of a loss: ℓ is a sum of terms of each output, and ∂ℓ/∂ŷ of an output is a sum of terms."""

    settings: ClassVar[Settings] = {"type": TEXT}
    targets: ClassVar[Kind] = FINITE
    takes_targets: ClassVar[bool] = True
    value: ClassVar[str]
    slope: ClassVar[str]

    def lines(self, at: Ending) -> Iterator[Line]:
        """Yield the loss, then its gradient."""
        terms = [term for place in places(at.batch, *at.outputs) for term in self.value_terms(at, place)]
        yield Line("loss", self.value, terms)
        for place in places(at.batch, *at.outputs):
            yield Line(named(f"{at.source}.grad", place), self.slope, self.slope_terms(at, place))

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        """Return the terms of an output in ℓ."""
        raise NotImplementedError

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        """Return the terms of ∂ℓ/∂ŷ of an output."""
        raise NotImplementedError


ONE = Number("1", 1.0)


def _square(at: Ending, place: Shape) -> Number:
    error = at.error(*place)
    return Number(f"({at.predicted(*place)} − {at.truth(*place)})²", error * error)


def _absolute(at: Ending, place: Shape) -> Number:
    return Number(f"|{at.predicted(*place)} − {at.truth(*place)}|", abs(at.error(*place)))


def _sign(at: Ending, place: Shape) -> Number:
    error = at.error(*place)
    return Number(f"sign({at.predicted(*place)} − {at.truth(*place)})", float((error > 0) - (error < 0)))


def _of_entries(at: Ending, times: int = 1) -> Number:
    return Number(f"{times}/M", times / (at.batch * prod(at.outputs)))


def _of_samples(at: Ending) -> Number:
    return Number("1/N", 1 / at.batch)


class HalfSquaredError(LossLaw):
    """ℓ = ½ Σ (ŷ − y)²."""

    value, slope = "ℓ = ½ Σ (ŷ − y)²", "∂ℓ/∂ŷ = ŷ − y"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(HALF, _square(at, place))]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(at.predicted(*place),), (MINUS, at.truth(*place))]


class MeanSquaredError(LossLaw):
    """ℓ = Σ (ŷ − y)² / M."""

    value, slope = "ℓ = Σ (ŷ − y)² / M over all M entries", "∂ℓ/∂ŷ = 2 (ŷ − y) / M"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(_of_entries(at), _square(at, place))]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share = _of_entries(at, 2)
        return [(share, at.predicted(*place)), (MINUS, share, at.truth(*place))]


class MeanAbsoluteError(LossLaw):
    """ℓ = Σ |ŷ − y| / M; the derivative at ŷ = y is taken as 0."""

    value, slope = "ℓ = Σ |ŷ − y| / M over all M entries", "∂ℓ/∂ŷ = sign(ŷ − y) / M"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(_of_entries(at), _absolute(at, place))]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(_of_entries(at), _sign(at, place))]


class Huber(LossLaw):
    """ℓ = Σ ρ(ŷ − y) / M, ρ(e) = ½e² where |e| ≤ δ, else δ(|e| − ½δ)."""

    settings: ClassVar[Settings] = {"type": TEXT, "delta": POSITIVE}
    value = "ℓ = Σ ρ(ŷ − y) / M over all M entries, ρ(e) = ½e² where |e| ≤ δ, else δ|e| − ½δ²"
    slope = "∂ℓ/∂ŷ = (ŷ − y) / M where |ŷ − y| ≤ δ, else δ sign(ŷ − y) / M"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share, delta = _of_entries(at), self._delta(at)
        if abs(at.error(*place)) <= delta.value:
            return [(share, HALF, _square(at, place))]
        return [(share, delta, _absolute(at, place)), (MINUS, share, HALF, delta, delta)]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share, delta = _of_entries(at), self._delta(at)
        if abs(at.error(*place)) <= delta.value:
            return [(share, at.predicted(*place)), (MINUS, share, at.truth(*place))]
        return [(share, delta, _sign(at, place))]

    @staticmethod
    def _delta(at: Ending) -> Number:
        return Number("δ", float(at.settings["delta"]))


class Hinge(LossLaw):
    """ℓ = Σ max(0, 1 − yŷ) / M with y = ±1; the derivative at yŷ = 1 is taken as 0."""

    targets = Kind("−1 or 1", lambda value: FINITE.holds(value) and value in (-1, 1))
    value = "ℓ = Σ max(0, 1 − yŷ) / M over all M entries"
    slope = "∂ℓ/∂ŷ = −y / M where yŷ < 1, else 0"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        y, predicted = at.truth(*place), at.predicted(*place)
        agreement = at.values[y] * at.values[predicted]
        shortfall = Number(f"max(0, 1 − {y} {predicted})", max(0.0, 1 - agreement), size=1 + abs(agreement))
        return [(_of_entries(at), shortfall)]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        y, predicted = at.truth(*place), at.predicted(*place)
        if at.values[y] * at.values[predicted] >= 1:
            return [(Number(f"0, for {y} {predicted} ≥ 1", 0.0),)]
        return [(MINUS, _of_entries(at), y)]


class BinaryCrossEntropy(LossLaw):
    """ℓ = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N, which is −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N."""

    value = "ℓ = −Σ (y log σ(ŷ) + (1 − y) log(1 − σ(ŷ))) / N = Σ (max(ŷ, 0) − yŷ + log(1 + e^(−|ŷ|))) / N"
    slope = "∂ℓ/∂ŷ = (σ(ŷ) − y) / N"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share, z, y = _of_samples(at), at.predicted(*place), at.truth(*place)
        score = at.values[z]
        return [
            (share, Number(f"max({z}, 0)", max(score, 0.0))),
            (MINUS, share, y, z),
            (share, Number(f"log(1 + exp(−|{z}|))", log1p(exp(-abs(score))))),
        ]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        share, z, y = _of_samples(at), at.predicted(*place), at.truth(*place)
        return [(share, Number(f"σ({z})", sigmoid(at.values[z]))), (MINUS, share, y)]


class SoftmaxCrossEntropy(LossLaw):
    """ℓ = −Σ y log softmax(z) / N; ∂ℓ/∂z = (softmax(z) Σₖ yₖ − y) / N."""

    value = "ℓ = −Σ y log softmax(ŷ) / N over the N samples"
    slope = "∂ℓ/∂ŷ = (softmax(ŷ) Σₖ yₖ − y) / N"

    def lines(self, at: Ending) -> Iterator[Line]:
        share, outputs = _of_samples(at), at.outputs[-1]
        surprises, gradients = [], []
        for around in places(at.batch, *at.outputs[:-1]):
            every = at.predicted(*around, ":")
            scores = [at.values[at.predicted(*around, k)] for k in range(outputs)]
            shares, largest = softmax(scores), max(scores)
            log_sum = log(fsum(exp(score - largest) for score in scores))
            total = Number(f"Σ {at.truth(*around, ':')}", fsum(at.values[at.truth(*around, k)] for k in range(outputs)))
            for k, score in enumerate(scores):
                y = at.truth(*around, k)
                surprise = Number(f"−log softmax({every})[{k}]", log_sum - (score - largest), size=1.0)
                surprises.append((share, y, surprise))
                chance = Number(f"softmax({every})[{k}]", shares[k])
                gradient = named(f"{at.source}.grad", (*around, k))
                gradients.append(Line(gradient, self.slope, [(share, chance, total), (MINUS, share, y)]))
        yield Line("loss", self.value, surprises)
        yield from gradients


class Output(LossLaw):
    """ℓ = Σ ŷ."""

    takes_targets = False
    value, slope = "ℓ = Σ ŷ over all outputs", "∂ℓ/∂ŷ = 1"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(at.predicted(*place),)]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(ONE,)]


class GivenGradient(LossLaw):
    """ℓ = Σ gŷ, with a number g for each output."""

    settings: ClassVar[Settings] = {"type": TEXT, "gradient": LIST}
    takes_targets = False
    value, slope = "ℓ = Σ gŷ over all outputs", "∂ℓ/∂ŷ = g, the gradient that is given"

    def value_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(named("loss.g", place), at.predicted(*place))]

    def slope_terms(self, at: Ending, place: Shape) -> Sequence[Term]:
        return [(named("loss.g", place),)]


LOSSES: Final[dict[str, LossLaw]] = {
    "half_squared_error": HalfSquaredError(),
    "mean_squared_error": MeanSquaredError(),
    "mean_absolute_error": MeanAbsoluteError(),
    "given_gradient": GivenGradient(),
    "hinge": Hinge(),
    "huber": Huber(),
    "binary_cross_entropy": BinaryCrossEntropy(),
    "output": Output(),
    "softmax_cross_entropy": SoftmaxCrossEntropy(),
}
