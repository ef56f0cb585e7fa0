"""The rooms of the engine and the service: which of them may import which, without import cycles."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.house.page_imports import circles
from tests.house.python_imports import imports_of

ROOT = Path(__file__).resolve().parents[2]

# From the bottom up: a room may import those of all lines before, and none of the same line.
ENGINE: Final = (
    # Arrays, parameters, compiled programs, random generators. Receipts are checked without the engine's code.
    ("tinyml.core", "tinyml.verify"),
    # Data; layers and losses as lines of programs.
    ("tinyml.data", "tinyml.initialisers", "tinyml.programs"),
    # Mathematics only: shapes, forward and backward programs, buffers.
    ("tinyml.layers",),
    ("tinyml.losses", "tinyml.optims", "tinyml.saving"),
    # A chain of layers with its plans; the order of a step, computed from counts.
    ("tinyml.net", "tinyml.steps"),
    # One training step, recorded. How formulas are written.
    ("tinyml.loss_trace", "tinyml.parameter_trace", "tinyml.expression"),
    ("tinyml.trace",),
    # Equations of matrices, over the tensors of a trace; what follows from a trace without formulas.
    ("tinyml.equations", "tinyml.flow", "tinyml.learner", "tinyml.rounding", "tinyml.tensors"),
    # Any number as a formula, any step as equations.
    ("tinyml.explain",),
    ("tinyml.graph", "tinyml.progress", "tinyml.narrate"),
    ("tinyml.gradient_check", "tinyml.receipt", "tinyml.suitability", "tinyml.training"),
    # Names of the original library.
    ("tinyml.compat",),
    ("tinyml.utilities",),
    ("tinyml",),
)
SERVICE: Final = (
    (
        *(
            "app",
            "app.addresses",
            "app.aliases",
            "app.canonical",
            "app.examples",
            "app.kinds",
            "app.limits",
            "app.logs",
            "app.together",
        ),
        "app.negotiation",
    ),
    (
        *("app.metrics", "app.page_files", "app.settings", "app.shapes", "app.store", "app.suggestions"),
        "app.supervisor",
    ),
    # The schemas of requests and answers.
    ("app.schemas",),
    ("app.optimizer_state", "app.table", "app.targets", "app.validation_messages"),
    # Error answers.
    ("app.problems", "app.verify_command"),
    ("app.class_codes", "app.origins", "app.request_ids", "app.sizes", "app.supply"),
    (
        "app.guests",
        "app.options",
        "app.keeping",
        "app.middleware",
        "app.observing",
        "app.open_reading",
        "app.security_headers",
    ),
    # A document made into a network.
    ("app.documents", "app.wire"),
    # Where requests are computed, and what they cost.
    ("app.fitting", "app.known", "app.moving", "app.patching", "app.work"),
    # The engine's records as JSON, and as files for other programs.
    ("app.answers",),
    ("app.advance", "app.crossing", "app.receipts"),
    ("app.export", "app.training", "app.trainings"),
    ("app.routes",),
    ("app.openapi", "app.worker"),
    ("app.main",),
    ("app.export_command", "app.print_openapi", "app.serving"),
    ("app.cli",),
)
ROOMS: Final = (*ENGINE, *SERVICE)
# Rooms that import no other room.
ALONE: Final = {"tinyml.verify"}

Imports = Mapping[str, Sequence[str]]
Lines = Sequence[Sequence[str]]


def room_of(module: str, lines: Lines) -> str | None:
    """The room of a module: the longest name in the table that it begins with. The root of a package is a room for
    itself only.
    """
    rooms = {room for line in lines for room in line}
    parts = module.split(".")
    found = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((room for room in found if room in rooms and ("." in room or room == module)), None)


def forbidden(imports: Imports, lines: Lines, alone: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    """Modules that are in no room, and imports of a room that is not in an earlier line."""
    place = {room: number for number, line in enumerate(lines) for room in line}
    for module, imported in imports.items():
        room = room_of(module, lines)
        if room is None:
            yield f"{module} is in no room"
            continue
        for other in imported:
            target = room_of(other, lines)
            if target is None or target == room:
                continue
            if place[target] >= place[room] or room in alone:
                yield f"{module} imports {other}"


@pytest.fixture(scope="module")
def imports() -> Imports:
    return imports_of(ROOT, "tinyml", "app")


def test_rooms_import_only_what_is_below_them(imports: Imports) -> None:
    assert len(imports) > 250
    assert list(forbidden(imports, ROOMS, ALONE)) == []


def test_every_room_is_there_and_stands_once_in_the_table(imports: Imports) -> None:
    listed = [room for line in ROOMS for room in line]
    assert sorted(listed) == sorted({room_of(module, ROOMS) or "" for module in imports})


def test_there_is_no_circle_of_modules(imports: Imports) -> None:
    assert circles(imports) == []


def test_no_import_is_for_types_only() -> None:
    # There is no cycle to avoid. These choose the checker's view of names that are known at run time only.
    files = [path for folder in ("tinyml", "app") for path in (ROOT / folder).rglob("*.py")]
    assert {path.relative_to(ROOT).as_posix() for path in files if "TYPE_CHECKING" in path.read_text("utf-8")} == {
        "app/schemas/layers/__init__.py",
        "tinyml/core/backend.py",
        "tinyml/core/special.py",
    }


def made_up(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


TREE = {
    "house/__init__.py": "",
    "house/cellar/__init__.py": "from house.cellar.wine import Wine",
    "house/cellar/wine.py": "import os\n\nWine = os.name",
    "house/kitchen.py": "from house.cellar import Wine\nfrom house import cellar",
    "house/attic/__init__.py": "",
    "house/attic/box.py": "def open():\n    from .dust import Dust\n\n    return Dust",
    "house/attic/dust.py": "from ..kitchen import Wine\n\nDust = Wine",
}
LINES = (("house.cellar",), ("house.kitchen",), ("house.attic",), ("house",))


def test_every_kind_of_import_is_found(tmp_path: Path) -> None:
    assert imports_of(made_up(tmp_path, TREE), "house") == {
        "house": [],
        "house.attic": [],
        "house.attic.box": ["house.attic.dust"],
        "house.attic.dust": ["house.kitchen"],
        "house.cellar": ["house.cellar.wine"],
        "house.cellar.wine": [],
        "house.kitchen": ["house.cellar"],
    }
    assert list(forbidden(imports_of(tmp_path, "house"), LINES)) == []
    assert circles(imports_of(tmp_path, "house")) == []


@pytest.mark.parametrize(
    "line",
    [
        "from house.kitchen import Wine",
        "import house.attic.box",
        "from ..attic import dust",
        "from house import kitchen",
    ],
)
@pytest.mark.parametrize("form", ["{}", "if TYPE_CHECKING:\n    {}", "def cook():\n    {}"])
def test_an_upward_import_is_found_wherever_it_is(tmp_path: Path, line: str, form: str) -> None:
    upward = {"house/cellar/wine.py": f"from typing import TYPE_CHECKING\n\n{form.format(line)}\n"}
    found = list(forbidden(imports_of(made_up(tmp_path, TREE | upward), "house"), LINES))
    assert len(found) == 1
    assert found[0].startswith("house.cellar.wine imports house.")


def test_a_type_only_circle_is_found(tmp_path: Path) -> None:
    back = {
        "house/attic/dust.py": "import typing\n\nif typing.TYPE_CHECKING:\n    from house.attic.box import open",
    }
    imports = imports_of(made_up(tmp_path, TREE | back), "house")
    assert list(forbidden(imports, LINES)) == []
    assert circles(imports) == [["house.attic.box", "house.attic.dust"]]


def test_rooms_of_one_line_and_rooms_that_stand_alone_import_no_other(tmp_path: Path) -> None:
    imports = imports_of(made_up(tmp_path, TREE), "house")
    assert list(forbidden(imports, (("house.cellar", "house.kitchen"), ("house.attic",), ("house",)))) == [
        "house.kitchen imports house.cellar"
    ]
    assert list(forbidden(imports, LINES, {"house.attic"})) == ["house.attic.dust imports house.kitchen"]


def test_a_module_in_no_room_is_found(tmp_path: Path) -> None:
    imports = imports_of(made_up(tmp_path, TREE | {"house/shed.py": ""}), "house")
    assert list(forbidden(imports, LINES)) == ["house.shed is in no room"]


def test_an_import_of_a_module_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=r"house.shed imports house.gone"):
        imports_of(made_up(tmp_path, TREE | {"house/shed.py": "import house.gone"}), "house")
