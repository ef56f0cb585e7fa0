"""Limits set by environment variables, and invalid settings."""

import os
import subprocess
import sys

import pytest

from app import limits
from app.settings import Settings


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "", "٣"])
def test_a_setting_that_is_no_count_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("TINYML_MAX_BATCH", text)
    with pytest.raises(ValueError, match="TINYML_MAX_BATCH: expected a whole number above 0"):
        limits.setting("MAX_BATCH", 1)


def test_a_limit_can_be_set_from_outside() -> None:
    completed = subprocess.run(
        [sys.executable, "-c", "from app import limits; print(limits.MAX_BATCH, limits.MAX_PARAMETERS)"],
        env={**os.environ, "TINYML_MAX_BATCH": "12"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert completed.stdout.split() == ["12", "1000000"]


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("TINYML_DATE", "did you mean TINYML_DATA\\?"),
        ("TINYML_MAX_BATCHES", "did you mean TINYML_MAX_BATCH\\?"),
        ("TINYML_X", "expected one of TINYML_ALLOW_FRAMES, TINYML_ALLOW_HOSTS, TINYML_DATA, "),
    ],
)
def test_an_unknown_setting_is_an_error(monkeypatch: pytest.MonkeyPatch, variable: str, meant: str) -> None:
    monkeypatch.setenv(variable, "1")
    with pytest.raises(ValueError, match=f"^{variable}: there is no such setting; {meant}"):
        Settings.from_environment()


def test_an_unknown_setting_stops_the_start_with_a_line() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "--port", "0"],
        env={**os.environ, "TINYML_DATE": "1"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "tinyml-explorer: TINYML_DATE: there is no such setting; did you mean TINYML_DATA?"
    ]
