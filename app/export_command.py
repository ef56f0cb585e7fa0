"""The command `tinyml-explorer export`: writes a document's training step as a file for other programs.

It exits with 0 after the file was written, and with 2 if the document or the export is refused.
"""

import sys
from pathlib import Path

from pydantic import ValidationError

from app import limits
from app.export import export, find
from app.known import KnownDocument
from app.problems import LimitProblem, Problem
from app.schemas.document import NetworkDocument
from app.validation_messages import validation_messages

WRITTEN, REFUSED = 0, 2


def export_file(what: str, format: str, name: str, output: Path | None) -> int:
    """Write the export of the document in a file, or of the one on standard input for "-", to another file or to
    standard output. Returns the exit code.
    """
    try:
        made = find(what, format)
        content = export(KnownDocument(NetworkDocument.model_validate_json(_read(name))), made)
        if output is None:
            sys.stdout.buffer.write(content)
        else:
            output.write_bytes(content)
    except OSError as error:
        return _refuse(f"{error.filename or name}: {error.strerror or 'something is wrong with it'}.")
    except ValidationError as error:
        return _refuse(f"{name} is no network document: {validation_messages(error.errors())[0].detail}")
    except Problem as problem:
        return _refuse(problem.detail)
    return WRITTEN


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
