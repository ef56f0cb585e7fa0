"""The laws of the penalty of large parameters: Ω, the objective J = ℓ + Ω, and the gradient of J."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tinyml.verify.errors import ReceiptError
from tinyml.verify.lines import HALF, Line, Number, Shape, Term, named, places
from tinyml.verify.settings import NOT_NEGATIVE, SWITCH, Settings, check

SETTINGS: Final[Settings] = {"l1": NOT_NEGATIVE, "l2": NOT_NEGATIVE, "biases": SWITCH}
# The parameters that layers add; all others multiply.
BIASES: Final = ("b", "beta")


def penalty_of(document: Mapping[str, Any]) -> Penalty:
    """Read the penalty of a document. Raises ReceiptError for a setting that is unknown or of another kind."""
    settings = document.get("penalty")
    if not isinstance(settings, Mapping | None):
        raise ReceiptError("penalty: expected an object with l1, l2 and biases.", ("penalty",))
    check(settings or {}, SETTINGS, "penalty", ("penalty",))
    return Penalty(settings or {})


def is_bias(owner: str) -> bool:
    """Return whether a parameter, such as fc_1.b, is a bias."""
    return owner.rpartition(".")[2] in BIASES


class Penalty:
    """The penalty of a document; false if it has none, or one that is always 0."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._first, self._second = float(settings.get("l1", 0.0)), float(settings.get("l2", 0.0))
        self._biases = bool(settings.get("biases", False))

    def __bool__(self) -> bool:
        return bool(self._first or self._second)

    @property
    def gradient(self) -> str:
        """The end of the name of the gradients that updates use."""
        return "objective_grad" if self else "grad"

    def lines(self, parameters: Mapping[str, Shape], values: Mapping[str, float]) -> Iterator[Line]:
        """Yield Ω and J."""
        terms: list[Term] = []
        for owner, shape in parameters.items():
            if self._covers(owner):
                for at in places(*shape):
                    terms += self._terms(named(owner, at), values)
        over = "weights and biases" if self._biases else "weights"
        parts = ["λ₁ Σ |w|"] * bool(self._first) + ["½ λ₂ Σ w²"] * bool(self._second)
        yield Line("loss.penalty", f"Ω = {' + '.join(parts)} over all {over}", terms)
        yield Line("loss.objective", "J = ℓ + Ω", [("loss",), ("loss.penalty",)])

    def gradients(self, owner: str, shape: Shape, values: Mapping[str, float]) -> Iterator[Line]:
        """Yield ∂J/∂w for each entry of a parameter."""
        covered = self._covers(owner)
        parts = (["λ₁ sign(w)"] * bool(self._first) + ["λ₂w"] * bool(self._second)) * covered
        law = " + ".join(["∂J/∂w = ∂ℓ/∂w", *parts])
        for at in places(*shape):
            w = named(owner, at)
            terms: list[Term] = [(named(f"{owner}.grad", at),)]
            if covered and self._first:
                sign = float((values[w] > 0) - (values[w] < 0))
                terms.append((Number("λ₁", self._first), Number(f"sign({w})", sign)))
            if covered and self._second:
                terms.append((Number("λ₂", self._second), w))
            yield Line(named(f"{owner}.objective_grad", at), law, terms)

    def _covers(self, owner: str) -> bool:
        return self._biases or not is_bias(owner)

    def _terms(self, w: str, values: Mapping[str, float]) -> Iterator[Term]:
        if self._first:
            yield Number("λ₁", self._first), Number(f"|{w}|", abs(values[w]))
        if self._second:
            yield HALF, Number("λ₂", self._second), w, w
