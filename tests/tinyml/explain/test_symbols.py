"""Patterns of symbols: a ref's indices inserted in its tensor's pattern give the symbol of its explanation."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.tinyml.explain.test_everything import traces
from tinyml.explain import Symbols
from tinyml.explain.tensors import explained_tensors
from tinyml.trace import Trace


def filled(patterns: dict[str, str], name: str, index: tuple[int, ...]) -> str:
    """A ref's symbol, read as the documentation of `symbols` specifies."""

    def indices(found: re.Match[str]) -> str:
        written = [str(i + 1) for i in index[int(found[1]) :]]
        separator = "," if any(len(one) > 1 for one in written) else ""
        return "_" + separator.join(written) + (separator if len(written) == 1 else "") if written else ""

    stem, derivative = name, ""
    if name not in patterns:
        stem, _, derivative = name.rpartition(".")
    symbol = re.sub(r"_\{(\d):\}", indices, patterns[stem])
    symbol = re.sub(r"\{(\d)\}", lambda found: str(index[int(found[1])] + 1), symbol)
    if derivative == "next":
        return re.sub(r"\^\((\d+)\)", r"^(\1,new)", symbol)
    return "∂ℓ/∂" + symbol if derivative == "grad" else symbol


@given(traces, st.integers(0, 2**32 - 1))
def test_patterns_give_every_symbol(recorded: Trace, seed: int) -> None:
    rng = np.random.default_rng(seed)
    patterns = Symbols(recorded).patterns(recorded)
    for family in explained_tensors(recorded):
        # The input of a layer has the symbol of the output that it equals.
        if family.part != "input" and family.values.size:
            index = tuple(map(int, np.unravel_index(rng.integers(family.values.size), family.values.shape)))
            assert filled(patterns, family.name, index) == family.symbol(index), family.name
