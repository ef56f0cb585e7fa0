"""The recordings and generated types of the page match the current service."""

import asyncio
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.static.record import RECORDED, recordings

ROOT = Path(__file__).parents[2]


def same(kept: Any, today: Any) -> bool:
    """Equal except for the last bits of numbers, which differ between machines."""
    if isinstance(kept, dict) and isinstance(today, dict):
        return kept.keys() == today.keys() and all(same(kept[key], today[key]) for key in kept)
    if isinstance(kept, list) and isinstance(today, list):
        return len(kept) == len(today) and all(map(same, kept, today))
    if isinstance(kept, float) and isinstance(today, float):
        return math.isclose(kept, today, rel_tol=1e-9, abs_tol=1e-15)
    if isinstance(kept, str) and isinstance(today, str):
        return re.sub(r"[\d.]+", "#", kept) == re.sub(r"[\d.]+", "#", today)
    return bool(kept == today)


def test_the_recordings_are_what_the_service_answers() -> None:
    today = asyncio.run(recordings())
    assert {path.stem for path in RECORDED.glob("*.json")} == set(today)
    for slug, recording in today.items():
        kept = json.loads((RECORDED / f"{slug}.json").read_text(encoding="utf-8"))
        assert same(kept, recording), f"{slug}: run `python -m tests.static.record` and look at what changed"


@pytest.mark.slow
def test_the_generated_types_are_those_of_the_service() -> None:
    command = [sys.executable, "static/build_hook.py", "run", "types", "--", "--check"]
    environment = os.environ | {"PYTHON": sys.executable}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
