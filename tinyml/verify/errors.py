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
    """There is more to look at than was allowed; `what` there is more of than `allowed`: "lines" or "factors"."""

    def __init__(self, what: str, allowed: int) -> None:
        super().__init__(f"The receipt has more than {allowed:,} {what}; allow more, or take fewer samples.")
        self.what = what
        self.allowed = allowed
