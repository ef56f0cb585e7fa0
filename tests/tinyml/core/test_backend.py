"""The choice of the array library."""

import os
import subprocess
import sys

import numpy

from tinyml.core import GPU, Backend


def test_numpy_computes_unless_another_backend_is_requested() -> None:
    assert not GPU
    assert Backend is numpy


def test_a_missing_cupy_is_reported_with_the_remedy() -> None:
    code = "import sys; sys.modules['cupy'] = None; import tinyml.core"
    environment = {**os.environ, "TNN_GPU": "1"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "TNN_GPU=1 requires cupy, which is not installed; install it (pip install cupy) or unset" in run.stderr
