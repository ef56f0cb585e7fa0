"""What docs/operating.md and docs/upgrading.md say to type: it is accepted, and does what they say."""

import argparse
import re
import shlex
import subprocess
from contextlib import chdir
from pathlib import Path

from app import options
from app.store import SqliteStore
from app.store.sqlite import FILE_NAME

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
TEXTS = [
    path.read_text("utf-8")
    for path in [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
]


def test_every_option_is_explained_and_no_other() -> None:
    actions = options.parser()._actions
    names = {
        action.option_strings[-1]
        for action in actions
        if action.option_strings and not isinstance(action, argparse._HelpAction | argparse._VersionAction)
    }
    assert set(re.findall(r"^\| `(--[\w-]+)` \|", OPERATING, re.MULTILINE)) == names


def test_every_command_is_accepted() -> None:
    lines = {line for text in TEXTS for line in re.findall(r"`tinyml-explorer((?: [^`…]+)?)`", text)}
    lines |= set(re.findall(r"^ *ExecStart=\S+/tinyml-explorer(.*)$", OPERATING, re.MULTILINE))
    complete = [line for line in lines if "--version" not in line and line.strip() != "verify"]
    assert len(complete) > 4
    for line in complete:
        assert options.parser().parse_args(shlex.split(line))


def test_a_copy_of_the_stored_networks_is_made_while_they_are_in_use(tmp_path: Path) -> None:
    command = re.search(r"```sh\n(python3 -c .*)\n```", OPERATING)
    assert command
    folder, other = tmp_path / "data", tmp_path / "restored"
    store = SqliteStore(folder)
    store.create("a-key", b"a document")
    with chdir(folder):
        subprocess.run(command[1], shell=True, check=True)
    store.close()
    other.mkdir()
    (folder / "backup.sqlite3").rename(other / FILE_NAME)
    restored = SqliteStore(other)
    network = restored.get("a-key")
    assert network is not None
    assert network.document == b"a document"
    restored.close()
