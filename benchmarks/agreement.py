"""Checks before anything is timed that all competitors compute the same numbers."""

from __future__ import annotations

import numpy as np

from benchmarks.competitor import Array, Numbers, Workload


class DisagreementError(Exception):
    """A competitor computes other numbers than the engine, so that its time cannot be compared."""


def check(workload: Workload) -> None:
    """Run the work with every competitor from the common start; DisagreementError names a number that differs."""
    answers: dict[str, Numbers] = {}
    for competitor in workload.competitors:
        if competitor.make is None:
            continue
        runner = competitor.make()
        try:
            for _ in range(workload.steps):
                runner.run()
            answers[competitor.name] = runner.numbers()
        finally:
            runner.close()
    (first, expected), *others = answers.items()
    for name, numbers in others:
        where = f"{workload.key}, {workload.title}: {name} against {first}"
        if numbers.keys() != expected.keys():
            raise DisagreementError(f"{where}: only one of them has {sorted(numbers.keys() ^ expected.keys())}")
        for what, value in numbers.items():
            _same(f"{where}: {what}", np.asarray(value), np.asarray(expected[what]), workload.tolerance)


def _same(where: str, value: Array, expected: Array, tolerance: float) -> None:
    if value.shape != expected.shape:
        raise DisagreementError(f"{where} has shape {value.shape}, not {expected.shape}")
    if value.dtype != expected.dtype:
        raise DisagreementError(f"{where} is {value.dtype}, not {expected.dtype}")
    if not np.allclose(value, expected, rtol=tolerance, atol=tolerance):  # NaN is unequal to everything
        worst = np.unravel_index(np.argmax(np.abs(value - expected)), value.shape)
        raise DisagreementError(f"{where}{[int(i) for i in worst]} is {value[worst]!r}, not {expected[worst]!r}")
