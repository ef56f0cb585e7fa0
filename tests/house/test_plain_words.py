"""Docs, docstrings, comments, errors and the page's English texts are plain English."""

from pathlib import Path

import pytest

from tests.house.plain_words import LIST, ROOT, WORDS, listed, misplaced, prose, to_rewrite

# How many files were to be rewritten when this test was made. It may only become smaller.
MOST_LISTED = 295


def test_words_that_this_project_does_not_write_are_in_no_other_file_than_the_listed() -> None:
    assert misplaced() == []


def test_the_list_becomes_only_shorter() -> None:
    assert listed() == sorted(set(listed()))
    assert len(listed()) <= MOST_LISTED, f"rewrite the file rather than add it to {LIST.name}"


def test_a_file_that_was_moved_keeps_its_place_in_the_list() -> None:
    for name in ("app/cli.py", "somewhere/else/cli.py"):
        assert to_rewrite([name]) == [ROOT / "app" / "cli.py"]
    assert to_rewrite(["app/main.py"]) == [ROOT / "app" / "main.py"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "a.py",
            'told = 1  # told anew\nf("told", f"nobody {told} of its own")\n',
            ["told", "anew", "nobody", "of its own"],
        ),
        ("a.ts", "const told = 'told so'; // likewise\n/* whoever\n lies in */\n", ["likewise", "whoever", "lies in"]),
        ("a.md", "`told` comes to\n```\nlets go\n```\nHands back\n", ["comes to", "Hands back"]),
    ],
)
def test_names_in_the_code_are_not_prose(tmp_path: Path, name: str, text: str, words: list[str]) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [word[0] for _, part in prose(path) for word in WORDS.finditer(part)] == words
