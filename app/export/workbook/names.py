"""Names of cells: the refs of their numbers, in the characters that spreadsheets allow."""

import re

# The number of characters that a name may have.
_LONGEST = 255
# What spreadsheets read as a cell, in both of their notations.
_CELL = re.compile(r"[a-z]{1,3}\d+|[rc]|r\d*c\d*", re.IGNORECASE)


class CellNames:
    """One name for each ref: `fc_1.w.grad[0,1]` is fc_1.w.grad_0_1. Capitals do not distinguish names there, and some
    look like a cell: those have underscores at their end.
    """

    def __init__(self) -> None:
        self._by_ref: dict[str, str] = {}
        self._taken: set[str] = set()

    def __getitem__(self, ref: str) -> str:
        """The name for a ref; the same one each time."""
        name = self._by_ref.get(ref)
        if name is None:
            name = re.sub(r"[^A-Za-z0-9_.]", "_", ref.rstrip("]"))[: _LONGEST - 55]
            while name.lower() in self._taken or _CELL.fullmatch(name):
                name += "_"
            self._by_ref[ref] = name
            self._taken.add(name.lower())
        return name
