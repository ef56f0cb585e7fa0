"""The table of all exports, and one of them made from a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, get_args

from app import limits
from app.export.code import Dialect, program
from app.known import KnownDocument
from app.problems import LimitProblem, Problem


class Export(NamedTuple):
    """A format: the media type of its files, the end of their names, and how one is written."""

    media_type: str
    suffix: str
    write: Callable[[KnownDocument], bytes]


def _code(dialect: Dialect, known: KnownDocument) -> bytes:
    document, recorded = known.document, known.trace()
    return program(recorded, document.layers, document.loss, document.name, dialect).encode()


EXPORTS: dict[str, dict[str, Export]] = {
    "code": {
        dialect: Export("text/x-python; charset=utf-8", f"{dialect}.py", partial(_code, dialect))
        for dialect in get_args(Dialect)
    },
}


def find(what: str, format: str) -> Export:
    """The export with these names. Raises a 404 Problem that lists those that there are."""
    found = EXPORTS.get(what, {}).get(format)
    if found is None:
        known = ", ".join(f"{of}/{name}" for of, formats in EXPORTS.items() for name in formats)
        detail = f"There is no such export; those that there are: {known}."
        raise Problem(404, detail, key="no_such_export", values={"known": known})
    return found


def export(known: KnownDocument, made: Export) -> bytes:
    """The file. Raises a LimitProblem if the training step has too many numbers for a text."""
    if known.size > limits.MAX_EXPORTED_NUMBERS:
        raise LimitProblem("MAX_EXPORTED_NUMBERS", known.size, ("document",))
    return made.write(known)


def file_name(title: str, made: Export) -> str:
    """The name of the file for a document with this name: letters, digits and dashes of ASCII."""
    stem = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "network"
    return f"{stem}-{made.suffix}"
