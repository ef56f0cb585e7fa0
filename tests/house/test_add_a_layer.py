"""CONTRIBUTING's list of what it takes to add a layer is carried out, with the layers of tests, and it is complete."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from app.schemas.layers import LAYERS
from tests.support import toy_layers
from tests.tinyml.layers import cases
from tinyml import layers
from tinyml.explain.layers import EXPLANATIONS
from tinyml.explain.layers.elementwise import FUNCTIONS
from tinyml.layers import Layer
from tinyml.narrate import catalog_wordings
from tinyml.verify.laws import LAWS

ROOT = Path(__file__).resolve().parents[2]
SECTION = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("\n## Add a layer\n")[1].split("\n## ")[0]
# The file of each row, and what the row says.
ROWS = dict(re.findall(r"^\| `([^`]+)`[^|]*\| (.*) \|$", SECTION, re.MULTILINE))
NEW = {"tinyml/layers/mish.py", "tests/tinyml/layers/test_mish.py"}
# No more files than this, whatever the layer.
MOST = 8
# It needs the places that a MaxPool2D chose, which no chain passes on: it is in no document.
IN_NO_DOCUMENT = {"MaxUnpool2D"}
# What is here follows from the modules of the package.
COLLECTED = {
    *("app/schemas/layers/__init__.py", "tinyml/verify/laws/__init__.py", "tinyml/explain/layers/__init__.py"),
}

# What a module has, and what the collections and classes of it hold; then the same after the layers were added.
TOUCHED = """
import importlib, pkgutil
import app, tinyml

def held(value):
    if isinstance(value, dict):
        return {key: id(one) for key, one in value.items()}
    if isinstance(value, (list, set, tuple)):
        return [id(one) for one in value]
    return {key: id(one) for key, one in vars(value).items()} if isinstance(value, type) else None

modules = [importlib.import_module(found.name) for package in (tinyml, app)
           for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
from tests.support import toy_layers
look = lambda: {f"{module.__file__}:{name}": (id(value), held(value))
                for module in modules for name, value in vars(module).items()
                if not name.startswith("__") or name == "__all__"}
before = look()
toy_layers.install()
after = look()
touched = [name for name in after if after[name] != before.get(name)]
# A module may have imported what belongs to a package.
theirs = {after[name][0] for name in touched if "__init__" in name}
print(*sorted(name for name in touched if "__init__" in name or after[name][0] not in theirs), sep="\\n")
"""


def in_a_process_of_its_own(*arguments: str) -> str:
    """What Python says; an error is a failure."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_every_file_that_the_list_names_is_there_and_has_what_is_added_to() -> None:
    assert 5 <= len(ROWS) <= MOST
    assert "tinyml/layers/mish.py" in ROWS
    assert not [name for name in ROWS if name.startswith("static/") and "/texts/" not in name]
    for name, what in ROWS.items():
        path = ROOT / name.replace("mish", "sigmoid")
        assert path.is_file(), name
        for holder in re.findall(r"`([A-Z_]+|__all__|\w+LayerSchema)`", what):
            kin = path.with_name("base.py") if holder.endswith("LayerSchema") else path
            assert re.search(rf"\b{holder}\b", kin.read_text("utf-8")), (name, holder)
    others = re.findall(r"`((?:tests|tinyml|app|static)/[^`*]+\.\w+)`", SECTION)
    assert len(others) > len(ROWS)
    for name in set(others) - NEW:
        assert (ROOT / name).is_file(), name


def lacking(kind: type[Layer]) -> Iterator[str]:
    """What a layer of `tinyml.layers` still lacks, each with its file."""
    name = kind.__name__
    if name not in cases.ROWS:
        yield f'tests/tinyml/layers/cases.py: ROWS needs "{name}": Row(…)'
    if name in IN_NO_DOCUMENT:
        return
    if not any(base in FUNCTIONS or base in EXPLANATIONS for base in kind.__mro__):
        yield (
            f"tinyml/explain/layers: a row {name}: Function(…) of FUNCTIONS in elementwise.py, or a class that has "
            f"explains = ({name},)"
        )
    if name not in {one for schema in LAYERS for one in get_args(schema.model_fields["type"].annotation)}:
        yield f'app/schemas/layers: a class {name}Schema that has type: Literal["{name}"]'
    if name not in LAWS:
        yield f"tinyml/verify/laws: a class {name}"
    for language in ("en", "zh"):
        for key in (f"{name}.title", f"{name}.description"):
            if key not in catalog_wordings(language):
                yield f'tinyml/narrate/messages/catalog.{language}.json: "{key}"'


def test_every_layer_has_all_that_the_list_requires() -> None:
    kinds = [getattr(layers, name) for name in layers.__all__ if name != "Layer"]
    missing = [f"{kind.__name__}: add to {line}" for kind in kinds for line in lacking(kind)]
    assert not missing, "\n".join(["CONTRIBUTING.md explains each line under Add a layer.", *missing])


def test_a_layer_that_has_nothing_lacks_a_line_for_each_file() -> None:
    class Mish(Layer):
        pass

    lines = list(lacking(Mish))
    assert len(lines) == len(set(lines)) == 8
    folders = {name.rpartition("/")[0] for name in ROWS if "/" in name} - {"tinyml/layers"}
    assert {line.partition(":")[0].removesuffix("/cases.py").partition("/catalog")[0] for line in lines} == folders


def test_what_the_class_is_to_declare_is_there_to_be_declared() -> None:
    declared, _, rest = SECTION.split("**The class**")[1].partition("**Its explanation**")
    explained = re.sub(r"```.*?```", "", rest.split("**Its steps**")[0], flags=re.DOTALL)
    for text, kinds, least in (
        (declared, (toy_layers.LogSigmoid, toy_layers.SumPool2D), 9),
        (explained, (toy_layers.SumPool2DExplanation,), 6),
    ):
        members = [name for name in re.findall(r"`(\w+)`", text) if name.islower()]
        assert len(members) >= least
        for name in members:
            assert any(hasattr(kind, name) for kind in kinds), f"{name} is no member"


def test_the_layers_of_tests_add_to_these_files_and_to_nothing_else() -> None:
    touched = in_a_process_of_its_own("-c", TOUCHED).split()
    found = {name.replace(f"{ROOT}/", "") for name in touched}
    assert {name.partition(":")[0] for name in found} >= COLLECTED
    found = {name for name in found if name.partition(":")[0] not in COLLECTED}
    assert found == {
        "tinyml/layers/__init__.py:LogSigmoid",
        "tinyml/layers/__init__.py:SumPool2D",
        "tinyml/layers/__init__.py:Gain",
        "tinyml/layers/__init__.py:__all__",
        "app/schemas/layers/activations.py:LogSigmoidSchema",
        "app/schemas/layers/pools.py:SumPool2DSchema",
        "app/schemas/layers/normalizations.py:GainSchema",
        "tinyml/explain/layers/elementwise.py:FUNCTIONS",
        "tinyml/explain/layers/pooling.py:SumPool2DExplanation",
        "tinyml/explain/layers/normalization.py:GainExplanation",
        "tinyml/verify/laws/elementwise.py:LogSigmoid",
        "tinyml/verify/laws/pool2d.py:SumPool2D",
        "tinyml/verify/laws/normalized.py:Gain",
    }
    folders = {Path(name).parent for name in ROWS}
    assert {Path(name.partition(":")[0]).parent for name in found} <= folders
    for name in COLLECTED:
        assert not re.search("Sigmoid|Conv2D|Linear", (ROOT / name).read_text("utf-8"))


@pytest.mark.slow
def test_the_tests_of_every_layer_are_theirs_too() -> None:
    files = [
        *("tests/tinyml/layers/test_every_layer.py", "tests/tinyml/layers/test_layers.py"),
        *("tests/tinyml/layers/test_descriptor.py", "tests/tinyml/explain/test_notations.py"),
        *("tests/tinyml/explain/test_path_sums.py", "tests/tinyml/gradient_check/test_broken_layers.py"),
        *("tests/tinyml/test_one_result.py", "tests/tinyml/equations", "tests/app/test_every_layer.py"),
    ]
    plain = ["-q", "-n0", "-p", "no:cacheprovider", "-p", "tests.support.toy_rows"]
    # Two leave their equations to what they declare, so that this is tested too; a layer proper writes its own.
    for kind in ("SumPool2D", "Gain"):
        plain += ["--deselect", f"tests/tinyml/equations/test_equations.py::test_those_of_each_layer[{kind}]"]
    kinds = "(LogSigmoid or SumPool2D or Gain) and not pytorch"
    output = in_a_process_of_its_own("-m", "pytest", *plain, *files, "-k", kinds)
    passed = re.search(r"(\d+) passed", output)
    assert passed
    assert int(passed[1]) >= 40, output
