"""The end of a network, where a loss compares its output with the targets, and the base of the laws of losses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from tinyml.verify.errors import ReceiptError
from tinyml.verify.lines import Line, Number, Shape, Term, named, places
from tinyml.verify.settings import FINITE, TEXT, Kind, Settings


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

    def weights(self, name: str) -> list[Number] | None:
        """The weights of the outputs in a setting; None if it has none."""
        given = self.settings.get(name)
        return None if given is None else [Number(f"c[{k}]", float(one)) for k, one in enumerate(given)]

    def check_weights(self, name: str) -> None:
        """Raise a ReceiptError unless a setting has a weight for each output, or is left out."""
        given = self.settings.get(name)
        if given is not None and self.outputs != (len(given),):
            raise ReceiptError(f"loss.{name}: expected a weight for each output of a sample.", ("loss", name))

    def product(self, term: Term) -> float:
        """The product of the factors of a term."""
        return prod(self.values[one] if isinstance(one, str) else one.value for one in term)

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

    def check(self, at: Ending) -> None:
        """Raise a ReceiptError for settings that do not fit the outputs."""

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
