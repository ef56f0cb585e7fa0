"""The training step of a network document: every computed number, in order, with its law and its factors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tinyml.verify.document import Reader
from tinyml.verify.ending import Ending
from tinyml.verify.errors import Budget, ReceiptError
from tinyml.verify.laws import LAWS, Law, Place
from tinyml.verify.lines import Line, Shape, named, places
from tinyml.verify.losses import LOSSES
from tinyml.verify.optimizers import COUNTING, OPTIMIZERS, Entry, clipped_share, count, frozen, frozen_count


class Step:
    """One training step of a document with all its parameters, and with the rows of its mini-batch if the data have
    more.

    `values` has a number for each ref: at first those of the document. The caller adds the number of each of the
    `lines` before it requests the next line, which may depend on it. Raises ReceiptError if the document is
    inconsistent, or its numbers leave the range of float64.
    """

    def __init__(self, document: Mapping[str, Any], batch: object = None) -> None:
        self._reader = reader = Reader(document, batch)
        self.values = reader.values
        self._optimizer = reader.optimizer
        self._places: list[tuple[Law, Place]] = []  # of the layers, in the order in which they run
        self._parameters: dict[str, Shape] = {}
        self._factors: dict[str, float] = {}  # of the learning rate
        shapes = {"x": reader.inputs}
        for i, ((name, settings), source) in enumerate(zip(reader.layers, reader.sources, strict=True)):
            law, shape = LAWS[settings["type"]], shapes[source]
            outputs = shapes[f"{name}.output"] = reader.layer(i, law, shape)
            place = Place(name, settings, source, reader.batch, shape, outputs, reader.training, self.values)
            self._places.append((law, place))
            own = {f"{name}.{part}": size for part, size in law.parameters(settings, shape).items()}
            self._parameters |= own
            self._factors |= dict.fromkeys(own, float(settings.get("lr_factor", 1.0)))
        outputs = shapes[reader.output]
        reader.truth(outputs)
        reader.state(self._parameters)
        self._loss = LOSSES[reader.loss["type"]]
        self._ending = Ending(reader.loss, reader.output, reader.batch, outputs, self.values)
        self._loss.check(self._ending)

    def lines(self, budget: Budget | None = None) -> Iterator[Line]:
        """Yield the lines, in the order of the training step: forward, loss, backward, update. Raises TooMuchError when
        the budget is used up.
        """
        number, lines, budget = 0, self._all(), budget or Budget()
        while (line := self._next(lines, number)) is not None:
            number += 1
            budget.spend("lines")
            budget.spend("factors", line.work)
            yield line

    @property
    def samples(self) -> int | None:
        """The number of all rows of the data; None without mini-batches."""
        return self._reader.samples

    def running_state(self) -> Iterator[tuple[str, dict[str, Shape], dict[str, Any]]]:
        """Yield what the step has changed in each layer, once `values` has the numbers of all lines: the layer's name,
        the shapes of the arrays that have lines, such as w or running_mean, and the settings that change without a
        line.
        """
        for law, place in self._places:
            parts = law.parameters(place.settings, place.inputs) | law.buffers(place.settings, place.inputs)
            known = {part: shape for part, shape in parts.items() if self._is_known(f"{place.name}.{part}", shape)}
            yield place.name, known, law.counted(place.settings, place.training)

    def remembering(self) -> dict[str, dict[str, Shape]]:
        """Return the shapes of the optimizer's state after the step, by the names of the parameters."""
        _, words = OPTIMIZERS[self._optimizer["type"]]
        remembered = {
            owner: {
                word: of
                for word, of in (*((word, shape) for word in words), ("count", (1,)))
                if self._is_known(f"{owner}.{word}", of)
            }
            for owner, shape in self._parameters.items()
        }
        return {owner: words for owner, words in remembered.items() if words}

    def _is_known(self, owner: str, shape: Shape) -> bool:
        """Return whether `values` has an array as it is after the step."""
        return named(f"{owner}.next", (0,) * len(shape)) in self.values

    @staticmethod
    def _next(lines: Iterator[Line], number: int) -> Line | None:
        try:
            return next(lines, None)
        except (ArithmeticError, ValueError) as error:
            detail = f"After line {number} the law of the next number divides by 0, or leaves the range of float64."
            raise ReceiptError(detail, ()) from error
        except (KeyError, TypeError) as error:
            detail = (
                f"After line {number} the law of the next number requires a setting that is missing or of another kind."
            )
            raise ReceiptError(detail, ()) from error

    def _all(self) -> Iterator[Line]:
        penalty = self._reader.penalty
        for law, place in self._places:
            yield from law.forward(place)
        self._reader.spread_classes()
        for line in self._loss.lines(self._ending):
            yield line
            if penalty and line.ref == "loss":
                yield from penalty.lines(self._parameters, self.values)
        for law, place in reversed(self._places):
            yield from law.parameter_gradients(place)
            yield from law.input_gradients(place)
        for owner, shape in self._parameters.items() if penalty else ():
            yield from penalty.gradients(owner, shape, self.values)
        learning = {owner: of for owner, of in self._parameters.items() if owner not in self._reader.frozen}
        if (rate := self._reader.rate) is not None:
            yield rate
        share = clipped_share(self._optimizer, learning, self.values, penalty.gradient)
        for owner, shape in self._parameters.items():
            yield from self._updates(owner, shape, share)
        for law, place in self._places:
            yield from law.running_state(place)

    def _updates(self, owner: str, shape: Shape, share: float) -> Iterator[Line]:
        """Yield the lines of the update of one parameter."""
        update, remembered = OPTIMIZERS[self._optimizer["type"]]
        counts, held = self._optimizer["type"] in COUNTING, owner in self._reader.frozen
        if counts and held:
            yield from frozen_count(owner, self.values)
        elif counts:
            yield count(owner, self.values)
        for at in places(*shape):
            slope_of, factor = self._reader.penalty.gradient, self._factors[owner]
            entry = Entry(self._optimizer, owner, at, self.values, share, slope_of, factor)
            yield from frozen(entry, remembered) if held else update(entry)
