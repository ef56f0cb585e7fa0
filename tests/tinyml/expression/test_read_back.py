"""Every form of an explanation, parsed: each line of its text and of its LaTeX evaluates to the number, to the
digits shown. Symbols are replaced by the numbers that they name.
"""

import re
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.faces import filler, from_latex, from_text, named
from tests.support.lines import interval, meet, shown
from tests.support.networks import LOSSES
from tests.support.recorded import record
from tests.tinyml.explain.test_everything import NOTATIONS, traces
from tests.tinyml.narrate.test_truth import ONE_OF_EACH, OPTIMIZERS
from tinyml.explain import explain
from tinyml.explain.explanation import Explanation
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import latex_number, short, symbol_latex, symbol_text
from tinyml.trace import Trace

# An equals sign within the condition of a case does not separate sides of the formula.
EQUALS = re.compile(r" = (?![^&]*\\\\)")


def read_back(explanation: Explanation) -> int:
    """Check both forms; return the number of lines."""
    values = [named(explanation.expression, fill) for fill in explanation.fills]
    first, *sides = explanation.text.split(" = ")
    assert (first, sides[-1]) == (symbol_text(explanation.symbol), short(explanation.value))
    lines = [from_text(side) for side in figures(values, sides)]
    first, *sides = EQUALS.split(explanation.latex)
    assert (first, sides[-1]) == (symbol_latex(explanation.symbol), latex_number(explanation.value))
    # LaTeX has only the first terms of a long sum, in symbols.
    whole = figures(values, [side for side in sides if r"\cdots" not in side], latex=True)
    lines += [from_latex(side, explanation.expression) for side in whole]
    for line in lines:
        assert meet(interval(line), shown(explanation.value)), (explanation.ref, explanation.notation, line)
    return len(lines)


def figures(values: list[dict[str, float]], sides: list[str], *, latex: bool = False) -> list[str]:
    """The sides of an equation with their symbols replaced by numbers, given for each way of writing them."""
    for replaced in [filler(one, latex=latex) for one in values]:
        sides = [replaced(side) for side in sides]
    return sides


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(traces, st.sampled_from([30, 3]), st.integers(0, 2**32 - 1))
def test_text_and_latex_evaluate_to_the_number(recorded: Trace, terms: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for family in explained_tensors(recorded):
        if family.values.size:
            index = tuple(map(int, np.unravel_index(rng.integers(family.values.size), family.values.shape)))
            for notation in NOTATIONS:
                read_back(explain(recorded, family.ref(index), notation, terms))


@pytest.mark.slow
def test_those_of_every_kind_of_layer_loss_and_update_do() -> None:
    lines = 0
    for number, case in enumerate(ONE_OF_EACH):
        loss = sorted(LOSSES)[number % len(LOSSES)] if len(case.shape) == 2 else "huber"
        recorded = record([case], LOSSES[loss], OPTIMIZERS[number % len(OPTIMIZERS)])
        for family in explained_tensors(recorded):
            for index in list(np.ndindex(family.values.shape))[:1]:
                lines += sum(read_back(explain(recorded, family.ref(index), notation, 5)) for notation in NOTATIONS)
    assert lines > 2500


@pytest.mark.parametrize(
    ("line", "value"),
    [("(−1) to the power 3", -1), ("(-2)^(3)", -8), ("(-2)^(-3)", -0.125), ("(−3) squared", 9), ("4^(0.5)", 2)],
)
def test_a_negative_number_is_raised_to_a_whole_power(line: str, value: float) -> None:
    low, high = interval(line)
    assert low < value < high
    assert high - low < 1e-3


@pytest.mark.parametrize(("line", "value"), [("floor(5 / 2)", 2), ("floor(6 / 2)", 3), ("floor((7 − 1) / 7)", 0)])
def test_a_quotient_of_counts_is_rounded_down_to_one_number(line: str, value: float) -> None:
    assert interval(line) == (value, value)


def test_a_cosine_is_read_from_0_to_pi_and_no_further() -> None:
    assert interval("cos(0)") == (1, 1)
    low, high = interval("cos(3.14159 · 1 / 2)")
    assert low < 0 < high < low + 1e-4
    assert interval("cos(3.14159)")[0] == -1
    with pytest.raises(ValueError, match="no angle"):
        interval("cos(4)")


@pytest.mark.parametrize("face", ["text", "latex"])
def test_a_face_that_leaves_out_brackets_is_found(face: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = record([ONE_OF_EACH[-5]], LOSSES["half_squared_error"])
    explanation = explain(recorded, "loss")
    assert read_back(explanation) > 3
    # The package has functions with the modules' names.
    monkeypatch.setattr(sys.modules[f"tinyml.expression.{face}"], "needs_brackets", lambda *_: False)
    with pytest.raises((AssertionError, ValueError)):
        read_back(explanation)
