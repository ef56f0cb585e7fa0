"""The contract of a layer that can run for a whole stack of networks at once, as in the gradient check: some networks
of the stack may share its parameters, and it then runs once for these and once for the others.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tinyml
from tests.support.layers_at_random import KINDS, cases
from tinyml import layers
from tinyml.core import Array

STACKABLE = sorted(name for name in KINDS if getattr(layers, name).stackable)
ENGINE = str(Path(tinyml.__file__).parent)


def lines(work: Callable[[], Any]) -> set[tuple[str, int]]:
    """The lines of the engine that a call executes."""
    found = set[tuple[str, int]]()

    def local(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            found.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    before = sys.gettrace()
    sys.settrace(lambda frame, *_: local if frame.f_code.co_filename.startswith(ENGINE) else None)
    try:
        work()
    finally:
        sys.settrace(before)
    return found


@pytest.mark.parametrize("kind", STACKABLE)
@settings(max_examples=10)
@given(data=st.data())
def test_a_stackable_layer_neither_branches_on_its_numbers_nor_draws_unless_declared(
    kind: str, data: st.DataObject
) -> None:
    case = data.draw(cases(kind, st.integers(1, 3)))
    layer, x = case.layer(), case.x()
    upstream = np.random.default_rng(case.seed).normal(size=layer.forward(x).shape)

    def pass_of(x: Array) -> Callable[[], None]:
        def both() -> None:
            layer.forward(x)
            layer.backward(upstream)

        return both

    pass_of(x)()
    executed = [lines(pass_of(other)) for other in (x, -x, 0 * x, 1e3 * x)]
    # Tanh only saves work if no slope is small; no entry depends on it, as test_tanh.py shows.
    assert kind == "Tanh" or all(one == executed[0] for one in executed)
    draws = any(Path(file).name == "random.py" for file, _ in executed[0])
    # Dropout draws one mask for the whole stack, which the check restores.
    assert not draws or layer.running_state
    if layer.parameters():
        assert not layer.running_state


def test_layers_that_draw_or_learn_are_among_them() -> None:
    assert {"Dropout", "Linear"} <= set(STACKABLE)
