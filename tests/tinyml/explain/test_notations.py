"""The chain rule, matrices and paths: each notation has the factors that it claims, not only the right result."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layers_at_random import cases
from tests.support.networks import Document, build, documents
from tests.support.reaching import reaches
from tests.tinyml.test_trace import CHAPTER
from tinyml import layers
from tinyml.explain import MAX_PATH_FACTORS, explain
from tinyml.explain.tensors import StepTensors
from tinyml.expression import Leaf, Marked, Operation, evaluate
from tinyml.layers import Linear
from tinyml.losses import half_squared_error, mse_loss, softmax_cross_entropy
from tinyml.narrate import plain_law
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace

EXPLAINED = [name for name in layers.__all__ if name not in ("Layer", "MaxUnpool2D")]


@pytest.mark.parametrize("kind", EXPLAINED)
@settings(max_examples=15)
@given(data=st.data())
def test_the_local_derivatives_of_a_layer_are_those_of_its_forward_pass(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 3), ties=False))
    layer, x = case.layer(), case.x()
    layer.training = layer.training and kind != "Dropout"  # each pass would draw another mask
    target = np.zeros((len(x), *layer.output_shape(x.shape[1:])))
    recorded = trace(Sequential([layer]), mse_loss, SGDOptimizer(0.1), x, target)
    at = tuple(data.draw(st.integers(0, size - 1)) for size in x.shape)
    source = StepTensors(recorded).input_source(0)
    found_by = source.locals(at)
    found = np.zeros(target.shape)
    for i in range(found_by.count):
        found[found_by.output(i)] += found_by.derivative(i).value
    # Up to the last bits: if large parts nearly cancel, as in GELU's slope, formula and array round differently.
    in_formulas = [found_by.derivative(i).value for i in range(found_by.count)]
    assert found_by.numbers() == pytest.approx(in_formulas, rel=1e-12, abs=1e-15)
    step = np.zeros_like(x)
    step[at] = 1e-6
    right, left = (np.copy(np.asarray(layer_output(layer, moved))) for moved in (x + step, x - step))
    np.testing.assert_allclose(found, (right - left) / 2e-6, rtol=1e-5, atol=1e-6)


def layer_output(layer: Any, x: Any) -> Any:
    before = {name: getattr(layer, name) for name in layer.running_state}
    output = layer.forward(x)
    for name, value in before.items():
        setattr(layer, name, value)
    return output[0] if isinstance(output, tuple) else output


learning = documents().filter(lambda document: any(layer["type"] == "Linear" for layer in document["layers"]))


@given(st.one_of(learning, documents()))
def test_each_upstream_factor_is_the_gradient_of_the_output_that_it_names(document: Document) -> None:
    recorded = build(document).trace()
    reaches(0.5, "a parameter", any(layer.parameters for layer in recorded.layers))
    reaches(0.3, "several samples", len(recorded.x) > 1)
    for layer in recorded.layers:
        for name in layer.parameters:
            index = (0,) * layer.parameters[name].value.ndim
            ref = f"{layer.layer.name}.{name}.grad[{','.join(map(str, index))}]"
            expression = explain(recorded, ref, "chain", 100).expression
            terms = expression.args if isinstance(expression, Operation) and expression.op == "sum" else (expression,)
            assert len(terms) == len(recorded.x)
            for n, term in enumerate(terms):
                assert isinstance(term, Operation)
                upstream, local = term.args
                assert isinstance(upstream, Marked)
                assert isinstance(local, Marked)
                assert (upstream.role, local.role) == ("upstream", "local")
                assert isinstance(upstream.expression, Leaf)
                assert upstream.expression.ref == f"{layer.layer.name}.output.grad[{n},0]"
                assert local.derivative.startswith(upstream.derivative.replace("∂ℓ/", "") + "/∂")


def test_the_chain_rule_is_written_in_derivatives_first() -> None:
    assert explain(build(CHAPTER).trace(), "fc_1.w.grad[0,1]", "chain").latex == (
        r"\frac{\partial\ell}{\partial w^{(1)}_{12}} = \frac{\partial\ell}{\partial \hat{y}_{2}} \cdot "
        r"\frac{\partial\hat{y}_{2}}{\partial w^{(1)}_{12}} = \nabla^{(1)}_{2} \cdot x_{1} = -0.37 \cdot 0.1 = -0.037"
    )


TENSORS = st.sampled_from(["output[1,0]", "w.grad[1,0]", "b.grad[1]", "output.grad[1,1]", "input.grad[0,1]"])


@given(st.integers(0, 2**32 - 1), TENSORS)
def test_a_row_and_a_column_are_those_of_the_tensors_that_they_name(seed: int, tensor_ref: str) -> None:
    rng = np.random.default_rng(seed)
    model = Sequential([Linear("fc_1", 3, 2, rng=rng), Linear("fc_2", 2, 4, rng=rng)])
    x, y = rng.normal(size=(2, 3)), rng.normal(size=(2, 4))
    recorded = trace(model, half_squared_error, SGDOptimizer(0.1), x, y)
    tensors = {"x": x, "fc_1.one": np.ones((2, 1)), "fc_1.output": recorded.layers[0].output}
    for layer in recorded.layers:
        tensors[f"{layer.layer.name}.w"] = layer.parameters["w"].value
        tensors[f"{layer.layer.name}.output.grad"] = layer.output_gradient
    explanation = explain(recorded, f"fc_1.{tensor_ref}", "matrix")
    matrix = explanation.matrix
    assert matrix is not None
    lines = []
    for line, kind in ((matrix.left, "row"), (matrix.right, "column")):
        tensor = tensors[line.side.tensor].T if line.side.transposed else tensors[line.side.tensor]
        assert (tensor.shape, kind) == (line.side.shape, line.side.kind)
        entries = tensor[line.side.at] if kind == "row" else tensor[:, line.side.at]
        assert [entry.value for entry in line.entries] == entries.tolist()
        lines.append(entries)
    added = matrix.plus.value if matrix.plus is not None else 0.0
    assert lines[0] @ lines[1] + added == pytest.approx(explanation.value, rel=1e-12)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=5), st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_paths_are_all_there_are_with_the_largest_first(widths: list[int], seed: int, terms: int) -> None:
    rng = np.random.default_rng(seed)
    model = Sequential([Linear(f"fc_{i}", *pair, rng=rng) for i, pair in enumerate(itertools.pairwise(widths))])
    x, y = rng.normal(size=(1, widths[0])), rng.normal(size=(1, widths[-1]))
    recorded = trace(model, mse_loss, SGDOptimizer(0.1), x, y)
    weights = [layer.parameters["w"].value for layer in recorded.layers]
    products = {}
    for units in itertools.product(*map(range, widths[1:])):
        ways = zip((0, *units), units, weights, strict=False)
        slopes = [float(w[start, end]) for start, end, w in ways]
        refs = tuple(f"fc_{i}.output[0,{unit}]" for i, unit in enumerate(units))
        products[(*refs, "loss")] = [*slopes, float(recorded.loss.gradient[0, units[-1]])]
    reaches(0.2, "more paths than requested", len(products) > terms + 1)
    for requested in (terms, 10_000):
        paths = explain(recorded, "x.grad[0,0]", "paths", requested).paths
        assert paths is not None
        assert paths.count == len(products)
        assert len(paths.largest) == min(len(products), requested if len(products) > requested + 1 else len(products))
        for path in paths.largest:
            assert [factor.value for factor in path.factors] == products[path.refs]
        sizes = [abs(path.running[-1]) for path in paths.largest]
        expected = sorted((abs(math.prod(factors)) for factors in products.values()), reverse=True)
        np.testing.assert_allclose(sizes, expected[: len(sizes)], rtol=1e-12)
        shown = {path.refs for path in paths.largest}
        rest = math.fsum(math.prod(factors) for refs, factors in products.items() if refs not in shown)
        assert paths.remainder == pytest.approx(rest, rel=1e-9, abs=1e-14)


def test_more_paths_than_anyone_could_list_are_counted_exactly() -> None:
    model = Sequential([Linear(f"fc_{i}", 30, 30) for i in range(20)])
    x, y = np.ones((1, 30)), np.zeros((1, 30))
    explanation = explain(trace(model, mse_loss, SGDOptimizer(0.1), x, y), "x.grad[0,0]", "paths")
    assert explanation.paths is not None
    assert explanation.paths.count == 30**20
    assert explanation.value == pytest.approx(evaluate(explanation.expression), rel=1e-12)
    assert MAX_PATH_FACTORS >= 30 + 19 * 900


@pytest.mark.parametrize("weight", [0.0, 0.1, 0.25])
def test_of_equally_large_paths_the_first_are_found_without_trying_all(weight: float) -> None:
    layers = [Linear(f"fc_{i}", 10, 10, weight=np.full((10, 10), weight)) for i in range(12)]
    recorded = trace(Sequential(layers), mse_loss, SGDOptimizer(0.1), np.ones((1, 10)), np.zeros((1, 10)))
    paths = explain(recorded, "x.grad[0,0]", "paths").paths
    assert paths is not None
    assert (paths.count, len(paths.largest)) == (10**12, 12)
    assert len({path.refs for path in paths.largest}) == 12


def test_softmax_with_cross_entropy_is_one_step_and_can_be_taken_apart() -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 2, 3, rng=rng)])
    recorded = trace(model, softmax_cross_entropy, SGDOptimizer(0.1), rng.normal(size=(2, 2)), np.array([2, 0]))
    fused = explain(recorded, "fc_1.output.grad[0,1]")
    apart = explain(recorded, "fc_1.output.grad[0,1]", "chain")
    assert plain_law(fused.law) == "∂ℓ/∂ŷ = (p − y) / N, with p = softmax(ŷ)"
    assert apart.law.key == "law.from_parts"
    assert isinstance(apart.expression, Operation)
    first = apart.expression.args[0]
    assert isinstance(first, Operation)
    assert [factor.derivative for factor in first.args if isinstance(factor, Marked)] == [
        "∂ℓ/∂p_1^[1]",
        "∂p_1^[1]/∂ŷ_2^[1]",
    ]
    for explanation in (fused, apart):
        assert evaluate(explanation.expression) == pytest.approx(explanation.value, rel=1e-12)


def test_scores_that_leave_no_share_are_explained_as_the_one_step_that_bears_them() -> None:
    model = Sequential([Linear("fc_1", 1, 2, weight=np.array([[1000.0], [-1000.0]]), bias=np.zeros(2))])
    recorded = trace(model, softmax_cross_entropy, SGDOptimizer(0.1), np.ones((1, 1)), np.array([1]))
    explanation = explain(recorded, "fc_1.output.grad[0,1]", "chain")
    assert evaluate(explanation.expression) == explanation.value == -1.0
