"""Gradient checks as JSON."""

from typing import Any

from app.answers.numbers import Numbers
from tinyml.gradient_check import ErrorCurve, GradientCheck, GradientRow


def gradient_check_answer(check: GradientCheck) -> dict[str, Any]:
    """Every derivative by all witnesses, row by row."""
    numbers, worst = Numbers(), check.worst
    return {
        "epsilon": check.epsilon,
        "tolerance": check.tolerance,
        "rows": [_row(row, f"/rows/{i}", numbers) for i, row in enumerate(check)],
        "worst": None if worst is None else _row(worst, "/worst", numbers),
        "failed": check.failed,
        "complex_step": check.no_complex_step,
        "nonfinite": numbers.nonfinite,
    }


def error_curve_answer(curve: ErrorCurve) -> dict[str, Any]:
    """One derivative by central differences of many ε."""
    numbers = Numbers()
    return {
        "ref": curve.ref,
        "analytic": numbers.scalar(curve.analytic, "/analytic"),
        "complex_step": _complex_step(curve.complex_step, "", numbers),
        "no_complex_step": curve.no_complex_step,
        "points": [
            {
                "epsilon": point.epsilon,
                "left": numbers.scalar(point.left, f"/points/{i}/left"),
                "right": numbers.scalar(point.right, f"/points/{i}/right"),
                "numeric": numbers.scalar(point.numeric, f"/points/{i}/numeric"),
                "relative_error": numbers.scalar(point.relative_error, f"/points/{i}/relative_error"),
            }
            for i, point in enumerate(curve.points)
        ],
        "nonfinite": numbers.nonfinite,
    }


def _row(row: GradientRow, path: str, numbers: Numbers) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "analytic": numbers.scalar(row.analytic, f"{path}/analytic"),
        "left": numbers.scalar(row.left, f"{path}/left"),
        "right": numbers.scalar(row.right, f"{path}/right"),
        "numeric": numbers.scalar(row.numeric, f"{path}/numeric"),
        "relative_error": numbers.scalar(row.relative_error, f"{path}/relative_error"),
        "ok": row.ok,
        "complex_step": _complex_step(row.complex_step, path, numbers),
    }


def _complex_step(value: float | None, path: str, numbers: Numbers) -> float | None:
    return None if value is None else numbers.scalar(value, f"{path}/complex_step")
