"""The clipping of gradients in documents."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from app.schemas.base import Positive, Strict, fields_of
from tinyml.optims import Clip


class NormClip(Strict):
    """The gradients of all parameters are multiplied by c / (‖g‖ + 10⁻⁶) if that is below 1; c is `norm`."""

    norm: Positive

    def build(self) -> Clip:
        """Return the clip."""
        return Clip("norm", self.norm)


class ValueClip(Strict):
    """Each gradient is cut at −c and c; c is `value`."""

    value: Positive

    def build(self) -> Clip:
        """Return the clip."""
        return Clip("value", self.value)


CLIPS = ("a clip by norm", "a clip by value")


def _clip(value: Any) -> str:
    return CLIPS["value" in fields_of(value)]


AnyClip = Annotated[
    Annotated[NormClip, Tag(CLIPS[0])] | Annotated[ValueClip, Tag(CLIPS[1])],
    Discriminator(_clip),
]
