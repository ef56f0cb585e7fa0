"""The command that makes class codes, and the secret that it makes for them."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli, options
from app.class_codes import made, read
from app.store import SqliteStore
from app.store.folder import CODES_NAME
from tests.app.test_help import examples

NOW = 1_800_000_000.0
HOUR = 3600


def test_the_secret_of_a_data_folder_is_made_once_and_for_its_user_only(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "data")
    assert store.secret() is None
    assert not (tmp_path / "data").exists()
    first = store.secret(make=True)
    assert first is not None
    assert len(first) == 32
    assert store.secret(make=True) == SqliteStore(tmp_path / "data").secret() == first
    assert (tmp_path / "data" / CODES_NAME).stat().st_mode & 0o777 == 0o600


def test_the_examples_of_the_command_make_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINYML_DATA", str(tmp_path / "own"))
    help_text = "".join(
        action.choices["class-code"].format_help()
        for action in options.parser()._actions
        if isinstance(action.choices, dict) and "class-code" in action.choices
    )
    found = examples(help_text)
    assert len(found) == 2
    for arguments, folder, address, learners in zip(
        found, ("own", "networks"), ("http://127.0.0.1:8000", "https://explorer.example.org"), (300, 30), strict=True
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        assert ended.value.code is None
        printed = capsys.readouterr().out
        shown = re.search(r"^code:   (\S+)$", printed, re.MULTILINE)
        assert shown
        assert f"link:   {address}/?class={shown[1]}\n" in printed
        code = read((tmp_path / folder / CODES_NAME).read_bytes(), shown[1])
        assert code is not None
        assert f"until:  {code.ends}, for {learners} learners" in printed
        assert code.learners == learners


@pytest.mark.parametrize(
    "arguments",
    [
        "--learners 0 --hours 3", "--learners 2001 --hours 3", "--learners 3 --hours 0", "--learners 3 --hours 337",
        "--learners 3", "--hours 3", "--learners many --hours 3", "--learners 3 --hours 3 --address example.org",
    ],
)  # fmt: skip
def test_wrong_options_of_the_command_are_refused(arguments: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        options.parser().parse_args(["class-code", *shlex.split(arguments)])


def test_the_largest_code_is_possible() -> None:
    parsed = options.parser().parse_args(shlex.split("class-code --learners 2000 --hours 336"))
    code = made(b"s" * 32, parsed.learners, parsed.hours, NOW)
    assert (code.learners, code.until - NOW) == (2_000, 336 * HOUR)


def test_a_folder_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-c", "from app.cli import main; main()", "class-code", "--learners", "1", "--hours"]
    ended = subprocess.run(
        [*command, "1", "--data", str(tmp_path / "file")], cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
