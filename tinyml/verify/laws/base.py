"""What a layer's law is: which numbers the layer makes in a training step, in order, and the terms of each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from tinyml.verify.lines import Line, Shape, named
from tinyml.verify.settings import ANYTHING, INITIALISER, SWITCH, TEXT, Settings

# What a document can say of any layer; and of one with a weight and a bias, whose numbers are read by their shapes.
ANY_LAYER: Final[Settings] = {"type": TEXT, "name": TEXT}
WITH_BIAS: Final[Settings] = {
    "initialiser": INITIALISER, "bias": SWITCH, "w": ANYTHING, "b": ANYTHING, "frozen": ANYTHING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a layer in a network: its name, its input, and the numbers known so far.

    `source` names what goes in: x, or the output of the layer before. Each method names one number.
    """

    name: str
    settings: Mapping[str, Any]
    source: str
    batch: int
    inputs: Shape
    outputs: Shape
    training: bool
    values: Mapping[str, float]

    def input(self, *at: int | str) -> str:
        """What goes in, sample first."""
        return named(self.source, at)

    def output(self, *at: int | str) -> str:
        """What comes out, sample first."""
        return named(f"{self.name}.output", at)

    def input_gradient(self, *at: int | str) -> str:
        """∂ℓ/∂input."""
        return named(f"{self.source}.grad", at)

    def output_gradient(self, *at: int | str) -> str:
        """∂ℓ/∂output."""
        return named(f"{self.name}.output.grad", at)

    def own(self, part: str, *at: int | str) -> str:
        """A number of the layer itself: a parameter, a parameter's gradient, a mask."""
        return named(f"{self.name}.{part}", at)


class Law(ABC):
    """A layer's law; the defaults fit a layer without parameters that keeps the shape. `settings` are those that a
    document has of it, beside its type and name.
    """

    settings: ClassVar[Settings] = {}

    @property
    def known(self) -> Settings:
        """All that a document can say of the layer."""
        return {**ANY_LAYER, **self.settings}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        """The shape of one sample's output. Raises MisfitError where the input does not fit."""
        return inputs

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        """The parameters by name, with their shapes, in the order in which they are listed."""
        return {}

    @staticmethod
    def biased(settings: Mapping[str, Any]) -> bool:
        """Whether the layer has a bias, of those that may have one."""
        return settings.get("bias", True) is True

    def buffers(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        """What else the document gives of the layer, by name, with its shapes."""
        return {}

    @abstractmethod
    def forward(self, at: Place) -> Iterator[Line]:
        """The outputs, and what the layer makes on the way."""

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        """∂ℓ/∂parameters."""
        return iter(())

    @abstractmethod
    def input_gradients(self, at: Place) -> Iterator[Line]:
        """∂ℓ/∂input."""

    def moved(self, at: Place) -> Iterator[Line]:
        """What else the step moves on: the buffers after it."""
        return iter(())

    def counted(self, settings: Mapping[str, Any], training: bool) -> dict[str, Any]:
        """The settings that the step moves on without a line, as they are after it."""
        return {}
