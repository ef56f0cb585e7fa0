"""The steps of a recorded training step as JSON."""

from dataclasses import asdict
from typing import Any

from app.answers.numbers import Numbers, to_json
from tinyml.core import overflow_allowed
from tinyml.narrate import Step, narrate_from
from tinyml.steps import Grain, count
from tinyml.trace import Trace


def steps_answer(recorded: Trace, by: Grain, first: int, limit: int, sample: int, cursor: int | None = None) -> bytes:
    """Up to `limit` steps of a grain from the one that is counted `first`; none beyond the last."""
    numbers = Numbers()
    with overflow_allowed():
        told = narrate_from(recorded, by, first, limit, sample)
        steps = [_step(step, f"/steps/{i}", numbers) for i, step in enumerate(told)]
    return to_json(
        {
            "by": by,
            "count": count(recorded.stages, by),
            "cursor": cursor,
            "from": first,
            "sample": sample,
            "steps": steps,
            "nonfinite": numbers.nonfinite,
        }
    )


def _step(step: Step, path: str, numbers: Numbers) -> dict[str, Any]:
    answer = asdict(step)
    del answer["grain"]  # all of a list have the same
    if step.term is not None:
        answer["term"]["value"] = numbers.scalar(step.term.value, f"{path}/term/value")
        answer["term"]["running"] = numbers.scalar(step.term.running, f"{path}/term/running")
    return answer
