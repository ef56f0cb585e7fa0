"""The base class of laws. A law lists the numbers that a layer computes in a training step, with the terms of each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from tinyml.verify.lines import Line, Shape, named
from tinyml.verify.settings import ANYTHING, INITIALISER, NOT_NEGATIVE, SWITCH, TEXT, Settings

# The settings of every layer; and of one with a weight and a bias, whose numbers are read by their shapes.
ANY_LAYER: Final[Settings] = {"type": TEXT, "name": TEXT}
WITH_BIAS: Final[Settings] = {
    "initialiser": INITIALISER, "bias": SWITCH, "w": ANYTHING, "b": ANYTHING, "frozen": ANYTHING,
    "lr_factor": NOT_NEGATIVE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a layer in a network: its name, its input, and the numbers known so far.

    `source` is the name of the layer's input: x, or the output of the layer before. Each method returns one ref.
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
        """An input of the layer, sample first."""
        return named(self.source, at)

    def output(self, *at: int | str) -> str:
        """An output of the layer, sample first."""
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
    """A layer's law; the defaults suit a layer without parameters that keeps the shape. `settings` are the layer's
    settings in a document, apart from its type and name.
    """

    settings: ClassVar[Settings] = {}

    @property
    def known(self) -> Settings:
        """All settings that a document can have for the layer."""
        return {**ANY_LAYER, **self.settings}

    def output_shape(self, name: str, settings: Mapping[str, Any], inputs: Shape) -> Shape:
        """Return the shape of one sample's output. Raises MisfitError if the input does not fit."""
        return inputs

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        """Return the shapes of the parameters by name, in the order in which they are listed."""
        return {}

    @staticmethod
    def biased(settings: Mapping[str, Any]) -> bool:
        """Return whether a layer that can have a bias has one."""
        return settings.get("bias", True) is True

    def buffers(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        """Return the shapes of the layer's other arrays in the document, by name."""
        return {}

    @abstractmethod
    def forward(self, at: Place) -> Iterator[Line]:
        """The outputs, and the intermediate results of the forward pass."""

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        """∂ℓ/∂parameters."""
        return iter(())

    @abstractmethod
    def input_gradients(self, at: Place) -> Iterator[Line]:
        """∂ℓ/∂input."""

    def running_state(self, at: Place) -> Iterator[Line]:
        """The buffers after the step."""
        return iter(())

    def counted(self, settings: Mapping[str, Any], training: bool) -> dict[str, Any]:
        """Return the settings that the step changes without a line, as they are after it."""
        return {}
