"""Words that this project does not write, and the files that still have them.

`python -m tests.house.plain_words` prints where they are in other files, as `dev.py lint` does; with `--all` where they
are in the listed files. With `--shorten` it removes the files without any from the list.
"""

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("not_yet_plain.txt")
WORDS = re.compile(
    r"\b(anew|likewise|whoever|nobody|told|lies in|stands in|of its own|comes to|lets go|hands back)\b", re.IGNORECASE
)
# In a text, the code of an f-string, and names of code.
EXPRESSION = re.compile(r"\{[^{}\n]*\}|`[^`\n]*`")
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
                yield text.count("\n", 0, found.start()) + 1, found[0]


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


def listed() -> list[str]:
    """The files that are still to be rewritten."""
    return LIST.read_text("utf-8").splitlines()


def to_rewrite(names: list[str]) -> list[Path]:
    """The files that are listed, and those with the name of a listed one that is not there any more: they were moved to
    another folder.
    """
    known = {ROOT / name for name in names}
    moved = {path.name for path in known if not path.exists()}
    return [path for path in files() if path in known or path.name in moved]


def misplaced() -> list[str]:
    """Where the words are in files that are not listed."""
    rewritten = set(files()).difference(to_rewrite(listed()))
    return sorted(place for path in rewritten for place in found(path))


def main(*arguments: str) -> int:
    """Print the words that are to go, and return 1 where there are any."""
    if "--shorten" in arguments:
        left = sorted(path.relative_to(ROOT).as_posix() for path in to_rewrite(listed()) if found(path))
        LIST.write_text("".join(f"{name}\n" for name in left), "utf-8")
    old = "--all" in arguments and [place for path in to_rewrite(listed()) for place in found(path)]
    places = old or misplaced()
    print("\n".join([*places, f"{len(places)} words to write in plain English" if places else "no such words"]))  # noqa: T201
    return bool(places)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
