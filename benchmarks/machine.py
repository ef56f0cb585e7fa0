"""The machine of the measurement, without a date or a name, which do not matter."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from benchmarks.playground import node


def facts(share: float) -> dict[str, str]:
    """The machine, the versions, and the share of its core that the run had."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores, of which one is used",
        "system": f"{platform.system()}, {platform.machine()}",
        "Python": platform.python_version(),
        "numpy": f"{np.__version__} with {blas['name']} {blas['version']}",
        "PyTorch": _version("torch"),
        "node": _node(),
        "share of its core that the run had": f"{share:.0%}",
    }


def spent() -> tuple[float, float]:
    """Seconds so far: processor time of this process and its finished children, and clock time."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system, times.elapsed


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _node() -> str:
    program = node()
    if program is None:
        return "not installed"
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
