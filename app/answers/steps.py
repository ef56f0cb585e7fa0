"""The steps of a recorded training step as JSON."""

from typing import Any

from app.answers.expression import expression_answer
from app.answers.messages import message_answer, named_answer
from app.answers.numbers import Numbers, to_json
from tinyml.core import overflow_allowed
from tinyml.narrate import Language, Step, Term, narrate_from, worded
from tinyml.steps import Grain, count
from tinyml.trace import Trace


def steps_answer(
    recorded: Trace, by: Grain, first: int, limit: int, sample: int, language: Language, cursor: int | None = None
) -> bytes:
    """Up to `limit` steps of a grain, from step `first` on."""
    numbers = Numbers()
    with overflow_allowed():
        narrated = narrate_from(recorded, by, first, limit, sample)
        steps = [_step(step, f"/steps/{i}", numbers, language, sample) for i, step in enumerate(narrated)]
    return to_json(
        {
            "by": by,
            "count": count(recorded.stages, by),
            "cursor": cursor,
            "from": first,
            "sample": sample,
            "language": language,
            "steps": steps,
            "nonfinite": numbers.nonfinite,
        }
    )


def _step(step: Step, path: str, numbers: Numbers, language: Language, sample: int) -> dict[str, Any]:
    return {
        "number": step.number,
        "start": step.start,
        "cursor": step.cursor,
        "phase": step.phase,
        "layer": step.layer,
        "computes": step.computes,
        "node": step.node,
        "title": worded(step.title, language, sample),
        "sentence": worded(step.sentence, language, sample),
        "message": message_answer(step.sentence, f"{path}/message", numbers),
        "refs": step.refs,
        "computed": step.computed,
        "term": None if step.term is None else _term(step.term, f"{path}/term", numbers),
    }


def _term(term: Term, path: str, numbers: Numbers) -> dict[str, Any]:
    around = term.around
    return {
        "of": named_answer(term.of, f"{path}/of", numbers),
        "index": term.index,
        "count": term.count,
        "expression": expression_answer(term.expression, f"{path}/expression", numbers),
        "factors": term.factors,
        "value": numbers.scalar(term.value, f"{path}/value"),
        "running": numbers.scalar(term.running, f"{path}/running"),
        "sample": term.sample,
        "largest": term.largest,
        "around": None if around is None else expression_answer(around, f"{path}/around", numbers),
    }
