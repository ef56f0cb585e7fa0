"""The command `tinyml-explorer verify`: checks a receipt in a file and says what came out.

It exits with 0 where all lines hold, with 1 where one does not, with 2 where the file cannot be read or is no receipt.
"""

import sys
from pathlib import Path

import orjson
from pydantic import ValidationError

from app import limits
from app.complaints import complaints
from app.problems import Problem
from app.receipts import verdict
from app.schemas.receipts import Receipt

HOLDS, WRONG, UNREADABLE = 0, 1, 2


def verify_file(name: str) -> int:
    """Check the receipt in a file, or on standard input for "-"; the exit code."""
    try:
        found = verdict(_read(name))
    except OSError as error:
        return _refuse(f"{name} cannot be read: {error.strerror or 'something is wrong with it'}.")
    except ValidationError as error:
        return _refuse(f"{name} is no receipt: {complaints(error.errors())[0].detail.replace('The body', 'The file')}")
    except (Problem, _NotJSONError) as error:
        return _refuse(f"{name} is no receipt: {error}")
    if not found.ok:
        print(f"{name}: {found.said}")
        return WRONG
    print(f"{name}: all {found.lines:,} lines hold")
    return HOLDS


class _NotJSONError(ValueError):
    """The file is no JSON that could be a receipt."""


def _read(name: str) -> Receipt:
    # One byte more than is allowed tells whether there are more.
    if name == "-":
        content = sys.stdin.buffer.read(limits.MAX_RECEIPT_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(limits.MAX_RECEIPT_BYTES + 1)
    if len(content) > limits.MAX_RECEIPT_BYTES:
        raise _NotJSONError(f"it has more than {limits.MAX_RECEIPT_BYTES:,} bytes, MAX_RECEIPT_BYTES.")
    try:
        return Receipt.model_validate(orjson.loads(content))
    except orjson.JSONDecodeError as error:
        raise _NotJSONError("it is not JSON; save what POST /api/receipt answers.") from error


def _refuse(reason: str) -> int:
    print(f"tinyml-explorer verify: {reason}", file=sys.stderr)
    return UNREADABLE
