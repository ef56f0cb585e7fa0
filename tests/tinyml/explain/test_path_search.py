"""Paths compared with an enumeration of each of them, without any shared counts, sums or ranks."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.faces import named
from tests.support.reaching import reaches
from tests.tinyml.explain.test_everything import traces
from tinyml.core import Index, LimitError, overflow_allowed
from tinyml.explain import Paths, explain, levels
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.path_search import by_paths
from tinyml.explain.refs import parse
from tinyml.explain.tensors import StepTensors, explained_tensors
from tinyml.expression import Folding
from tinyml.layers import Conv2D, Flatten, Layer, LeakyReLu, Linear, ReLu
from tinyml.losses import half_squared_error, mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import Trace, trace

WALKED = 3_000


def walked(recorded: Trace, family: ExplainedTensor, at: Index) -> Iterator[list[float]]:
    """The factors of every path from a number, one path after another."""
    quantities, ends = StepTensors(recorded), recorded.layers[-1].output_gradient

    def onward(place: int, locals: LocalDerivatives, before: list[float]) -> Iterator[list[float]]:
        for i in range(locals.count):
            output, factors = locals.output(i), [*before, locals.derivative(i).value]
            if place + 1 == len(recorded.layers):
                yield [*factors, float(ends[output])]
            else:
                yield from onward(place + 1, quantities.input_source(place + 1).locals(output), factors)

    assert family.source is not None
    yield from onward(family.source.place, family.source.locals(at), [])


def size(value: float) -> float:
    return abs(value) if value == value else math.inf


def paths_of(recorded: Trace, ref: str, terms: int = 12) -> Paths:
    """The paths of a number, including those whose sum overflows, for which the explanation has none."""
    with overflow_allowed():
        quantities = StepTensors(recorded, Folding(terms))
        return by_paths(quantities, *quantities.find(parse(ref)))[1]


def check(recorded: Trace, family: ExplainedTensor, at: Index, every: list[list[float]], terms: int) -> None:
    products = [math.prod(factors) for factors in every]
    paths = paths_of(recorded, family.ref(at), terms)
    assert paths.count == len(every)
    found = [path.running[-1] for path in paths.largest]
    assert len(found) == (len(every) if len(every) <= terms + 1 else terms)
    assert len({path.refs for path in paths.largest}) == len(found)
    np.testing.assert_allclose([*map(size, found)], sorted(map(size, products), reverse=True)[: len(found)], rtol=1e-12)
    whole, scale = sum(products), sum(map(size, products))
    assert math.fsum(found) + paths.remainder == pytest.approx(whole, rel=1e-12, abs=1e-14 * scale, nan_ok=True)


@settings(max_examples=50)
@given(traces, st.data(), st.integers(1, 20))
def test_of_any_network_all_paths_are_counted_and_added_up_and_the_largest_come_first(
    recorded: Trace, data: st.DataObject, terms: int
) -> None:
    sources = [family for family in explained_tensors(recorded) if family.source is not None and family.values.size]
    family = data.draw(st.sampled_from(sources))
    place = data.draw(st.integers(0, family.values.size - 1))
    at = tuple(map(int, np.unravel_index(place, family.values.shape)))
    every = [path for path, _ in zip(walked(recorded, family, at), range(WALKED), strict=False)]
    assume(len(every) < WALKED)
    reaches(0.1, "more paths than requested", len(every) > terms + 1)
    check(recorded, family, at, every, terms)


def wide(weights: list[np.ndarray], x: np.ndarray) -> Trace:
    """A network with these weights (inputs × outputs) and a ReLU after each layer but the last."""
    row: list[Layer] = []
    for i, weight in enumerate(weights):
        row += [Linear(f"fc_{i}", *weight.shape, weight=weight.T, bias=np.zeros(weight.shape[1])), ReLu(f"relu_{i}")]
    return trace(
        Sequential(row[:-1]), half_squared_error, SGDOptimizer(0.1), x, np.ones((len(x), weights[-1].shape[1]))
    )


def family_of(recorded: Trace, name: str) -> ExplainedTensor:
    return next(family for family in explained_tensors(recorded) if family.name == name)


# A few weights are equal, and their ReLUs stop at exactly 0; NaN and unbounded values propagate to the end.
FEW = st.sampled_from([-1.0, -0.0, 0.0, 0.5, 1.0])
SPECIAL = st.sampled_from([-1.0, 0.0, 0.5, 1.0, math.inf, -math.inf, math.nan])


@settings(max_examples=60)
@given(st.data(), st.sampled_from([FEW, SPECIAL]), st.integers(1, 20))
def test_ties_dead_units_and_what_is_no_number_are_ranked_as_the_walk_finds_them(
    data: st.DataObject, values: st.SearchStrategy[float], terms: int
) -> None:
    widths = data.draw(st.lists(st.integers(1, 4), min_size=3, max_size=4))

    def drawn(rows: int, columns: int) -> np.ndarray:
        return np.array(data.draw(st.lists(values, min_size=rows * columns, max_size=rows * columns))).reshape(
            rows, columns
        )

    weights = [drawn(*pair) for pair in pairwise(widths)]
    with np.errstate(all="ignore"):
        recorded = wide(weights, drawn(2, widths[0]))
    for name, at in (("x.grad", (1, 0)), ("fc_0.w.grad", (0, 0))):
        family = family_of(recorded, name)
        every = list(walked(recorded, family, at))
        products = [math.prod(factors) for factors in every]
        paths = paths_of(recorded, family.ref(at), terms)
        assert paths.count == len(every)
        sizes = [size(path.running[-1]) for path in paths.largest]
        assert sizes == pytest.approx(sorted(map(size, products), reverse=True)[: len(sizes)], rel=1e-12)
        reaches(0.2, "paths tie", len(set(map(size, products))) < len(products))
        reaches(0.1, "a path through a dead unit", 0 in products)
        reaches(0.03, "a path that is no number", any(map(math.isnan, products)))


@pytest.mark.parametrize("last", [[-math.inf, *[1.0, -1.0] * 10], [2.5e153] * 20])
def test_paths_without_a_common_bound_are_listed_like_any_other(last: list[float]) -> None:
    with np.errstate(all="ignore"):
        recorded = wide([np.ones((1, len(last))), np.array(last)[:, None]], np.ones((1, 1)))
    paths = paths_of(recorded, "x.grad[0,0]")
    assert (paths.count, len(paths.largest)) == (len(last), 12)
    assert not math.isfinite(paths.remainder)


def test_a_wide_layer_is_counted_added_up_and_ranked() -> None:
    rng = np.random.default_rng(0)
    recorded = wide([rng.normal(size=pair) for pair in ((3, 200), (200, 5))], rng.normal(size=(4, 3)))
    for name, at in (("x.grad", (2, 1)), ("fc_0.w.grad", (1, 150)), ("relu_0.output.grad", (3, 199))):
        family = family_of(recorded, name)
        check(recorded, family, at, list(walked(recorded, family, at)), 40)


@pytest.mark.parametrize("weight", [0.1, 0.0, -0.1, math.nan, math.inf])
def test_behind_activations_too_the_first_of_equals_are_found_without_trying_all(weight: float) -> None:
    with np.errstate(all="ignore"):
        recorded = wide([np.full((10, 10), weight)] * 10, np.ones((1, 10)))
    paths = paths_of(recorded, "x.grad[0,0]")
    assert (paths.count, len(paths.largest)) == (10**10, 12)
    assert len({path.refs for path in paths.largest}) == 12


def test_ways_that_lead_nowhere_are_not_followed_even_where_all_paths_are_0() -> None:
    def conv(i: int, size: int, stride: int) -> Conv2D:
        layer = Conv2D(f"conv_{i}", (1, 16, 16), 1, size, size, stride, padding=int(size == 3))
        layer.weight.tensor = np.zeros_like(layer.weight.tensor)
        return layer

    # Only the corners reach the output, and only one of 9⁷ paths leads from the middle to the nearest corner.
    row = [*(conv(i, 3, 1) for i in range(7)), conv(7, 1, 15), Flatten("flat"), Linear("fc", 4, 1)]
    recorded = trace(Sequential(row), mse_loss, SGDOptimizer(0.1), np.ones((1, 1, 16, 16)), np.zeros((1, 1)))
    for unit in ("7,7", "8,8"):
        paths = paths_of(recorded, f"x.grad[0,0,{unit}]")
        assert (paths.count, len(paths.largest)) == (1, 1)


@pytest.mark.parametrize(
    ("ref", "factors"),
    [
        ("x.grad[0,0]", 5 + 5 + 5 * 3),
        ("fc_0.w.grad[0,2]", 4 + 4 + 4 * 3),  # one path begins at each of four samples
        ("relu_0.output.grad[1,1]", 3),
    ],
)
def test_as_many_derivatives_as_lie_on_the_paths_are_counted_and_no_others(
    ref: str, factors: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    recorded = wide([rng.normal(size=pair) for pair in ((2, 5), (5, 3))], rng.normal(size=(4, 2)))
    monkeypatch.setattr(levels, "MAX_PATH_FACTORS", factors)
    assert paths_of(recorded, ref).count > 0
    monkeypatch.setattr(levels, "MAX_PATH_FACTORS", factors - 1)
    with pytest.raises(LimitError, match=f"more than {factors - 1} derivatives lie between") as refused:
        explain(recorded, ref, "paths")
    assert refused.value.asked == factors


def test_of_an_image_only_the_windows_that_see_a_pixel_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    row = [Conv2D("conv", (1, 6, 6), 1, 3, 3), ReLu("relu"), Flatten("flat"), Linear("fc", 16, 2)]
    recorded = trace(Sequential(row), mse_loss, SGDOptimizer(0.1), np.ones((2, 1, 6, 6)), np.zeros((2, 2)))
    monkeypatch.setattr(levels, "MAX_PATH_FACTORS", 4 + 4 + 4 + 4 * 2)
    assert paths_of(recorded, "x.grad[1,0,1,1]").count == 4 * 2
    with pytest.raises(LimitError, match="derivatives"):
        explain(recorded, "x.grad[1,0,2,2]", "paths")


@pytest.mark.parametrize(
    ("slopes", "letters"),
    [
        ((0.1, 0.1, 0.1), {"α": 0.1}),
        ((0.1, 0.3, 0.3), {"α^(1)": 0.1, "α′^(1)": 0.3, "α^(2)": 0.3}),
        ((0.1, 0.3, 0.5), {"α^(1)": 0.1, "α′^(1)": 0.3, "α^(2)": 0.5}),
    ],
)
def test_a_letter_that_is_of_several_layers_has_their_indices_where_its_values_differ(
    slopes: tuple[float, ...], letters: dict[str, float]
) -> None:
    rng = np.random.default_rng(1)
    first, second, third = (LeakyReLu(f"leaky_{i}", slope) for i, slope in enumerate(slopes))
    model = Sequential([Linear("fc_1", 2, 2, rng=rng), first, second, Linear("fc_2", 2, 2, rng=rng), third])
    recorded = trace(model, mse_loss, SGDOptimizer(0.1), np.array([[0.5, -0.7]]), np.array([[0.1, 0.9]]))
    explained = explain(recorded, "fc_1.w.grad[0,0]", notation="paths")
    # Every symbol of one formula has one value.
    found = {name: value for name, value in named(explained.expression, "symbols").items() if name[0] == "α"}
    assert found == letters
    assert explained.paths is not None
    for path in explained.paths.largest:
        for factor in path.factors:
            assert {name for name in named(factor, "symbols") if name[0] == "α"} <= letters.keys()
