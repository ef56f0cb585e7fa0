"""Draws the rooms of the code: docs/rooms-engine.svg, rooms-service.svg and rooms-page.svg.

    .venv/bin/python -m docs.draw_rooms

The rows are those of the tables in tests/house that the imports of all files are held to; a test requires that the
pictures are up to date.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from tests.house.test_page_rooms import MAY_IMPORT
from tests.house.test_rooms import ENGINE, SERVICE

FOLDER = Path(__file__).resolve().parent
WIDTH, ROW, BOX, SIDE, GAP = 820, 42, 28, 64, 10
LETTER = 7.4  # the width of a letter of 12 pixels
STYLE = (
    "text{font:12px ui-monospace,monospace;fill:#1f1d1a;text-anchor:middle}"
    ".paper{fill:#fff}.row{fill:#f4f1ea}.room{fill:#fff;stroke:#8a8377}path{fill:none;stroke:#5c574e;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){text{fill:#ece8e1}.paper{fill:#1c1b19}.row{fill:#26241f}"
    ".room{fill:#33302a;stroke:#8a8377}path{stroke:#b8b1a5}}"
)
Rows = Sequence[Sequence[str]]


def levels(table: Mapping[str, set[str]]) -> list[list[str]]:
    """The rooms in rows: each above all that it may import, as low as possible."""
    rows: list[list[str]] = []
    placed: set[str] = set()
    while len(placed) < len(table):
        row = sorted(room for room in table if room not in placed and table[room] <= placed)
        rows.append(row)
        placed.update(row)
    return rows


def boxes(row: Sequence[str], y: int) -> list[str]:
    """The rooms of a row beside each other, in the middle."""
    widths = [len(room) * LETTER + 22 for room in row]
    x = SIDE + (WIDTH - SIDE - sum(widths) - GAP * (len(row) - 1)) / 2
    parts = []
    for room, width in zip(row, widths, strict=True):
        parts.append(f'<rect class="room" x="{x:.0f}" y="{y}" width="{width:.0f}" height="{BOX}" rx="6"/>')
        parts.append(f'<text x="{x + width / 2:.0f}" y="{y + 18}">{escape(room)}</text>')
        x += width + GAP
    return parts


def fitting(row: Sequence[str]) -> list[list[str]]:
    """A row in as many lines as its boxes need."""
    lines: list[list[str]] = [[]]
    for room in row:
        if sum(len(one) * LETTER + 22 + GAP for one in [*lines[-1], room]) > WIDTH - SIDE - 2 * GAP:
            lines.append([])
        lines[-1].append(room)
    return lines


def picture(rows: Rows, title: str) -> str:
    """The rows, given from the lowest, with the highest on top."""
    parts, y = [], 8
    for row in reversed(rows):
        lines = fitting(row)
        height = ROW * len(lines)
        parts.append(f'<rect class="row" x="{SIDE}" y="{y}" width="{WIDTH - SIDE - 8}" height="{height - 4}" rx="8"/>')
        for number, line in enumerate(lines):
            parts += boxes(line, y + 5 + ROW * number)
        y += height
    middle, foot = SIDE // 2, y - 12
    arrow = f"M{middle} 36V{foot}m-5 -8l5 8l5 -8"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 4}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{y + 4}"/>',
            f'<text x="{middle}" y="26">imports</text><path d="{arrow}"/>',
            *parts,
            "</svg>\n",
        ]
    )


def named(rows: Rows, package: str) -> list[list[str]]:
    """The rooms without the name of their package, which is the highest or the lowest of them and no room to draw."""
    short = [[room.removeprefix(f"{package}.") for room in row if room != package] for row in rows]
    return [row for row in short if row]


def pictures() -> Iterator[tuple[Path, str]]:
    """The files with what belongs in them."""
    yield FOLDER / "rooms-engine.svg", picture(named(ENGINE, "tinyml"), "Rooms of the engine, tinyml")
    yield FOLDER / "rooms-service.svg", picture(named(SERVICE, "app"), "Rooms of the service, app")
    yield FOLDER / "rooms-page.svg", picture(levels(MAY_IMPORT), "Rooms of the page, static/src")


if __name__ == "__main__":
    for path, content in pictures():
        path.write_text(content, "utf-8")
