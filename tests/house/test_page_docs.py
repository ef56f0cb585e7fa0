"""The limits in docs/page.md are those of the page's code."""

import re
from pathlib import Path

from app import limits

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")


def constants(path: str) -> dict[str, int]:
    """The named limits of a TypeScript file; products of integers are computed."""
    source = (ROOT / "static" / "src" / path).read_text(encoding="utf-8")
    found = re.findall(r"^export const (MAX_\w+) = ([\d_ *]+);", source, re.MULTILINE)
    values = {}
    for name, text in found:
        value = 1
        for factor in text.split("*"):
            value *= int(factor)
        values[name] = value
    return values


def test_every_limit_of_links_and_files_is_documented() -> None:
    rows = re.findall(r"^\| `(MAX_\w+)` \| ([\d,]+) ", PAGE, re.MULTILINE)
    documented = {name: int(value.replace(",", "")) for name, value in rows}
    assert documented == constants("documents/untrusted.ts") | constants("model/shared-state.ts")


def test_a_file_may_have_what_the_service_takes() -> None:
    page = constants("documents/untrusted.ts")
    assert page["MAX_BYTES"] == limits.MAX_BODY_BYTES
    assert page["MAX_BRACKETS"] == limits.MAX_BRACKETS
    assert page["MAX_NUMBERS"] == 3 * limits.MAX_PARAMETERS + limits.MAX_ACTIVATIONS


def test_the_bounds_of_the_history_and_the_comparison_are_documented() -> None:
    entries = constants("state/history.ts")["MAX_ENTRIES"]
    rows = constants("state/compare.ts")["MAX_ROWS"]
    assert f"The last {entries} entries are kept" in PAGE
    assert f"It shows up to {rows} of them" in PAGE


def test_the_number_of_weights_in_a_table_is_documented() -> None:
    rows = constants("tables/rows.ts")["MAX_ROWS"]
    assert f"up to {rows} weights (`MAX_ROWS` in" in PAGE


def test_the_number_of_losses_in_a_table_is_documented() -> None:
    listed = constants("training/losses.ts")["MAX_LISTED"]
    assert f"*As a table* lists {listed} of them (`MAX_LISTED` in" in PAGE
