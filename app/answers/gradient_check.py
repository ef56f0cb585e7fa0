"""Gradient checks as JSON."""

from dataclasses import asdict
from typing import Any

from app.answers.numbers import Numbers
from tinyml.gradient_check import ErrorCurve, GradientCheck, GradientRow, NoComplexStep, Sample


def gradient_check_answer(check: GradientCheck, total: int, sample: Sample | None) -> dict[str, Any]:
    """Every derivative by all witnesses, row by row; `total` is the number of requested ones, of which a sample may be
    drawn.
    """
    numbers, worst = Numbers(), check.worst
    return {
        "epsilon": check.epsilon,
        "tolerance": check.tolerance,
        "checked": len(check),
        "total": total,
        "seed": sample.seed if sample else None,
        "rows": [_row(row, f"/rows/{i}", numbers) for i, row in enumerate(check)],
        "worst": None if worst is None else _row(worst, "/worst", numbers),
        "failed": check.failed,
        "counts": check.counts,
        "decided": check.decided,
        "largest_deviation": check.largest_deviation,
        "no_complex_step": _why(check.no_complex_step),
        "nonfinite": numbers.nonfinite,
    }


def error_curve_answer(curve: ErrorCurve) -> dict[str, Any]:
    """One derivative by central differences of many ε."""
    numbers = Numbers()
    return {
        "ref": curve.ref,
        "analytic": numbers.scalar(curve.analytic, "/analytic"),
        "complex_step": _scalar(curve.complex_step, "/complex_step", numbers),
        "no_complex_step": _why(curve.no_complex_step),
        "parabola": curve.parabola,
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
        "complex_step": _scalar(row.complex_step, f"{path}/complex_step", numbers),
        "verdict": row.verdict,
        "witness": row.witness,
        "estimate": _scalar(row.estimate, f"{path}/estimate", numbers),
        "estimate_epsilon": row.estimate_epsilon,
        "bound": numbers.scalar(row.bound, f"{path}/bound"),
        "deviation": row.deviation,
        "limits": row.limits,
    }


def _why(none: NoComplexStep | None) -> dict[str, Any] | None:
    return None if none is None else {**asdict(none), "detail": str(none)}


def _scalar(value: float | None, path: str, numbers: Numbers) -> float | None:
    return None if value is None else numbers.scalar(value, path)
