"""The law of softmax, and its formula, which softmax cross entropy also uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, fsum
from typing import ClassVar

from tinyml.verify.laws.base import Law, Place
from tinyml.verify.lines import MINUS, Line, Number, Shape, Term, places
from tinyml.verify.settings import Settings, one_of


def softmax(scores: Sequence[float]) -> list[float]:
    """e^(zᵢ − m) / Σₖ e^(zₖ − m), with m = max z, so that nothing overflows."""
    largest = max(scores)
    powers = [exp(score - largest) for score in scores]
    total = fsum(powers)
    return [power / total for power in powers]


class Softmax(Law):
    """hᵢ = e^(zᵢ) / Σₖ e^(zₖ) along an axis; ∂ℓ/∂zᵢ = Σₖ ∇ₖ hₖ (δᵢₖ − hᵢ)."""

    settings: ClassVar[Settings] = {"axis": one_of(1)}

    def forward(self, at: Place) -> Iterator[Line]:
        axis = self._axis(at)
        shares: dict[Shape, list[float]] = {}
        for n, *i in places(at.batch, *at.inputs):
            around = (n, *i[:axis], *i[axis + 1 :])
            if around not in shares:
                along = [at.input(n, *i[:axis], k, *i[axis + 1 :]) for k in range(at.inputs[axis])]
                shares[around] = softmax([at.values[z] for z in along])
            every = at.input(n, *i[:axis], ":", *i[axis + 1 :])
            share = Number(f"softmax({every})[{i[axis]}]", shares[around][i[axis]])
            yield Line(at.output(n, *i), "hᵢ = e^(zᵢ) / Σₖ e^(zₖ)", [(share,)])

    def input_gradients(self, at: Place) -> Iterator[Line]:
        axis = self._axis(at)
        for n, *i in places(at.batch, *at.inputs):
            own = at.output(n, *i)
            terms: list[Term] = []
            for k in range(at.inputs[axis]):
                other = (n, *i[:axis], k, *i[axis + 1 :])
                upstream, h = at.output_gradient(*other), at.output(*other)
                if k == i[axis]:
                    terms.append((upstream, h, Number(f"1 − {h}", 1 - at.values[h], size=1.0)))
                else:
                    terms.append((MINUS, upstream, h, own))
            yield Line(at.input_gradient(n, *i), "∂ℓ/∂zᵢ = Σₖ ∇ₖ hₖ (δᵢₖ − hᵢ)", terms)

    @staticmethod
    def _axis(at: Place) -> int:
        """Return the axis within a sample; a document counts the batch axis too."""
        return int(at.settings.get("axis", 1)) - 1
