"""A network document's training step: every number of it that is computed, in order, with its law and its factors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tinyml.verify.document import Reader
from tinyml.verify.errors import ReceiptError, TooMuchError
from tinyml.verify.laws import LAWS, Law, Place
from tinyml.verify.lines import Line, Shape, places
from tinyml.verify.losses import LOSSES, Ending
from tinyml.verify.optimizers import COUNTING, OPTIMIZERS, Entry, count


class Step:
    """One training step of a document with all its parameters.

    `values` has a number for each ref: at first what the document gives; whoever goes through `lines` adds each line's
    number before asking for the next, since which terms are due may depend on it. Raises ReceiptError where the
    document does not hold together, or its numbers leave the range of float64.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._reader = reader = Reader(document)
        self.values = reader.values
        self._optimizer = reader.optimizer
        self._layers: list[tuple[Law, Place]] = []
        self._parameters: dict[str, Shape] = {}
        source, shape = "x", reader.inputs
        for i, (name, settings) in enumerate(reader.layers):
            law = LAWS[settings["type"]]
            outputs = reader.layer(i, law, shape)
            place = Place(name, settings, source, reader.batch, shape, outputs, reader.training, self.values)
            self._layers.append((law, place))
            self._parameters |= {f"{name}.{part}": size for part, size in law.parameters(settings, shape).items()}
            source, shape = f"{name}.output", outputs
        reader.truth(shape)
        reader.state(self._parameters)
        self._loss = LOSSES[reader.loss["type"]]
        self._ending = Ending(reader.loss, source, reader.batch, shape, self.values)

    def lines(self, most_lines: int | None = None, most_factors: int | None = None) -> Iterator[Line]:
        """The lines, in the order of the training step: forward, loss, backward, update. Raises TooMuchError as soon
        as there are more than allowed.
        """
        number, factors, lines = 0, 0, self._all()
        while (line := self._next(lines, number)) is not None:
            number += 1
            factors += line.work
            if most_lines is not None and number > most_lines:
                raise TooMuchError("lines", most_lines)
            if most_factors is not None and factors > most_factors:
                raise TooMuchError("factors", most_factors)
            yield line

    @staticmethod
    def _next(lines: Iterator[Line], number: int) -> Line | None:
        try:
            return next(lines, None)
        except (ArithmeticError, ValueError) as error:
            detail = f"After line {number} the law of the next number divides by 0, or leaves the range of float64."
            raise ReceiptError(detail, ()) from error
        except (KeyError, TypeError) as error:
            detail = (
                f"After line {number} the law of the next number asks for a setting that is missing or of another kind."
            )
            raise ReceiptError(detail, ()) from error

    def _all(self) -> Iterator[Line]:
        for law, place in self._layers:
            yield from law.forward(place)
        self._reader.spread_classes()
        yield from self._loss.lines(self._ending)
        for law, place in reversed(self._layers):
            yield from law.parameter_gradients(place)
            yield from law.input_gradients(place)
        update, _ = OPTIMIZERS[self._optimizer["type"]]
        for owner, shape in self._parameters.items():
            if self._optimizer["type"] in COUNTING:
                yield count(owner, self.values)
            for at in places(*shape):
                yield from update(Entry(self._optimizer, owner, at, self.values))
        for law, place in self._layers:
            yield from law.moved(place)
