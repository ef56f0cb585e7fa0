"""What a record cannot be checked for."""

from __future__ import annotations


class ReceiptError(ValueError):
    """The record is no receipt; `where` is the place in it that says so."""

    def __init__(self, detail: str, where: tuple[str | int, ...]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.where = where


class MisfitError(ValueError):
    """A layer does not take what the layer before it gives, or is set so that nothing comes out."""


class TooMuchError(ValueError):
    """There is more to look at than was allowed; `what` there is more of than `allowed`: "lines", "factors" or
    "receipts".
    """

    def __init__(self, what: str, allowed: int) -> None:
        super().__init__(f"There are more than {allowed:,} {what}; allow more, or take fewer samples or steps.")
        self.what = what
        self.allowed = allowed


class Budget:
    """How many receipts, lines and factors may be looked at, over all receipts together; any number where none is
    given.
    """

    def __init__(self, lines: int | None = None, factors: int | None = None, receipts: int | None = None) -> None:
        self._allowed = {"lines": lines, "factors": factors, "receipts": receipts}
        self._spent = dict.fromkeys(self._allowed, 0)

    def spend(self, what: str, count: int = 1) -> None:
        """Take some of it. Raises TooMuchError where there is not so much left."""
        self._spent[what] += count
        allowed = self._allowed[what]
        if allowed is not None and self._spent[what] > allowed:
            raise TooMuchError(what, allowed)
