"""Adapting layers to each other, from the data onward."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.fitting.changes import Chain, Change, Slot
from app.fitting.edits import Edits
from app.fitting.overlap import overlapped, shape_of
from app.problems import Problem
from app.schemas.document import NetworkDocument
from app.schemas.layers.flatten import FlattenSchema
from app.shapes import Shape, ShapeMismatch
from app.sizes import SizeLimits
from tinyml.core import TinymlError
from tinyml.layers import Layer


def chain(document: NetworkDocument, slots: Sequence[Slot], edits: Edits) -> Chain:
    """The layers with the necessary Flatten layers, windows that fit, and numbers in the right shapes. Raises a
    Problem that points at a layer that cannot be fitted.
    """
    made = _Links(document, edits)
    for slot in slots:
        try:
            made.add(slot)
        except ShapeMismatch as mismatch:
            where = made.where(slot, mismatch.where)
            raise Problem(422, mismatch.detail, where, key=mismatch.key, values=mismatch.values) from mismatch
        except TinymlError as error:
            values = {"layer": slot.schema.name or slot.schema.type, "shape": made.shapes[-1]}
            raise Problem(422, str(error), made.where(slot), key="layer", values=values) from error
    made.close()
    return Chain(made.slots, made.shapes, made.changes)


class _Links:
    """The layers so far."""

    def __init__(self, document: NetworkDocument, edits: Edits) -> None:
        self.slots: list[Slot] = []
        self.shapes: list[Shape] = [tuple(document.input_shape)]
        self.changes: list[Change] = []
        self._document = document
        self._edits = edits
        self._sizes = SizeLimits(document)
        self._taken_out: list[Slot] = []

    def where(self, slot: Slot, inner: Sequence[str | int] = ()) -> tuple[str | int, ...]:
        """The index of a layer in the original document."""
        return ("layers", len(self.slots) if slot.origin is None else slot.origin, *inner)

    def add(self, slot: Slot) -> None:
        """The next layer."""
        takes = slot.schema.takes
        if takes == 1 and len(self.shapes[-1]) > 1:
            self._flatten(before=slot)
        elif takes is not None and len(self.shapes[-1]) < takes:
            self._take_flatten_out(takes)
        self._append(slot)

    def close(self) -> None:
        """A Flatten layer that was moved is put at the end if it was not needed before."""
        while self._taken_out:
            self._flatten(before=None)

    def _flatten(self, before: Slot | None) -> None:
        """A Flatten layer: one that was removed earlier in the network, or a new one."""
        if self._taken_out:
            own = self._taken_out.pop(0)
            after = self.slots[-1] if self.slots else None
            self.changes.append(Change("flatten_moved", {"after": after} if after else {}, own))
        else:
            own = Slot(FlattenSchema(type="Flatten"), None)
            self.changes.append(Change("flatten_added", {"before": before} if before else {}, own))
        self._append(own)

    def _take_flatten_out(self, axes: int) -> None:
        """If a layer after a Flatten layer needs images or sequences, move the Flatten layer behind it, since all
        layers between take them too.
        """
        for place in reversed(range(len(self.slots))):
            slot = self.slots[place]
            if slot.schema.takes == 1:
                return
            if isinstance(slot.schema, FlattenSchema) and len(self.shapes[place]) == axes:
                later = self.slots[place + 1 :]
                del self.slots[place:], self.shapes[place + 1 :]
                self._taken_out.append(slot)
                self.changes = [one for one in self.changes if one.slot not in later and one.slot is not slot]
                for one in later:
                    self._append(one)
                return

    def _append(self, slot: Slot) -> None:
        shape, place = self.shapes[-1], len(self.slots)
        slot = self._with_windows(slot, shape)
        own = slot.schema.parameter_shapes(shape)
        self._sizes.add_parameters(place, own)
        layer = self._with_numbers(slot, shape, [self._document.seed, place])
        output = layer.output_shape(shape)
        self._sizes.add_outputs(place, output, slot.schema.window_numbers(shape, output))
        self.slots.append(slot)
        self.shapes.append(output)

    def _with_windows(self, slot: Slot, shape: Shape) -> Slot:
        """The layer with settings that fit its samples; edited ones are kept."""
        schema = slot.schema
        schema.check_input(schema.name or schema.stem, shape)
        settings = schema.nearest(shape, self._edits.fields(slot.origin))
        for name, value in settings.items():
            before = getattr(schema, name)
            if value != before:
                self.changes.append(Change("setting", {"field": name, "before": before, "after": value}, slot))
        slot.schema = schema.model_copy(update=settings)
        return slot

    def _with_numbers(self, slot: Slot, shape: Shape, seed: list[int]) -> Layer:
        """Build the layer after its numbers were adapted to their new shapes."""
        schema = slot.schema
        given = {name: values for name in schema.numbers if (values := getattr(schema, name)) is not None}
        name = schema.name or schema.stem
        bare = schema.model_copy(update=dict.fromkeys(given))
        due = _numbers(given, bare.build(name, shape, seed))
        update: dict[str, Any] = {}
        kept = drawn = 0
        for field, values in given.items():
            if shape_of(values) == due[field].shape:
                continue
            update[field], same = overlapped(values, due[field])
            kept, drawn = kept + same, drawn + due[field].size - same
        if update:
            slot.schema = schema.model_copy(update=update)
            self.changes.append(Change("weights", {"kept": kept, "drawn": drawn}, slot))
        return slot.schema.build(name, shape, seed)


def _numbers(fields: Iterable[str], layer: Layer) -> dict[str, Any]:
    """A layer's numbers by field, as in documents."""
    parameters = layer.parameters()
    return {
        field: layer.in_notation(field, parameters[field].tensor) if field in parameters else getattr(layer, field)
        for field in fields
    }
