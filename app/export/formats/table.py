"""Numbers of a training step as a table of comma-separated values."""

import csv
from io import StringIO

from app.export.format import Format
from app.export.subject import Subject
from app.problems import Problem
from tinyml.core import Backend
from tinyml.tensors import tensors


def write(subject: Subject) -> bytes:
    """A tensor, with a row for each index before the last; or, if none is named, a row for each number of the step."""
    recorded, wanted = subject.recorded, subject.request.table
    arrays = {name: tensor.values for name, tensor in tensors(recorded).items()}
    arrays = {"loss": Backend.asarray(recorded.loss.value), **arrays}
    out = StringIO()
    # Everything in it is a ref, an index or a number: no text of the document, which could begin as a formula does.
    table = csv.writer(out)
    if wanted is None:
        table.writerow(["ref", "value"])
        for name, array in arrays.items():
            for at in Backend.ndindex(*array.shape):
                table.writerow([f"{name}[{','.join(map(str, at))}]" if at else name, repr(float(array[at]))])
    elif wanted in arrays:
        array = Backend.atleast_1d(arrays[wanted])
        *before, last = array.shape
        table.writerow([wanted, *range(last)])
        for at in Backend.ndindex(*before):
            table.writerow([",".join(map(str, at)), *(repr(float(value)) for value in array[at])])
    else:
        detail = f"There is no such tensor; those that there are: {', '.join(arrays)}."
        raise Problem(422, detail, ("table",), key="no_such_number")
    return out.getvalue().encode("ascii")


FORMATS = (
    Format("table", "csv", "text/csv; charset=utf-8", "step.csv", write, frozenset({"table"}), bytes=(20_000, 300)),
)
