"""Programs that print the loss and every gradient: one format for each dialect."""

from functools import partial
from typing import get_args

from app.export.code import Dialect, program
from app.export.format import Format
from app.export.subject import Subject


def write(dialect: Dialect, subject: Subject) -> bytes:
    """The program of a training step."""
    document = subject.document
    return program(subject.recorded, document.layers, document.loss, document.name, dialect).encode()


FORMATS = tuple(
    Format("code", dialect, "text/x-python; charset=utf-8", f"{dialect}.py", partial(write, dialect))
    for dialect in get_args(Dialect)
)
