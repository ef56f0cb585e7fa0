"""What docs/receipts.md shows is what the service answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.documents import build
from app.examples import examples
from app.receipts import receipt_answer, verdict, verdict_answer
from app.schemas.document import NetworkDocument
from app.schemas.receipts import Receipt

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "receipts.md").read_text("utf-8")
BLOCKS: list[Any] = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
EXAMPLE, WRONG = BLOCKS


def close(shown: Any, true: Any) -> bool:
    """Whether two structures are the same but for the last digits of their numbers."""
    match shown, true:
        case list(), list():
            return len(shown) == len(true) and all(map(close, shown, true))
        case dict(), dict():
            return list(shown) == list(true) and all(close(shown[key], true[key]) for key in shown)
        case float(), float():
            return shown == pytest.approx(true, rel=1e-12)
    return bool(shown == true)


def chapters_receipt() -> dict[str, Any]:
    document = NetworkDocument.model_validate(examples()["chapter"]["document"])
    made: dict[str, Any] = json.loads(receipt_answer(document, build(document)))
    return made


def test_the_receipt_on_the_page_begins_the_chapters() -> None:
    made = chapters_receipt()
    assert EXAMPLE["format"] == made["format"]
    assert close(EXAMPLE["lines"], made["lines"][:3])


def test_the_wrong_line_on_the_page_is_told_so() -> None:
    made = chapters_receipt()
    made["lines"][2]["value"] = WRONG["found"]
    assert verdict_answer(verdict(Receipt.model_validate(made))) == WRONG


def test_the_count_of_lines_on_the_page_is_the_chapters() -> None:
    assert f"receipt.json: all {len(chapters_receipt()['lines'])} lines hold" in PAGE
