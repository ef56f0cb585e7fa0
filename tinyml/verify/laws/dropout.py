"""The law of dropout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from tinyml.verify.laws.base import Law, Place
from tinyml.verify.lines import Line, Number, places
from tinyml.verify.settings import SHARE, Settings, or_null, whole


class Dropout(Law):
    """h = m z, ∂ℓ/∂z = m ∂ℓ/∂h. The mask m is 0 or 1 / (1 − p), drawn at random and stored in the record; in
    evaluation mode it is 1.
    """

    settings: ClassVar[Settings] = {"probability": SHARE, "seed": or_null(whole(0)), "passes": whole(0)}

    def forward(self, at: Place) -> Iterator[Line]:
        p = float(at.settings["probability"])
        kept, dropped = Number("1/(1 − p)", 1 / (1 - p)), Number("0, dropped", 0.0)
        for place in places(at.batch, *at.inputs):
            if at.training:
                law = "m = 0 with chance p, else 1 / (1 − p)"
                yield Line(at.own("mask", *place), law, [(kept,)], otherwise=[(dropped,)] if p else None)
            else:
                yield Line(at.own("mask", *place), "m = 1 when predicting", [(Number("1", 1.0),)])
        for place in places(at.batch, *at.inputs):
            yield Line(at.output(*place), "h = m z", [(at.own("mask", *place), at.input(*place))])

    def input_gradients(self, at: Place) -> Iterator[Line]:
        for place in places(at.batch, *at.inputs):
            terms = [(at.own("mask", *place), at.output_gradient(*place))]
            yield Line(at.input_gradient(*place), "∂ℓ/∂z = m ∂ℓ/∂h", terms)

    def counted(self, settings: Mapping[str, Any], training: bool) -> dict[str, Any]:
        # The mask is a function of the seed and the number of earlier passes, which is 0 if it is not given.
        return {"passes": settings.get("passes", 0) + 1} if training else {}
