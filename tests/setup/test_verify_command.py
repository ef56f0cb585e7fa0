"""`tinyml-explorer verify`: a receipt in a file is checked, and the exit code tells what came out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import cli, limits
from tests.support.wrong_steps import Program, SlopeTwice


def run(file: Path | str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["verify", str(file)])
    assert isinstance(ended.value.code, int)
    return ended.value.code, *capsys.readouterr()


def saved(folder: Path, record: Any) -> Path:
    file = folder / "receipt.json"
    file.write_text(json.dumps(record), "utf-8")
    return file


def test_a_receipt_that_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path, Program().receipt())
    assert run(file, capsys) == (0, f"{file}: all 112 lines hold\n", "")


def test_a_receipt_with_a_wrong_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(saved(tmp_path, SlopeTwice().receipt()), capsys)
    assert (code, err) == (1, "")
    assert "receipt.json: line 59, fc_1.output.grad[0,0]: its terms add up to" in out
    assert out.endswith("as if the factor 1 − tanh_1.output[0,0]² were taken twice.\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is no receipt: it is not JSON; save what POST /api/receipt answers."),
        (b"\xff", "is no receipt: it is not JSON"),
        (b"[" * 100_000, "is no receipt: it is not JSON"),
        (b'{"format": NaN}', "is no receipt: it is not JSON"),
        (b"[]", "is no receipt: The file: expected an object, but a list of 0 came"),
        (b"{}", "is no receipt: format: this field is missing"),
        (json.dumps({**Program().receipt(), "lines": [1]}).encode(), "is no receipt: lines[0]: expected an object"),
        (json.dumps({**Program().receipt(), "lines": [1]}).encode(), "expected an object"),
    ],
)
def test_a_file_that_is_no_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(content)
    code, out, err = run(file, capsys)
    assert (code, out) == (2, "")
    assert err.startswith(f"tinyml-explorer verify: {file} ")
    assert said in err


def test_a_document_that_does_not_hold_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = Program().receipt()
    del record["document"]["layers"][0]["w"]
    code, _, err = run(saved(tmp_path, record), capsys)
    assert code == 2
    assert "is no receipt: layers[0].w: missing; a receipt has all parameters written out." in err


def test_a_file_that_is_too_large(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(b" " * (limits.MAX_RECEIPT_BYTES + 1))
    assert "it has more than 16,777,216 bytes, MAX_RECEIPT_BYTES." in run(file, capsys)[2]


def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, why in ((tmp_path / "none.json", "No such file or directory"), (tmp_path, "Is a directory")):
        assert run(file, capsys) == (2, "", f"tinyml-explorer verify: {file} cannot be read: {why}.\n")


@pytest.mark.parametrize(("program", "code"), [(Program(), 0), (SlopeTwice(), 1)])
def test_the_command_itself_reads_standard_input(program: Program, code: int) -> None:
    command = [Path(sys.executable).with_name("tinyml-explorer"), "verify", "-"]
    done = subprocess.run(
        command, input=json.dumps(program.receipt()), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith("-: ")


def test_without_a_subcommand_it_serves_as_before() -> None:
    options = cli.parser().parse_args(["--port", "0", "--open"])
    assert (options.command, options.port, options.open) == (None, 0, True)
