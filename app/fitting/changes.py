"""The changes that adapt a document, as data; the page has a sentence for each key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.schemas.document import NetworkDocument
from app.schemas.fitted import ChangeKey
from app.schemas.layers import LayerSchema
from app.shapes import Shape


@dataclass(eq=False, slots=True)
class Slot:
    """A layer while it is being fitted. `origin` is its index in the original document; None if it was added."""

    schema: LayerSchema
    origin: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change: in a layer, or in the `part` of the document."""

    key: ChangeKey
    values: Mapping[str, Any] = field(default_factory=dict)
    slot: Slot | None = None
    part: str = ""

    def content(self, slots: Sequence[Slot], names: Sequence[str]) -> dict[str, Any]:
        """The change as JSON; the layers and their names are those of the document that fits."""
        values = {name: self._named(value, slots, names) for name, value in self.values.items()}
        if self.slot is None:
            return {"key": self.key, "where": f"/{self.part}", "values": values}
        place = slots.index(self.slot)
        own = {"layer": names[place], "type": self.slot.schema.type}
        return {"key": self.key, "where": f"/layers/{place}", "values": own | values}

    @staticmethod
    def _named(value: Any, slots: Sequence[Slot], names: Sequence[str]) -> Any:
        return names[slots.index(value)] if isinstance(value, Slot) else value


class Fitted(NamedTuple):
    """The adapted document and the changes, as JSON."""

    document: NetworkDocument
    changes: list[dict[str, Any]]


class Chain(NamedTuple):
    """Consistent layers, with the input shape of each and the output shape of the last."""

    slots: list[Slot]
    shapes: list[Shape]
    changes: list[Change]

    @property
    def outputs(self) -> Shape:
        """The shape of a sample after the last layer."""
        return self.shapes[-1]
