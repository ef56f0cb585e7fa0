"""The command `tinyml-explorer verify`: checks receipts in files and prints the result.

It exits with 0 if all lines are correct, with 1 if one is not, and with 2 if a file cannot be read or is not a receipt.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app import limits
from app.schemas.receipts import Record
from app.validation_messages import validation_messages
from tinyml.verify import Budget, ReceiptError, TooMuchError, Verdict, parse, verify, verify_chain

HOLDS, WRONG, UNREADABLE = 0, 1, 2
_SCHEMA: TypeAdapter[Any] = TypeAdapter(Record)


def verify_files(names: Sequence[str]) -> int:
    """Check the receipts in files, each with one receipt or a chain, or on standard input for "-". Returns the exit
    code.

    The receipts of several files follow each other, in the order of the files.
    """
    files = _Files(names)
    try:
        found = files.verdict()
    except OSError as error:
        return _refuse(f"{files.name} cannot be read: {error.strerror or 'something is wrong with it'}.")
    except ValidationError as error:
        detail = validation_messages(error.errors())[0].detail.replace("The body", "The file")
        return _refuse(f"{files.name} is no receipt: {detail}")
    except (ReceiptError, TooMuchError) as error:
        return _refuse(f"{files.name} is no receipt: {error}")
    if not found.ok:
        print(f"{files.name}: {found.message}")
        return WRONG
    lines = f"all {found.lines:,} lines hold"
    chain = f", and each of the {found.receipts:,} receipts follows from the one before" if found.receipts else ""
    print(f"{', '.join(names)}: {lines}{chain}")
    return HOLDS


class _Files:
    """Files that are read one after another; `name` is the one read last."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self.name = names[0]

    def verdict(self) -> Verdict:
        """The result of the check. A file with one receipt is not a chain."""
        budget = Budget(receipts=limits.MAX_RECEIPTS)
        if len(self._names) == 1:
            return verify(_read(self.name), budget)
        return verify_chain(self._receipts(), budget)

    def _receipts(self) -> Iterator[object]:
        for name in self._names:
            self.name = name
            record = _read(name)
            yield from record.get("receipts", [record])


def _read(name: str) -> dict[str, Any]:
    """A receipt or a chain, as in the file."""
    # One byte more than allowed, to see whether the file is longer.
    if name == "-":
        content = sys.stdin.buffer.read(limits.MAX_RECEIPT_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(limits.MAX_RECEIPT_BYTES + 1)
    if len(content) > limits.MAX_RECEIPT_BYTES:
        raise ReceiptError(f"it has more than {limits.MAX_RECEIPT_BYTES:,} bytes, MAX_RECEIPT_BYTES.", ())
    record = parse(content)
    _SCHEMA.validate_python(record)
    if not isinstance(record, dict):
        raise TypeError("the schema accepts only objects")
    return record


def _refuse(reason: str) -> int:
    print(f"tinyml-explorer verify: {reason}", file=sys.stderr)
    return UNREADABLE
