"""What a server uses: the processor time and the memory of its process and of all that it started."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")


class Use(NamedTuple):
    """Seconds of processor time since the start, and bytes of memory now."""

    cpu: float
    memory: int


def family(pid: int) -> list[int]:
    """The process and everything that descends from it."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            parents[int(folder.name)] = int(fields[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def use(pid: int) -> Use:
    """What the family of a process uses. A child that has ended counts with its parent, which waited for it."""
    cpu, memory = 0.0, 0
    for one in family(pid):
        if fields := _stat(one):
            # utime, stime, and those of the children that were waited for; rss in pages.
            own = fields[11:15] if one == pid else fields[11:13]
            cpu += sum(map(int, own)) / TICKS
            memory += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return Use(cpu, memory)


def runs(pid: int) -> bool:
    """Whether a process of the family has something to compute now, even if no processor is free for it."""
    return any(fields[0] == "R" for one in family(pid) if (fields := _stat(one)))


def quiet(pid: int, within: float, *, share: float = 0.1, window: float = 0.5) -> float | None:
    """Seconds until the family of a process uses less than a share of one processor; None if it never does."""
    start = time.monotonic()
    while (waited := time.monotonic() - start) < within:
        before = use(pid).cpu
        time.sleep(window)
        if use(pid).cpu - before < share * window and not runs(pid):
            return waited
    return None


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the name, which may have blanks: state, parent, …; None if it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return None
