"""Limits that the environment sets."""

import os
import subprocess
import sys

import pytest

from app import limits


@pytest.mark.parametrize("told", ["0", "-1", "many", "1.5", "", "٣"])
def test_a_setting_that_is_no_count_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("TINYML_MAX_BATCH", told)
    with pytest.raises(ValueError, match="TINYML_MAX_BATCH: expected a whole number above 0"):
        limits.setting("MAX_BATCH", 1)


def test_a_limit_can_be_set_from_outside() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from app import limits; print(limits.MAX_BATCH, limits.MAX_PARAMETERS)"],
        env={**os.environ, "TINYML_MAX_BATCH": "12"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout.split() == ["12", "1000000"]
