"""A document whose network is being trained: its changing numbers, and the document at any step."""

from itertools import count
from math import prod
from typing import Any

from app.canonical import Outline, hole, numbers
from app.documents import Experiment, written_out
from app.problems import check_limit
from app.schemas.document import NetworkDocument
from app.shapes import count_lists
from app.supply import go_to
from tinyml.core import Array, Backend

# The length of the longest number, with a comma: -1.2345678901234567e-308.
LONGEST_NUMBER = 25
# The length of the names and brackets of a parameter's optimizer state with a count, without the parameter's name.
LONGEST_NAMES = 100


class MovingDocument:
    """Writes the document of an experiment with the network's current numbers: parameters, running statistics, pass
    counts, optimizer state, and the position of the mini-batch. Constant parts are written once.
    """

    def __init__(self, document: NetworkDocument, experiment: Experiment) -> None:
        self._document = document
        self._experiment = experiment
        self._layers = layers = experiment.model.layers
        owners = [(layer, name, of) for layer in layers for name, of in layer.parameters().items()]
        # Views, which follow the numbers.
        self._parameters = [(layer, name, layer.in_notation(name, of.tensor)) for layer, name, of in owners]
        self._owners = [(f"{layer.name}.{name}", layer, name, of) for layer, name, of in owners]
        self._movers = [(layer, name) for layer in layers for name in layer.running_state]
        self._outlined: list[tuple[str, ...]] = []
        # The position; none if all steps are taken alike.
        self._place = (document.place.epoch, document.place.step) if document.counts else ()
        self._outline_all()

    def written(self) -> list[bytes]:
        """All current numbers that change: the argument of `canonical` and `plain`."""
        arrays = [array for *_, array in self._parameters] + [getattr(layer, name) for layer, name in self._movers]
        for _, layer, name, of in self._owners:
            arrays += [layer.in_notation(name, array) for array in of.state.values()]
        # The optimizer has state from the first update on.
        if [tuple(of.state) for *_, of in self._owners] != self._outlined:
            self._outline_all()
        return [numbers(array) for array in arrays] + [b"%d" % number for number in self._place]

    def next_batch(self) -> tuple[Array, Array | None] | None:
        """Move to the next position and return its mini-batch; None if every training step takes the same batch. The
        optimizer takes the learning rate of that position.
        """
        if not self._place:
            return None
        supply = self._experiment.supply
        self._place = epoch, step = supply.batches.after(*self._place)
        check_limit("MAX_EPOCH", epoch, ("position", "epoch"))
        go_to(self._experiment.optimizer, epoch, step, supply.batches)
        return supply.minibatch(epoch, step) if supply.moves else None

    def move_to(self, epoch: int, step: int) -> None:
        """Set the position, if there is one."""
        if self._place:
            self._place = epoch, step

    def canonical(self, written: list[bytes]) -> bytes:
        """The document as canonical JSON."""
        return self._canonical.filled(written)

    def plain(self, written: list[bytes]) -> bytes:
        """The document as JSON, its fields in the order that documents have."""
        return self._plain.filled(written)

    @property
    def longest(self) -> int:
        """The largest size of the document in bytes, whatever its numbers become."""
        copies = 1 + self._document.optimizer.copies
        shapes = [Backend.asarray(getattr(layer, name)).shape for layer, name in self._movers]
        shapes += [array.shape for *_, array in self._parameters for _ in range(copies)]
        numbers_and_lists = sum(LONGEST_NUMBER * prod(shape) + 2 * count_lists(shape) for shape in shapes)
        names = sum(len(key) + LONGEST_NAMES for key, *_ in self._owners)
        return self._plain.size + numbers_and_lists + names + (2 * LONGEST_NUMBER if self._place else 0)

    def _outline_all(self) -> None:
        """Write the constant parts, with a placeholder for each changing part, in the order of `written`."""
        holes = map(hole, count())
        fields: dict[Any, dict[str, Any]] = {layer: {} for layer in self._layers}
        for layer, name in [*((layer, name) for layer, name, _ in self._parameters), *self._movers]:
            fields[layer][name] = next(holes)
        state = {key: {word: next(holes) for word in of.state} for key, *_, of in self._owners if of.state}
        moving = [(layer, fields[layer]) for layer in self._layers]
        document = written_out(self._document, self._experiment.given, self._experiment.y, moving, state)
        if "position" in document:
            document["position"] = {"epoch": next(holes), "step": next(holes)}
        self._canonical, self._plain = Outline(document, sort=True), Outline(document, sort=False)
        self._outlined = [tuple(of.state) for *_, of in self._owners]
