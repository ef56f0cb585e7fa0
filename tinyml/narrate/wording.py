"""Converts messages to sentences in a language. The wordings are in `messages/<language>.json`, one entry for each key.

A wording has placeholders for the numbers and values of the message:

    {h}     the symbol of a ref; or a value: a count, a name, a number, a formula, a message or a list of messages
    {h=}    "symbol = value" of a ref
    {h#}    the value of a ref
    {h,}    a list without a conjunction before its last item
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from tinyml.expression import short
from tinyml.expression.plain import symbol_plain
from tinyml.narrate.message import Figure, Formula, Message, Named, Symbol, Value

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_SAMPLE = re.compile(r"\^\[(\d+)\]$")
_HAN, _LATIN = re.compile(r"[\u3400-\u9fff]$"), re.compile("[A-Za-z]")
_PLACEHOLDER = re.compile(r"\{(\w+)([=#,]?)\}")


@cache
def wordings(language: Language) -> dict[str, str]:
    """Return the wordings of a language by their keys."""
    return _read(f"{language}.json")


@cache
def catalog_wordings(language: Language) -> dict[str, str]:
    """Return the titles and descriptions of the catalog in a language: `Linear.title`, `Linear.description`."""
    return _read(f"catalog.{language}.json")


@cache
def training_wordings(language: Language) -> dict[str, str]:
    """Return the wordings of what a training shows, by their keys."""
    return _read(f"training.{language}.json")


def _read(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(files("tinyml.narrate").joinpath("messages", name).read_text("utf-8"))
    return found


def placeholders(wording: str) -> list[tuple[str, str]]:
    """Return the placeholders of a wording as pairs of name and form, such as ("h", "="), in order."""
    return _PLACEHOLDER.findall(wording)


def worded(message: Message, language: Language = "en", sample: int | None = None) -> str:
    """Return the message as plain text. If a sample is given, the symbols of its numbers are written without it."""
    words = wordings(language)
    return _Speaker(words if message.key in words else training_wordings(language), sample).say(message)


class _Speaker:
    """Converts messages to text in one language."""

    def __init__(self, words: Mapping[str, str], sample: int | None) -> None:
        self.words = words
        self.sample = sample

    def say(self, message: Message) -> str:
        """Return the wording of the message with its placeholders filled in."""

        def filled(found: re.Match[str]) -> str:
            name, how = found.groups()
            if name in message.values:
                return _apart(found, self._valued(message.values[name], how == ","))
            return self._named(message.refs[name], how)

        return _PLACEHOLDER.sub(filled, self.words[message.key])

    def _named(self, number: Named, how: str) -> str:
        if how == "#":
            return short(number.value)
        written = self._symbol(number.symbol)
        return f"{written} = {short(number.value)}" if how else written

    def _valued(self, value: Value, together: bool) -> str:
        match value:
            case Message():
                return self.say(value)
            case str():
                return value
            case float():
                return short(value)
            case int():
                return f"{value:,}"
        items = [self.say(part) if isinstance(part, Message) else self._part(part) for part in value]
        if not isinstance(value[0], Message):
            return "".join(items)
        between, last = self.words["list.between"], self.words["list.last"]
        return between.join(items) if together else last.join(filter(None, [between.join(items[:-1]), items[-1]]))

    def _part(self, part: str | Symbol | Figure) -> str:
        if isinstance(part, Symbol):
            return self._symbol(part.symbol)
        return part if isinstance(part, str) else short(part.value)

    def _symbol(self, written: str) -> str:
        of = _SAMPLE.search(written)
        bare = symbol_plain(_SAMPLE.sub("", written))
        if of is None or (self.sample is not None and of[1] == str(self.sample + 1)):
            return bare
        return self.words["symbol.of_sample"].replace("{symbol}", bare).replace("{sample}", of[1])


def _apart(found: re.Match[str], said: str) -> str:
    """Return the value with a space before it if it directly follows a Chinese character."""
    before = found.string[: found.start()]
    return f" {said}" if _HAN.search(before) and _LATIN.match(said) else said


def formulas(message: Message) -> list[Formula]:
    """Return all formulas in a message, including those in nested messages."""
    found: list[Formula] = []
    for value in message.values.values():
        if isinstance(value, Message):
            found += formulas(value)
        elif isinstance(value, tuple):
            inner = [part for part in value if isinstance(part, Message)]
            found += [one for part in inner for one in formulas(part)]
            if not inner:
                found.append(value)  # type: ignore[arg-type]
    return found
