"""Docs, docstrings, comments, errors and the page's English texts are plain English."""

from pathlib import Path

import pytest

from tests.house.plain_words import WORDS, misplaced, prose


def test_no_text_has_a_word_that_this_project_does_not_write() -> None:
    assert misplaced() == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "a.py",
            'told = 1  # told anew\nf("told", f"nobody {told} of its own")\n',
            ["told", "anew", "nobody", "of its own"],
        ),
        (
            "a.ts",
            "const told = 'told so'; // likewise, `told`\n/* whoever\n lies in */\n",
            ["likewise", "whoever", "lies in"],
        ),
        ("b.py", '"""Of `told` nobody is told."""\n', ["nobody", "told"]),
        ("c.py", "# held against, asked for, works out\n", ["held against", "asked for", "works out"]),
        ("a.md", "`told` comes to\n```\nlets go\n```\nHands back\n", ["comes to", "Hands back"]),
    ],
)
def test_names_in_the_code_are_not_prose(tmp_path: Path, name: str, text: str, words: list[str]) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [word[0] for _, part in prose(path) for word in WORDS.finditer(part)] == words
