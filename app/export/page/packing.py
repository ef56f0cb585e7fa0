"""Answers as text in which nothing is repeated, compressed. `static/src/api/stored.ts` reads it."""

import zlib
from collections.abc import Mapping
from typing import Any, Final

import orjson

REFERENCE: Final = "\x01"
# Shorter texts, and numbers with at most three decimals, are not worth a reference.
LONG: Final = 8
SHORT: Final = 1000
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Packing:
    """Answers in groups, each compressed after those before it, so that a group can be left out at the end.

    A part that occurred before is written as a reference: compression alone finds only what was repeated within 32 kB.
    """

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._kept = 0
        self._deflate = zlib.compressobj(9)
        self._written: list[bytes] = []

    @property
    def size(self) -> int:
        """The bytes of everything that was added, compressed; the end adds a few."""
        return sum(map(len, self._written))

    def add(self, group: Mapping[str, Any], room: float) -> bool:
        """Add answers by their names, unless they take more than `room` bytes in all. Returns whether they fit."""
        before = len(self._numbers), self._kept
        answers = [[name, self._part(answer)[0]] for name, answer in group.items()]
        trial = self._deflate.copy()
        line = (b"\n" if self._written else b"") + orjson.dumps(answers)
        written = trial.compress(line) + trial.flush(zlib.Z_SYNC_FLUSH)
        if self.size + len(written) > room:
            self._forget(*before)
            return False
        self._deflate = trial
        self._written.append(written)
        return True

    def packed(self) -> bytes:
        """Everything that was added, compressed."""
        return b"".join([*self._written, self._deflate.copy().flush()])

    def _part(self, value: Any) -> tuple[Any, Any]:
        """What is written for a value, and a key that only equal values have."""
        match value:
            case dict() if value:
                made, keys = zip(*map(self._part, value.values()), strict=True)
                return self._written_as(dict(zip(value, made, strict=True)), (tuple(value), keys))
            case list() | tuple() if value:
                made, keys = zip(*map(self._part, value), strict=True)
                return self._written_as(list(made), (None, keys))
            case str() if _units(value) >= LONG:
                return self._written_as(value, value)
            case float() if not (value * SHORT).is_integer():
                return self._written_as(value, value)
        return value, (type(value), repr(value))

    def _written_as(self, made: Any, key: Any) -> tuple[Any, Any]:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._kept
            self._kept += 1
            return made, number
        return REFERENCE + _digits(number), number

    def _forget(self, known: int, kept: int) -> None:
        for key in list(self._numbers)[known:]:
            del self._numbers[key]
        self._kept = kept


def _units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _digits(number: int) -> str:
    """A number to base 36."""
    written = ""
    while True:
        number, digit = divmod(number, 36)
        written = DIGITS[digit] + written
        if not number:
            return written
