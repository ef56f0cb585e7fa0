"""The rooms of the page (`static/src`): which of them may import which, and how many files they have."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.house.page_imports import circles, imports_of

SOURCES = Path(__file__).resolve().parents[2] / "static" / "src"

# What a room may import beside its own files, from the bottom up; no room imports one that is below it in this table.
HELPERS: dict[str, set[str]] = {
    # The shapes of the service's answers.
    "types": set(),
    # Pure: refs, cursor, symbols, the picture of an answer. No signals, no DOM.
    "model": {"types"},
    "texts": {"types", "model"},
    "api": {"types", "model"},
    "numbers": {"texts", "model"},
    # The typesetter of formulas and sentences.
    "maths": {"types", "model", "texts", "numbers"},
    # Links and files.
    "documents": {"types", "model", "texts"},
    "state": {"types", "model", "texts", "api", "numbers", "maths", "documents"},
    "ui": {"types", "model", "texts", "api", "numbers", "maths", "state"},
    # The drawing of the page as a file.
    "picture": {"types", "model", "texts", "numbers", "maths", "state", "ui"},
}
VIEWS = {"build", "check", "diagram", "flow", "history", "inspector", "maps", "matrices", "share"}
VIEWS |= {"tables", "timeline", "train", "training"}
MAY_IMPORT: dict[str, set[str]] = {
    **HELPERS,
    # A view imports no other view; what two views need is in `ui`, `state` or `model`.
    **{view: set(HELPERS) for view in VIEWS},
    # These two put views together.
    "print": set(HELPERS) | VIEWS,
    "page": set(HELPERS) | VIEWS | {"print"},
    "main.tsx": {"page", "state", "texts"},
    # The script of saved web pages.
    "saved.tsx": {"types", "api", "model", "page", "state", "texts"},
    # The reference of the API, a separate page.
    "reference": {"texts", "state"},
}
TYPES = {"api/schema.d.ts", "api/types.ts"}

MOST_FILES = 250
MOST_SMALL_FILES = 25
SMALL = 25
MOST_LINES = 300
GENERATED = {"api/schema.d.ts"}

Imports = Mapping[str, Sequence[str]]


def room_of(file: str) -> str:
    return "types" if file in TYPES else file.split("/")[0]


def forbidden(imports: Imports, may_import: Mapping[str, set[str]]) -> Iterator[str]:
    """Files in no room, and imports that the table does not allow."""
    for file, imported in imports.items():
        room = room_of(file)
        if room not in may_import:
            yield f"{file} is in no room"
            continue
        for other in imported:
            if room_of(other) not in may_import[room] | {room}:
                yield f"{file} imports {other}"


@pytest.fixture(scope="module")
def imports() -> Imports:
    return imports_of(SOURCES)


def test_rooms_import_only_what_is_below_them(imports: Imports) -> None:
    assert len(imports) > 200
    assert list(forbidden(imports, MAY_IMPORT)) == []
    assert set(MAY_IMPORT) == {room_of(file) for file in imports}


def test_there_is_no_circle_of_rooms_and_none_of_files(imports: Imports) -> None:
    assert circles(MAY_IMPORT) == []
    assert circles(imports) == []


def test_the_model_has_no_signals_and_no_document(imports: Imports) -> None:
    for file in imports:
        if room_of(file) == "model":
            text = (SOURCES / file).read_text("utf-8")
            assert "preact" not in text, file
            assert "document.querySelector" not in text, file
            assert "window." not in text, file


def test_files_are_few_and_of_a_size_to_read(imports: Imports) -> None:
    counts = {file: len((SOURCES / file).read_text("utf-8").splitlines()) for file in imports}
    own = {file: count for file, count in counts.items() if room_of(file) != "texts"}
    small = sorted(file for file, count in own.items() if count < SMALL)
    assert len(own) <= MOST_FILES
    assert len(small) <= MOST_SMALL_FILES, small
    assert [file for file, count in counts.items() if count > MOST_LINES and file not in GENERATED] == []


def made_up(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_every_kind_of_import_is_found(tmp_path: Path) -> None:
    folder = made_up(
        tmp_path,
        {
            "state/a.ts": "import type { B } from '../model/b';\nimport './a.css';\nimport x from 'preact';",
            "state/c.ts": "export { d } from './d';\nexport * from '../model/e';\n// from './a'",
            "state/d.ts": "const wait = () => import('./c');\ntype T = typeof import('../ui/f');",
            "state/w.ts": "new Worker(new URL('./d.ts', import.meta.url))",
            "model/b.ts": "",
            "model/e/index.ts": "import {\n  one,\n  type Two,\n} from '../b';",
            "ui/f.tsx": "import { a } from '@/state/a';\nconst said = \"import of 'nothing'\";",
        },
    )
    assert imports_of(folder) == {
        "model/b.ts": [],
        "model/e/index.ts": ["model/b.ts"],
        "state/a.ts": ["model/b.ts"],
        "state/c.ts": ["model/e/index.ts", "state/d.ts"],
        "state/d.ts": ["state/c.ts", "ui/f.tsx"],
        "state/w.ts": ["state/d.ts"],
        "ui/f.tsx": ["state/a.ts"],
    }
    assert circles(imports_of(folder)) == [["state/c.ts", "state/d.ts"]]


def test_an_import_of_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="gone"):
        imports_of(made_up(tmp_path, {"state/a.ts": "import { gone } from './gone';"}))


def test_what_the_table_does_not_allow_is_found() -> None:
    tree = {
        "model/refs.ts": ["state/store.ts"],
        "state/store.ts": ["model/refs.ts", "api/types.ts"],
        "maps/view.ts": ["tables/rows.ts", "state/store.ts"],
        "page/App.tsx": ["maps/view.ts"],
        "loose.ts": [],
        "attic/old.ts": [],
    }
    assert list(forbidden(tree, MAY_IMPORT)) == [
        "model/refs.ts imports state/store.ts",
        "maps/view.ts imports tables/rows.ts",
        "loose.ts is in no room",
        "attic/old.ts is in no room",
    ]
    assert circles(tree) == [["model/refs.ts", "state/store.ts"]]
