"""The command `tinyml-explorer export`: writes a document's training step as a file for other programs.

It exits with 0 after the file was written, and with 2 if the document or the export is refused.
"""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app import limits
from app.export import export, find
from app.known import KnownDocument
from app.problems import LimitProblem, Problem
from app.schemas.document import NetworkDocument
from app.schemas.exports import ExportRequest
from app.validation_messages import validation_messages

WRITTEN, REFUSED = 0, 2
# The options of the command that are fields of the request, and those that are fields of a part of it.
FIELDS = ("step", "cursor", "language", "seed", "table")
PARTS = {"convention": ("layout", "first_index", "derivative"), "figure": ("theme", "numbers", "sample")}


def export_file(options: Namespace) -> int:
    """Write the export of the document in a file, or of the one on standard input for "-", to another file or to
    standard output. Returns the exit code.
    """
    name: str = options.file
    try:
        made = find(options.what, options.format)
        document = NetworkDocument.model_validate_json(_read(name))
    except OSError as error:
        return _refuse(f"{error.filename or name}: {error.strerror or 'something is wrong with it'}.")
    except ValidationError as error:
        return _refuse(f"{name} is no network document: {validation_messages(error.errors())[0].detail}")
    except Problem as problem:
        return _refuse(problem.detail)
    try:
        content = export(KnownDocument(document), made, ExportRequest(document=document, **_fields(options)))
        if options.output is None:
            sys.stdout.buffer.write(content)
        else:
            options.output.write_bytes(content)
    except OSError as error:
        return _refuse(f"{error.filename or 'standard output'}: {error.strerror or 'it cannot be written'}.")
    except ValidationError as error:
        first = validation_messages(error.errors())[0]
        return _refuse(f"--{str(first.where[-1]).replace('_', '-')}: {first.detail}")
    except Problem as problem:
        return _refuse(problem.detail)
    return WRITTEN


def _fields(options: Namespace) -> dict[str, Any]:
    """The fields of the request that the options set."""

    def given(names: tuple[str, ...]) -> dict[str, Any]:
        return {name: value for name in names if (value := getattr(options, name)) is not None}

    return given(FIELDS) | {part: found for part, names in PARTS.items() if (found := given(names))}


def _read(name: str) -> bytes:
    """A document, as long as a request may be."""
    most = limits.MAX_BODY_BYTES
    if name == "-":
        content = sys.stdin.buffer.read(most + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(most + 1)
    if len(content) > most:
        raise LimitProblem("MAX_BODY_BYTES", len(content), ())
    return content


def _refuse(reason: str) -> int:
    print(f"tinyml-explorer export: {reason}", file=sys.stderr)
    return REFUSED
