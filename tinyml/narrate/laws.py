"""The laws of explanations in words and formulas. The wordings are in `messages/laws.<language>.json`, one entry for
each key; a wording contains the names of the law's formulas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tinyml.expression import Law
from tinyml.narrate.notation import LawNode, formula
from tinyml.narrate.wording import Language

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Part = str | tuple[LawNode, ...]


class WordedLaw(NamedTuple):
    """A law in a language: English if the requested language has no wording for it. A formula in its `parts` is
    divided into pieces; a line may break between any two of them.
    """

    language: Language
    parts: tuple[Part, ...]


@cache
def law_wordings(language: Language) -> dict[str, str]:
    """Return the wordings of all laws in a language, by their keys."""
    found: dict[str, str] = json.loads(
        files("tinyml.narrate").joinpath("messages", f"laws.{language}.json").read_text("utf-8")
    )
    return found


@lru_cache(maxsize=512)
def law_in(law: Law, language: Language = "en") -> WordedLaw:
    """Return a law in a language, as prose and formulas; the key if there is no wording for it."""
    known = law.key in law_wordings(language)
    parts: list[Part] = []
    for part in _parts(law, language if known else "en"):
        set_as = part if isinstance(part, str) else formula(part.written)
        if isinstance(set_as, str) and parts and isinstance(parts[-1], str):
            parts[-1] += set_as
        elif set_as:
            parts.append(set_as)
    return WordedLaw(language if known else "en", tuple(parts))


@lru_cache(maxsize=512)
def plain_law(law: Law, language: Language = "en") -> str:
    """Return a law in a language, as a line of text."""
    return "".join(part if isinstance(part, str) else part.written for part in _parts(law, language))


class _Formula(NamedTuple):
    written: str


def _parts(law: Law, language: Language) -> Iterator[str | _Formula]:
    values = dict(law.values)
    # The parts with an odd index are the names of placeholders.
    for place, part in enumerate(_PLACEHOLDER.split(law_wordings(language).get(law.key, law.key))):
        value = values[part] if place % 2 else part
        if isinstance(value, Law):
            yield from _parts(value, language)
        else:
            yield _Formula(value) if place % 2 else value
