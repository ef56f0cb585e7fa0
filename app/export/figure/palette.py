"""The colours of a figure by theme, and how roles and signs differ without them."""

from __future__ import annotations

from typing import Literal, NamedTuple

Theme = Literal["colour", "grey"]
INK, PAPER, LINE = "#1b1b1b", "#ffffff", "#808080"


class Look(NamedTuple):
    """How a node of a role is drawn."""

    fill: str
    outline: str
    dashed: bool = False
    double: bool = False


# The chapter's colours; in grey the outlines tell the roles apart too.
NODES: dict[Theme, dict[str, Look]] = {
    "colour": {
        "bias": Look("#fff49e", "#8a7d1c"),
        "input": Look("#80ff80", "#1f7a2a"),
        "hidden": Look("#9999ff", "#4343a8"),
        "output": Look("#ff8080", "#a52f2f"),
        "probability": Look("#ffc9a3", "#9a5a20"),
    },
    "grey": {
        "bias": Look("#ffffff", INK, dashed=True),
        "input": Look("#ffffff", INK),
        "hidden": Look("#d0d0d0", INK),
        "output": Look("#ffffff", INK, double=True),
        "probability": Look("#d0d0d0", INK, double=True),
    },
}
# Blue and orange differ for colour-blind readers too; a negative number is also a dashed line.
SIGNS: dict[Theme, tuple[str, str]] = {"colour": ("#1f5fa8", "#b4530a"), "grey": ("#404040", "#404040")}
LEVELS = 8


def cell(strength: float, theme: Theme) -> str:
    """The colour of a number between −1 and 1 in a map, in steps: from orange over white to blue, or from white for
    the smallest to black.
    """
    step = round(strength * LEVELS) / LEVELS
    if theme == "grey":
        level = round(255 - 215 * (step + 1) / 2)
        return f"#{level:02x}{level:02x}{level:02x}"
    end = (15, 79, 158) if step > 0 else (163, 68, 0)
    mixed = [round(255 + (part - 255) * abs(step)) for part in end]
    return "#" + "".join(f"{part:02x}" for part in mixed)
