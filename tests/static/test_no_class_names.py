"""The page names no class of a layer: it uses the descriptions in a trace or in the equations of a step. Only its
texts, which name layers, and the generated types contain class names.
"""

import re
from pathlib import Path

from tests.support.networks import LOSSES, OPTIMIZERS
from tinyml import layers

SOURCES = Path(__file__).parents[2] / "static" / "src"
NAMED = re.compile(rf"""['"`.\[\s{{(|]({"|".join(set(layers.__all__) - {"Layer"})})['"`:\])]""")


def test_no_class_of_a_layer_is_named_in_the_page() -> None:
    files = [path for kind in ("ts", "tsx", "css") for path in sorted(SOURCES.rglob(f"*.{kind}"))]
    sources = [path for path in files if "texts" not in path.parts and path.name != "schema.d.ts"]
    assert len(sources) > 200
    found = [
        f"{path.relative_to(SOURCES)}:{number}: {line.strip()}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if NAMED.search(line) and not line.lstrip().startswith(("*", "/*", "//"))
    ]
    assert found == []


def test_the_matrices_view_names_no_loss_and_no_optimizer() -> None:
    names = set(LOSSES) - {"output"}  # that is also a part of every layer
    named = re.compile(rf"""['"`](?:{"|".join([*names, *OPTIMIZERS])})['"`]""")
    sources = [*(SOURCES / "matrices").glob("*.ts*")]
    assert len(sources) > 10
    assert [path.name for path in sources if named.search(path.read_text(encoding="utf-8"))] == []


def test_the_search_finds_them() -> None:
    for line in ("layer.type === 'Conv2D'", "case 'MaxPool2D':", "const KINDS = { ReLu: 1 };", '["Linear"]'):
        assert NAMED.search(line)
