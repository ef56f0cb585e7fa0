"""A receipt with one thing changed, and the line that this makes wrong."""

import copy
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

Record = dict[str, Any]
KINDS = (
    *("value", "law", "ref", "other factor", "number", "meaning", "factor left out", "factor added"),
    *("term left out", "term added", "line left out", "line twice", "lines exchanged", "cut"),
)


class Mutation(NamedTuple):
    """The changed receipt; `line` is the first wrong one, counted from 1."""

    record: Record
    line: int
    kind: str


@st.composite
def mutations(draw: st.DrawFn, record: Record, kind: str) -> Mutation:
    """One change of a kind, or of the value if that kind does not apply, at any line.

    The draws do not depend on the receipt: its last bits, and with them a branch of ReLU near 0, can differ between
    two runs.
    """
    chosen = Random(draw(st.integers(0, 2**32 - 1)))
    changed = copy.deepcopy(record)
    lines = changed["lines"]
    able = [i for i, line in enumerate(lines) if applies(kind, line) and not (kind == "lines exchanged" and i == 0)]
    if not able:
        kind, able = "value", list(range(len(lines)))
    i = chosen.choice(able)
    wrong = i + 1
    match kind:
        case "line left out":
            del lines[i]
        case "line twice":
            lines.insert(i, copy.deepcopy(lines[i]))
            wrong += 1
        case "lines exchanged":
            lines[i - 1], lines[i] = lines[i], lines[i - 1]
            wrong -= 1
        case "cut":
            del lines[i:]
        case _:
            change(chosen, kind, lines[i])
    return Mutation(changed, wrong, kind)


def change(chosen: Random, kind: str, line: dict[str, Any]) -> None:
    """Change one thing of a line."""
    terms = line["terms"]
    numbers = [factor for term in terms for factor in term if isinstance(factor, dict)]
    match kind:
        case "value":
            line["value"] += chosen.choice([-1, 1, 1e-5]) * (1 + abs(line["value"]))
        case "law":
            line["law"] += " / 2"
        case "ref":
            line["ref"] = line["ref"].replace("output", "input") if "output" in line["ref"] else line["ref"] + "[0]"
        case "other factor":
            term = chosen.choice([term for term in terms if term])
            at = chosen.randrange(len(term))
            term[at] = "fc_9.w[0,0]" if term[at] != "lr" else "x[0,0]"
        case "number":
            number = chosen.choice(numbers)
            number[next(iter(number))] += chosen.choice([-1.0, 1e-5])
        case "meaning":
            number = chosen.choice(numbers)
            meaning = next(iter(number))
            number["2 · " + meaning] = number.pop(meaning)
        case "factor left out":
            chosen.choice(terms).pop()
        case "factor added":
            chosen.choice(terms).append({"1": 1.0})
        case "term left out":
            terms.pop(chosen.randrange(len(terms)))
        case "term added":
            terms.append(["lr", {"0": 0.0}])


def applies(kind: str, line: dict[str, Any]) -> bool:
    """Whether a line has the part that the change modifies."""
    if kind in ("number", "meaning"):
        return any(isinstance(factor, dict) for term in line["terms"] for factor in term)
    return bool(line["terms"])
