"""Every layer with random settings, compared with PyTorch, with central differences and with itself."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Array, Case, gradients, in_float32, output_of, passes
from tests.support.layers_at_random import KINDS, OVER_THE_BATCH, cases
from tests.support.pytorch_layers import recorded, torch_passes, where_torch_is
from tests.support.reaching import reaches
from tests.tinyml.layers.cases import ROWS
from tinyml import layers

RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text("utf-8"))
each_kind = pytest.mark.parametrize("kind", KINDS)
each_batch = pytest.mark.parametrize("batch", [st.just(1), st.just(2), st.integers(3, 5)], ids=["1", "2", "n"])
any_batch = st.integers(1, 4)
STEP = 1e-6


def agree(ours: dict[str, Any], theirs: dict[str, Any], tolerance: float = 1e-10) -> None:
    assert ours.keys() == theirs.keys()
    for name, value in ours.items():
        np.testing.assert_allclose(value, theirs[name], rtol=tolerance, atol=tolerance, err_msg=name)


def test_every_layer_has_a_row_in_the_table_of_cases() -> None:
    missing = set(layers.__all__) - {"Layer"} - ROWS.keys()
    assert not missing, f"add a row for {', '.join(sorted(missing))} to ROWS in tests/tinyml/layers/cases.py"
    assert ROWS.keys() <= set(layers.__all__)
    for kind, row in ROWS.items():
        assert {case.kind for case in row.cases} == {kind}


@pytest.mark.parametrize("case", [case for row in ROWS.values() for case in row.cases], ids=lambda case: case.name)
def test_passes_equal_what_pytorch_recorded(case: Case) -> None:
    agree(passes(case), recorded(RECORDED, case.name, "tests.tinyml.layers.record_pytorch"))


@pytest.mark.slow
@where_torch_is
@each_kind
@each_batch
@settings(max_examples=40)
@given(data=st.data())
def test_passes_equal_pytorchs(kind: str, batch: st.SearchStrategy[int], data: st.DataObject) -> None:
    case = data.draw(cases(kind, batch))
    agree(passes(case), torch_passes(case))


def jacobians(case: Case) -> dict[str, Array]:
    """∂output/∂input and ∂output/∂parameter by central differences: the output's axes first."""
    layer, x = case.layer(), case.x()
    fed = case.fed(x)
    found = {}
    for name in ("input_gradient", *layer.parameters()):
        tensor = x if name == "input_gradient" else layer.parameters()[name].tensor
        columns = []
        for index in np.ndindex(tensor.shape):
            sides = []
            for step in (STEP, -STEP):
                # A pass may change the state of these; all others must give the same results in every pass.
                moved = case.layer() if case.kind in OVER_THE_BATCH else layer
                x_moved = x.copy()
                target = x_moved if name == "input_gradient" else moved.parameters()[name].tensor
                before = target[index]
                target[index] += step
                arguments = (x_moved, fed[1]) if isinstance(fed, tuple) else x_moved
                sides.append(np.array(output_of(moved.forward(arguments))))
                target[index] = before
            columns.append((sides[0] - sides[1]) / (2 * STEP))
        found[name] = np.stack(columns, axis=-1).reshape(*columns[0].shape, *tensor.shape)
    return found


@pytest.mark.slow
@each_kind
@settings(max_examples=40)
@given(data=st.data())
def test_gradients_equal_central_differences(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, any_batch, ties=False))
    upstream, ours = case.upstream(), passes(case)
    for name, jacobian in jacobians(case).items():
        numeric = np.tensordot(upstream, jacobian, upstream.ndim)
        np.testing.assert_allclose(ours[name], numeric, rtol=STEP, atol=STEP, err_msg=name)


@pytest.mark.slow
@each_kind
@settings(max_examples=25)
@given(data=st.data())
def test_each_unit_upstream_gives_its_row_of_the_jacobian(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 2), ties=False))
    layer = case.layer()
    output = output_of(layer.forward(case.fed(case.x())))
    assume(output.size <= 40)
    numeric = jacobians(case)
    for index in np.ndindex(output.shape):
        unit = np.zeros(output.shape)
        unit[index] = 1
        for name, row in gradients(layer, unit).items():
            np.testing.assert_allclose(row, numeric[name][index], rtol=STEP, atol=STEP, err_msg=name)


@each_kind
@settings(max_examples=25)
@given(data=st.data(), one=st.floats(-3, 3), other=st.floats(-3, 3))
def test_backward_is_linear_in_the_upstream_gradient(kind: str, data: st.DataObject, one: float, other: float) -> None:
    case = data.draw(cases(kind, any_batch))
    layer, first, second = case.layer(), case.upstream(1), case.upstream(2)
    layer.forward(case.fed(case.x()))
    together = gradients(layer, one * first + other * second)
    apart = gradients(layer, first), gradients(layer, second)
    agree(together, {name: one * apart[0][name] + other * apart[1][name] for name in together})


@pytest.mark.slow
@each_kind
@settings(max_examples=25)
@given(data=st.data())
def test_backward_twice_gives_the_same_and_leaves_its_arguments_alone(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, any_batch))
    layer, x, upstream = case.layer(), case.x(), case.upstream()
    layer.forward(case.fed(x))
    first, again = gradients(layer, upstream), gradients(layer, upstream)
    for name, value in first.items():
        np.testing.assert_array_equal(value, again[name], err_msg=name)
    np.testing.assert_array_equal(x, case.x())
    np.testing.assert_array_equal(upstream, case.upstream())


@pytest.mark.slow
@each_kind
@settings(max_examples=25)
@given(data=st.data())
def test_a_sample_by_itself_gives_what_it_gives_in_the_batch(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(2, 4)))
    assume(not (case.training and kind in OVER_THE_BATCH))
    reaches(0.3, "several samples", case.shape[0] > 1)
    together, layer = passes(case), case.layer()
    fed, upstream = case.fed(case.x()), case.upstream()
    summed = {name: np.zeros_like(parameter.tensor) for name, parameter in layer.parameters().items()}
    for n in range(len(upstream)):
        alone = slice(n, n + 1)
        answer = layer.forward((fed[0][alone], fed[1][alone]) if isinstance(fed, tuple) else fed[alone])
        found = gradients(layer, upstream[alone])
        for name, value in (("output", output_of(answer)), ("input_gradient", found["input_gradient"])):
            np.testing.assert_allclose(value, together[name][alone], rtol=1e-12, atol=1e-12, err_msg=name)
        summed = {name: value + found[name] for name, value in summed.items()}
    agree(summed, {name: together[name] for name in summed})


@each_kind
@settings(max_examples=25)
@given(data=st.data())
def test_float32_stays_float32_and_agrees_with_float64(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, any_batch))
    layer, fed = in_float32(case.layer()), case.fed(case.x().astype(np.float32))
    answer = layer.forward(fed)
    ours = {"output": output_of(answer), **gradients(layer, case.upstream().astype(np.float32))}
    theirs = passes(case)
    for name, value in ours.items():
        assert value.dtype == np.float32, name
        np.testing.assert_allclose(value, theirs[name], rtol=2e-4, atol=2e-4, err_msg=name)
