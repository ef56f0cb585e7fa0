"""The latest edits: they are kept, and the rest is adapted."""

from collections.abc import Sequence
from typing import Literal

from app.schemas.document import NetworkDocument

Part = Literal["data", "layers", "loss"]
_PARTS: dict[str, Part] = {
    "x": "data", "y": "data", "data": "data", "input_shape": "data", "layers": "layers", "loss": "loss",
}  # fmt: skip


class Edits:
    """The places that were edited, as JSON pointers, the latest last."""

    def __init__(self, pointers: Sequence[str]) -> None:
        self._paths = [pointer.split("/")[1:] for pointer in pointers]

    @property
    def leading(self) -> Part:
        """The part of the document that the others are adapted to: the data or the layers. Targets are adapted to the
        layers by default.
        """
        found = [_PARTS[path[0]] for path in self._paths if path and path[0] in _PARTS]
        return found[-1] if found else "layers"

    @property
    def other_data(self) -> bool:
        """Whether all data were replaced."""
        return ["data"] in self._paths

    @property
    def drawn(self) -> bool:
        """Whether all data were replaced by a set."""
        return self.other_data and ["data", "set"] in self._paths

    def fields(self, layer: int | None) -> frozenset[str]:
        """The fields of a layer that were edited."""
        return frozenset(path[2] for path in self._paths if len(path) > 2 and path[:2] == ["layers", str(layer)])

    def chose_outputs(self, document: NetworkDocument) -> bool:
        """Whether the loss, the list of layers or their widths were edited."""
        widths = {(str(i), layer.width) for i, layer in enumerate(document.layers)}
        return any(
            path[:1] == ["loss"] or (path[:1] == ["layers"] and (len(path) < 3 or (path[1], path[2]) in widths))
            for path in self._paths
        )

    def touched(self, part: str, field: str) -> bool:
        """Whether a field of the loss or the optimizer was edited."""
        return [part, field] in self._paths
