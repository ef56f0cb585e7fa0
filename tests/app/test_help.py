"""The help of each command has examples that do what they are for."""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from app import VERSION, cli, options
from tests.app.conftest import Client, example

# The server is made as for users, and ends as soon as it would serve.
SERVED = """
import json, sys
from app import cli, serving
def run(server, sockets):
    server.started = True
    print(json.dumps([server.config.loaded, *(socket.getsockname()[0] for socket in sockets)]))
serving.AnnouncingServer.run = run
listen = cli.listen
cli.listen = lambda host, port: listen(host, 0)
for arguments in json.loads(sys.argv[1]):
    cli.main(arguments)
"""


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command by its name; that of the program itself has none."""
    parser = options.parser()
    found = {"": parser}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def examples(text: str) -> list[list[str]]:
    """The arguments of the examples in a help text."""
    return [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("  tinyml-explorer ")]


def test_every_command_has_examples() -> None:
    for name, parser in commands().items():
        found = examples(parser.format_help())
        assert found, name
        for arguments in found:
            assert (options.parser().parse_args(arguments).command or "") == name


def test_the_examples_of_verify_find_that_receipts_are_right(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = client.post("/api/receipts", {"document": example("chapter"), "steps": 2}).json()["receipts"]
    for name, receipt in (("receipt", made[0]), ("first", made[0]), ("second", made[1])):
        (tmp_path / f"{name}.json").write_text(json.dumps(receipt), "utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments in examples(commands()["verify"].format_help()):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        assert ended.value.code == 0
    assert capsys.readouterr().out


@pytest.mark.slow
def test_the_examples_of_the_server_serve(tmp_path: Path) -> None:
    found = examples(options.parser().format_help())
    ended = subprocess.run(
        [sys.executable, "-c", SERVED, json.dumps(found)], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TINYML_DATA": str(tmp_path)},
    )  # fmt: skip
    served = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [address for _, address in served] == ["127.0.0.1", "0.0.0.0", "127.0.0.1"]


def test_the_command_and_the_schema_name_the_version_of_the_changes(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        options.parser().parse_args(["--version"])
    assert capsys.readouterr().out == f"tinyml-explorer {VERSION}\n"
    assert client.get("/openapi.json").json()["info"]["version"] == VERSION
    root = Path(cli.__file__).parents[1]
    assert json.loads((root / "static" / "package.json").read_text("utf-8"))["version"] == VERSION
    released = re.findall(r"^## (\d\S*) ", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert released[0] == VERSION
