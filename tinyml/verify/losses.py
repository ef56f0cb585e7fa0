"""The laws of the losses: ℓ, and ∂ℓ/∂ŷ for each output."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import ClassVar, Final

from tinyml.verify.cross_entropies import BinaryCrossEntropy, SoftmaxCrossEntropy
from tinyml.verify.ending import Ending, LossLaw
from tinyml.verify.lines import HALF, MINUS, Number, Shape, Term, named
from tinyml.verify.settings import FINITE, LIST, POSITIVE, TEXT, Kind, Settings

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
