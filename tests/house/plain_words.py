"""Words that this project does not write.

`python -m tests.house.plain_words` prints where they are, as `dev.py lint` does.
"""

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = re.compile(
    r"\b(anew|likewise|whoever|nobody|somebody|anybody|told|lies? in|stands? in|of its own|comes? to|came to|lets? go"
    r"|hand(s|ed|ing)? (back|over|on)|(ask|asks|asked|asking) for|call(s|ed|ing)? off|(hold|holds|held) against"
    r"|goes without|(take|takes|took|taken) away|(tell|tells|telling) apart|works? out|worked out|once more|for ever"
    r"|in its stead|thereof|hitherto)\b",
    re.IGNORECASE,
)
# In a text, the code of an f-string, and names of code.
EXPRESSION = re.compile(r"\{[^{}\n]*\}|`[^`\n]*`")
NAME = re.compile(r"`[^`\n]*`")
# What tools make, what other versions wrote, and the history, which stays as it was written.
LEFT_OUT = {"node_modules", "dist", "__pycache__", "build", "schema.d.ts", "CHANGELOG.md"}
KEPT = ROOT / "tests" / "compatibility"
WORDINGS = ROOT / "tinyml" / "narrate" / "messages" / "en.json"
ENGLISH = ROOT / "static" / "src" / "texts" / "en"
# The words themselves are here.
SELF = {"plain_words.py", "test_plain_words.py"}


def files() -> Iterator[Path]:
    """Every file with prose in it."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name.startswith(".") or (path.name in LEFT_OUT and path != ROOT / "static" / "src" / "build"):
                continue
            if path.is_dir():
                folders += [path] if path != KEPT else []
            elif path == WORDINGS or (path.suffix in {".py", ".ts", ".tsx", ".css", ".md"} and path.name not in SELF):
                yield path


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The file's texts and comments, each with the number of its first line; names in the code are not among them."""
    text = path.read_text("utf-8")
    match path.suffix:
        case ".md":
            # Code keeps its lines, so that those after it keep their numbers.
            code = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
            yield 1, code.sub(lambda found: "\n" * found[0].count("\n"), text)
        case ".py":
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                kind = tokenize.tok_name[token.type]
                # A text of one word is a name too.
                if kind == "COMMENT" or (kind in {"STRING", "FSTRING_MIDDLE"} and " " in token.string):
                    yield token.start[0], EXPRESSION.sub("", token.string)
        case ".json":
            yield 1, text
        case _:
            comments = r"/\*.*?\*/|(?<![:'\"`])//[^\n]*"
            texts = r"|'[^'\n]* [^'\n]*'|`[^`]* [^`]*`" if ENGLISH in path.parents else ""
            for found in re.finditer(comments + texts, text, re.DOTALL):
                part = found[0]
                yield text.count("\n", 0, found.start()) + 1, NAME.sub("", part) if part.startswith("/") else part


def found(path: Path) -> list[str]:
    """Each of the words with its line."""
    # Most files have none, and to take a file apart takes longer.
    if not WORDS.search(path.read_text("utf-8")):
        return []
    return [
        f"{path.relative_to(ROOT).as_posix()}:{line + text.count(chr(10), 0, word.start())}: {word[0]}"
        for line, text in prose(path)
        for word in WORDS.finditer(text)
    ]


def misplaced() -> list[str]:
    """Where the words are, by file and line."""
    return sorted(place for path in files() for place in found(path))


def main() -> int:
    """Print the words that are to go, and return 1 where there are any."""
    places = misplaced()
    print("\n".join([*places, f"{len(places)} words to write in plain English" if places else "no such words"]))  # noqa: T201
    return bool(places)


if __name__ == "__main__":
    sys.exit(main())
