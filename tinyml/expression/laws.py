"""The law that a formula follows, such as "Law 1: ∂ℓ/∂w = Xᵀ∇": a key with the values of its wording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, init=False, slots=True)
class Law:
    """A key, and by name the formulas or other laws that its wordings contain.

    The wordings are in `tinyml/narrate/messages/laws.<language>.json`; formulas are the same in every language, in the
    notation of `tinyml.narrate.notation`.
    """

    key: str
    values: tuple[tuple[str, str | Law], ...]

    def __init__(self, key: str, **values: str | Law) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", tuple(values.items()))

    @classmethod
    def equation(cls, formula: str) -> Law:
        """Return a law that is a formula without words."""
        return cls("law.equation", formula=formula)
