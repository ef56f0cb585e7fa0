"""Errors that prevent a record from being checked."""

from __future__ import annotations


class ReceiptError(ValueError):
    """The record is not a receipt; `where` is the place of the fault in it."""

    def __init__(self, detail: str, where: tuple[str | int, ...]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.where = where


class MisfitError(ValueError):
    """A layer does not accept the output of the layer before it, or its settings give an empty output."""


class TooMuchError(ValueError):
    """The record exceeds the budget: it has more than `allowed` of `what`, one of "lines", "factors" and "receipts"."""

    def __init__(self, what: str, allowed: int) -> None:
        super().__init__(f"There are more than {allowed:,} {what}; allow more, or take fewer samples or steps.")
        self.what = what
        self.allowed = allowed


class Budget:
    """The number of receipts, lines and factors that may be read in all receipts together; unlimited by default."""

    def __init__(self, lines: int | None = None, factors: int | None = None, receipts: int | None = None) -> None:
        self._allowed = {"lines": lines, "factors": factors, "receipts": receipts}
        self._spent = dict.fromkeys(self._allowed, 0)

    def spend(self, what: str, count: int = 1) -> None:
        """Use up a part of the budget. Raises TooMuchError if less than that is left."""
        self._spent[what] += count
        allowed = self._allowed[what]
        if allowed is not None and self._spent[what] > allowed:
            raise TooMuchError(what, allowed)
