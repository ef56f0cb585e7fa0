"""Files of earlier versions open in this one: data folders, links, files and receipts, with the same numbers.

Each folder of tests/compatibility contains the files of a version; `python -m tests.compatibility.make` adds those of
a new one. The links are opened by the page's own code in tests/static/documents/compatibility.test.ts.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from app import VERSION
from app.cli import main
from app.store.keys import reading_key
from tests.app.conftest import Client
from tests.static.test_fresh import same

KEPT = Path(__file__).parents[1] / "compatibility"
FILES = sorted(path for path in KEPT.glob("*/*") if path.suffix == ".json" or path.is_dir())


def named(*names: str) -> list[Path]:
    found = [path for path in FILES if path.name in names]
    assert found
    return found


def in_words(path: Path) -> str:
    return str(path.relative_to(KEPT))


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_this_version_is_kept_too() -> None:
    assert (KEPT / VERSION).is_dir(), "run `python -m tests.compatibility.make`"


@pytest.mark.parametrize("folder", named("data"), ids=in_words)
def test_a_data_folder_opens_with_its_networks(folder: Path, portal: BlockingPortal, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "data")
    client = Client(portal, tmp_path / "data")
    for kept in read(folder.with_name("networks.json")):
        network = kept["network"]
        address = f"/api/networks/{network['id']}"
        assert client.get(address).json() == network | {"view": reading_key(network["id"])}
        loss = client.get(f"{address}/trace").json()["loss"]
        assert same(kept["trace"]["value"], loss["value"])
        # Stepping continues from there, and back to the first training step that is stored.
        assert client.post(f"{address}/step", {"by": "pass", "count": 9}).status_code == 200
        back = client.post(f"{address}/step", {"by": "pass", "count": -1_000}).json()
        assert (back["cursor"], back["clamped"]) == (0, True)


@pytest.mark.parametrize("file", named("network.json"), ids=in_words)
def test_a_saved_file_is_a_document(file: Path, portal: BlockingPortal, tmp_path: Path) -> None:
    client, document = Client(portal, tmp_path), read(file)
    answered = client.post("/api/trace", document)
    assert answered.status_code == 200
    assert same(document, answered.json()["document"])
    assert client.post("/api/networks", document).status_code == 201


@pytest.mark.parametrize("file", named("receipt.json", "receipts.json"), ids=in_words)
def test_a_receipt_holds(
    file: Path, portal: BlockingPortal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered = Client(portal, tmp_path).post("/api/verify", read(file)).json()
    assert answered["ok"], answered
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(file)])
    assert ended.value.code == 0
    assert "lines hold" in capsys.readouterr().out


def test_both_formats_of_receipts_are_kept() -> None:
    formats = [read(file).get("format", "chain") for file in named("receipt.json", "receipts.json")]
    assert {"tinyml-receipt/1", "tinyml-receipt/2", "chain"} <= set(formats)
