"""The law of schedules: the learning rate of a training step, from the first rate and the position of the step."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi
from typing import Any, Final

from tinyml.verify.errors import ReceiptError
from tinyml.verify.lines import Line, Number, Term
from tinyml.verify.settings import ANYTHING, NOT_NEGATIVE, TEXT, Kind, Settings, check, number, one_of, whole

_OF: Final[Mapping[str, Settings]] = {
    "step": {"type": TEXT, "every": whole(1), "factor": NOT_NEGATIVE},
    "cosine": {"type": TEXT, "over": whole(1), "least": NOT_NEGATIVE},
    "warm_up": {"type": TEXT, "over": whole(1), "start_factor": number(0, 1), "after": ANYTHING},
}
_UNIT: Settings = {"unit": one_of("epoch", "step")}
SCHEDULE: Final = Kind("an object with a type, or null", lambda value: value is None or isinstance(value, Mapping))
WHERE: Final = ("optimizer", "schedule")


def check_schedule(schedule: Mapping[str, Any], follows: bool = False) -> None:
    """Raise ReceiptError if a schedule is incomplete, or has other settings. One that `follows` a warm-up counts as it
    does, and is none itself.
    """
    name, kind = "optimizer.schedule" + (".after" if follows else ""), schedule.get("type")
    known = [one for one in _OF if not (follows and one == "warm_up")]
    if not isinstance(kind, str) or kind not in known:
        raise ReceiptError(f"{name}.type: expected one of {', '.join(known)}.", WHERE)
    settings = _OF[kind] if follows else {**_OF[kind], **_UNIT}
    check(schedule, settings, name, WHERE)
    if missing := [word for word in settings if word not in schedule and word != "after"]:
        raise ReceiptError(f"{name}.{missing[0]}: missing; a receipt has all settings.", WHERE)
    if (after := schedule.get("after")) is not None:
        if not isinstance(after, Mapping):
            raise ReceiptError(f"{name}.after: expected an object with a type.", WHERE)
        check_schedule(after, follows=True)


def rate(schedule: Mapping[str, Any], first: float, count: int) -> Line:
    """η = η₀ γ^⌊t/E⌋; η = m + (η₀ − m)(1 + cos(πt/T))/2, and m from T on; η = η₀ (s + (1 − s)t/W), and then as the
    schedule that follows, with t − W in place of t. t is `count`, the number of epochs or training steps before it.
    """
    start = Number("η₀", first)
    match schedule["type"]:
        case "step":
            times, factor = count // schedule["every"], float(schedule["factor"])
            return _line("η = η₀ γ^⌊t/E⌋", (start, Number(f"γ^{times}", factor**times)))
        case "cosine" if count < schedule["over"]:
            least, angle = float(schedule["least"]), pi * count / schedule["over"]
            fallen = Number("(1 + cos(πt/T))/2", (1 + cos(angle)) / 2, 1.0)
            between = Number("η₀ − m", first - least, max(first, least))
            return _line("η = m + (η₀ − m)(1 + cos(πt/T))/2", (Number("m", least),), (between, fallen))
        case "cosine":
            return _line("η = m", (Number("m", float(schedule["least"])),))
        case "warm_up" if count < schedule["over"]:
            low, share = float(schedule["start_factor"]), count / schedule["over"]
            rising = (start, Number("1 − s", 1 - low), Number("t/W", share))
            return _line("η = η₀ (s + (1 − s)t/W)", (start, Number("s", low)), rising)
    after = schedule.get("after")
    return _line("η = η₀", (start,)) if after is None else rate(after, first, count - schedule["over"])


def _line(law: str, *terms: Term) -> Line:
    return Line("lr", law, terms)
