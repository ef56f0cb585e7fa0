"""The answers in docs/receipts.md are the service's."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.examples import examples
from app.known import KnownDocument
from app.receipts import receipt_answer, receipts_answer, verdict_answer
from app.schemas.document import NetworkDocument
from app.schemas.receipts import ReceiptsRequest
from static.build_hook import find_node
from tests.tinyml.verify.test_canonical import RFC_NUMBERS, float_of
from tinyml.verify import canonical, verify

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "receipts.md").read_text("utf-8")
BLOCKS: list[Any] = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
EXAMPLE, WRONG, UNLINKED = BLOCKS
(SCRIPT,) = re.findall(r"```js\n(.*?)```", PAGE, re.DOTALL)


def close(shown: Any, true: Any) -> bool:
    """Whether two structures are equal except for the last digits of their numbers."""
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
    made: dict[str, Any] = json.loads(receipt_answer(KnownDocument(document)))
    return made


def chapters_chain(steps: int) -> list[dict[str, Any]]:
    document = NetworkDocument.model_validate(examples()["chapter"]["document"])
    content = receipts_answer(ReceiptsRequest(document=document, steps=steps), KnownDocument(document))
    made: list[dict[str, Any]] = json.loads(content)["receipts"]
    return made


def test_the_receipt_on_the_page_begins_the_chapters() -> None:
    made = chapters_receipt()
    assert EXAMPLE["format"] == made["format"]
    assert close(EXAMPLE["lines"], made["lines"][:3])


def test_the_wrong_line_on_the_page_is_refused_as_shown() -> None:
    made = chapters_receipt()
    made["lines"][2]["value"] = WRONG["found"]
    assert verdict_answer(verify(made)) == WRONG


def test_the_count_of_lines_on_the_page_is_the_chapters() -> None:
    assert f"receipt.json: all {len(chapters_receipt()['lines'])} lines hold" in PAGE
    assert f"all {sum(len(made['lines']) for made in chapters_chain(2))} lines hold, and each of the 2" in PAGE


def test_the_wrong_chain_on_the_page_is_refused_as_shown() -> None:
    first, second = chapters_chain(2)
    second["document"] = first["document"]
    assert verdict_answer(verify({"receipts": [first, second]})) == UNLINKED


def test_the_script_on_the_page_writes_the_same_canonical_json() -> None:
    texts = {
        "ref": "x[0,0]",
        "law": 'Ŷ = Xw + b\n\t"\\\u0001\u007f',
        "😀": "€",
        "\ufb33": None,
        "on": [True, False, [], {}],
    }
    values = [*chapters_chain(2), [float_of(bits) for bits, _ in RFC_NUMBERS], texts]
    program = f"{SCRIPT}\nconsole.log(canonical(JSON.parse(require('fs').readFileSync(0, 'utf8'))))"
    command = [find_node()[0], "-e", program]
    sent = json.dumps(values).encode()
    run = subprocess.run(command, input=sent, capture_output=True, check=True, timeout=60)
    assert run.stdout.rstrip(b"\n") == canonical(values)
