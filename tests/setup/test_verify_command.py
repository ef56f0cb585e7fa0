"""`tinyml-explorer verify`: a receipt in a file is checked, and the exit code is the result."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import cli, limits
from app.options import parser
from tests.support.wrong_steps import Program, SlopeTwice
from tests.tinyml.verify.test_chain import LINES, chain


def run(*files: Path | str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code and the output."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["verify", *map(str, files)])
    assert isinstance(ended.value.code, int)
    return ended.value.code, *capsys.readouterr()


def saved(folder: Path, record: Any, name: str = "receipt.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(record), "utf-8")
    return file


def test_a_receipt_that_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path, Program().receipt())
    assert run(file, capsys=capsys) == (0, f"{file}: all 112 lines hold\n", "")


def test_a_receipt_with_a_wrong_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(saved(tmp_path, SlopeTwice().receipt()), capsys=capsys)
    assert (code, err) == (1, "")
    assert "receipt.json: line 59, fc_1.output.grad[0,0]: its terms add up to" in out
    assert out.endswith("as if the factor 1 − tanh_1.output[0,0]² were taken twice.\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is no receipt: it is not JSON; save what POST /api/receipt answers."),
        (b"\xff", "is no receipt: it is not JSON"),
        (b"[" * 100_000, "is no receipt: it is nested too deeply to be read"),
        (b'{"format": NaN}', "is no receipt: it is not JSON"),
        (b"[]", "is no receipt: The file: expected an object, got a list of 0"),
        (b"{}", "is no receipt: format: this field is missing"),
        (json.dumps({**Program().receipt(), "lines": [1]}).encode(), "is no receipt: lines[0]: expected an object"),
        (json.dumps({**Program().receipt(), "lines": [1]}).encode(), "expected an object"),
    ],
)
def test_a_file_that_is_no_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(content)
    code, out, err = run(file, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith(f"tinyml-explorer verify: {file} ")
    assert message in err


def test_a_document_that_does_not_hold_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = Program().receipt()
    del record["document"]["layers"][0]["w"]
    code, _, err = run(saved(tmp_path, record), capsys=capsys)
    assert code == 2
    assert "is no receipt: layers[0].w: missing; a receipt has all parameters written out." in err


def test_a_file_that_is_too_large(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(b" " * (limits.MAX_RECEIPT_BYTES + 1))
    assert "it has more than 16,777,216 bytes, MAX_RECEIPT_BYTES." in run(file, capsys=capsys)[2]


def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, why in ((tmp_path / "none.json", "No such file or directory"), (tmp_path, "Is a directory")):
        assert run(file, capsys=capsys) == (2, "", f"tinyml-explorer verify: {file} cannot be read: {why}.\n")


@pytest.mark.slow
@pytest.mark.parametrize(("program", "code"), [(Program(), 0), (SlopeTwice(), 1)])
def test_the_command_itself_reads_standard_input(program: Program, code: int) -> None:
    command = [Path(sys.executable).with_name("tinyml-explorer"), "verify", "-"]
    done = subprocess.run(
        command, input=json.dumps(program.receipt()), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith("-: ")


def test_several_files_are_a_chain_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = chain()
    files = [
        saved(tmp_path, made[0], "1.json"),
        saved(tmp_path, {"receipts": made[1:3]}, "2.json"),
        saved(tmp_path, made[3], "3.json"),
    ]
    message = f"all {4 * LINES} lines hold, and each of the 4 receipts follows from the one before"
    assert run(*files, capsys=capsys) == (0, f"{files[0]}, {files[1]}, {files[2]}: {message}\n", "")
    code, out, err = run(files[1], files[0], capsys=capsys)
    assert (code, out, err) == (1, f"{files[0]}: receipt 3: its training step is 1, but 4 follows here.\n", "")


def test_a_chain_in_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path, {"receipts": chain()})
    assert run(file, capsys=capsys)[0] == 0
    damaged = chain()
    damaged[2]["lines"][27]["value"] *= 2
    code, out, _ = run(saved(tmp_path, {"receipts": damaged}), capsys=capsys)
    assert (code, out.startswith(f"{file}: receipt 3: line 28, loss: its terms add up to")) == (1, True)


def test_the_file_that_is_no_receipt_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = saved(tmp_path, chain()[0], "1.json"), saved(tmp_path, {}, "2.json")
    code, _, err = run(*files, capsys=capsys)
    assert (code, err.startswith(f"tinyml-explorer verify: {files[1]} is no receipt: format:")) == (2, True)


def test_a_receipt_with_two_values_under_one_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(Program().receipt()).replace('"value"', '"value": 7777, "value"', 1), "utf-8")
    code, _, err = run(file, capsys=capsys)
    assert (code, "is no receipt: lines[0]: the object has a key twice" in err) == (2, True)


def test_a_chain_has_at_most_so_many_receipts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [saved(tmp_path, one, f"{one['step']}.json") for one in chain()]
    monkeypatch.setattr(limits, "MAX_RECEIPTS", 4)
    assert run(*files, capsys=capsys)[0] == 0
    monkeypatch.setattr(limits, "MAX_RECEIPTS", 3)
    code, _, err = run(*files, capsys=capsys)
    assert (code, "more than 3 receipts" in err) == (2, True)


def test_without_a_subcommand_it_serves_as_before() -> None:
    options = parser().parse_args(["--port", "0", "--open"])
    assert (options.command, options.port, options.open) == (None, 0, True)
