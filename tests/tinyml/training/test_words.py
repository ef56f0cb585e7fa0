"""What is said about trainings, in both languages; the program in the documentation."""

import re
from pathlib import Path

import pytest

from tinyml.narrate import LANGUAGES, placeholders, training_wordings, worded
from tinyml.narrate.wording import Language
from tinyml.training import Notice

ROOT = Path(__file__).resolve().parents[3]
NOTICES = [
    Notice("dead", "relu_1", (0, 2), 6),
    Notice("saturated", "tanh_1", (1,), 4),
    Notice("vanishing", size=12_345.6),
    Notice("exploding", size=2_000.0),
    Notice("plateau", size=0.25),
    Notice("learned", size=1e-33),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_is_a_sentence(language: Language) -> None:
    words = training_wordings(language)
    assert {f"training.{notice.kind}" for notice in NOTICES} == words.keys()
    for notice in NOTICES:
        said = worded(notice.message(1_234), language)
        assert "1,234" in said
        assert "{" not in said
        assert set(placeholders(words[f"training.{notice.kind}"])) == set(
            placeholders(training_wordings("en")[f"training.{notice.kind}"])
        )
    assert ("2 of 6 units of relu_1" in worded(NOTICES[0].message(1), language)) == (language == "en")


def test_the_program_in_the_documentation_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "engine.md").read_text("utf-8")
    section = text.split("\n## Trainings that can be opened at any step\n")[1].split("\n## ")[0]
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found is not None
    exec(found[1], {})
    *_, last = capsys.readouterr().out.splitlines()
    assert last.split()[0] in {"epochs", "loss", "plateau"}
