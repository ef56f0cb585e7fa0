"""Penalties, and decay without the biases: PyTorch's steps, and ∂J/∂w as the derivative of J."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents_at_random import documents, with_zeros
from tests.support.networks import Document, build
from tests.support.pytorch import PENALIZED, torch_penalized
from tests.support.pytorch_layers import where_torch_is
from tests.support.reaching import reaches
from tinyml import optims
from tinyml.core import Parameter
from tinyml.data import Batches
from tinyml.explain.refs import parse
from tinyml.gradient_check import gradient_check
from tinyml.layers import Deconv2D, LayerNorm, Linear, PReLU, Tanh
from tinyml.losses import half_squared_error
from tinyml.net import Ensemble, Sequential
from tinyml.optims import Penalty, SGDOptimizer
from tinyml.trace import trace
from tinyml.training import TrainingRun, Until

RECORDED = Path(__file__).parent / "recorded.json"
each_setting = pytest.mark.parametrize("setting", PENALIZED, ids=lambda setting: setting["name"])


def our_steps(setting: dict[str, Any]) -> list[Any]:
    """A weight and a bias after each of three steps with given gradients of the loss, and Ω before each."""
    optimizer = getattr(optims, setting["ours"])(**setting["arguments"])
    optimizer.penalty = Penalty(**setting["penalty"]) if "penalty" in setting else None
    optimizer.clip = optims.Clip(*setting["clip"]) if "clip" in setting else None
    optimizer.decay_biases = setting.get("decay_biases", True)
    w, b = Parameter(np.array(setting["w"])), Parameter(np.array(setting["b"]), is_bias=True)
    seen = []
    for slopes in setting["gradients"]:
        value = optimizer.penalty.value([w, b]) if optimizer.penalty else 0.0
        gradients = dict(zip((w, b), map(np.array, slopes), strict=True))
        for parameter, used in optimizer.used(gradients).items():
            optimizer.update(parameter, used)
        seen.append([value, w.tensor.tolist(), b.tensor.tolist()])
    return seen


def flat(steps: list[Any]) -> list[float]:
    return [number for value, w, b in steps for number in (value, *np.ravel(w), *np.ravel(b))]


@each_setting
def test_three_steps_equal_what_pytorch_recorded(setting: dict[str, Any]) -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))[setting["name"]]
    np.testing.assert_allclose(flat(our_steps(setting)), flat(recorded), rtol=1e-12)


@each_setting
@where_torch_is
def test_three_steps_equal_pytorchs(setting: dict[str, Any]) -> None:
    np.testing.assert_allclose(flat(our_steps(setting)), flat(torch_penalized(setting)), rtol=1e-12)


def test_the_second_sum_moves_weights_as_weight_decay_does() -> None:
    w, b = Parameter(np.array([2.0, -1.0])), Parameter(np.array([1.0]), is_bias=True)
    decaying, penalized = SGDOptimizer(0.5, weight_decay=0.25), SGDOptimizer(0.5)
    decaying.decay_biases, penalized.penalty = False, Penalty(l2=0.25)
    slopes = {w: np.array([0.5, 0.5]), b: np.array([2.0])}
    for one, slope in penalized.used(slopes).items():
        np.testing.assert_array_equal(penalized.propose(one, slope)[0], decaying.propose(one, slopes[one])[0])


@st.composite
def penalized(draw: st.DrawFn) -> Document:
    """Documents with a penalty; in half of them, about a third of the parameters' numbers are exactly 0."""
    share = draw(st.sampled_from([0.0, 0.3]))
    penalty = draw(st.sampled_from([{"l1": 0.1}, {"l2": 0.3}, {"l1": 0.2, "l2": 0.1, "biases": True}]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = ["Linear", "LayerNorm", "Tanh", "Sigmoid"]
    document = draw(documents(written=True, kinds=kinds, losses=["half_squared_error"], shapes=[(3,), (4,)]))
    for layer in document["layers"]:
        layer |= {name: with_zeros(rng, layer[name], share) for name in ("w", "b", "gamma", "beta") if name in layer}
    return {**document, "penalty": penalty}


@given(penalized())
@settings(max_examples=25)
def test_the_derivative_of_the_objective_is_what_is_shown_and_a_weight_of_0_is_a_kink(document: Document) -> None:
    model, loss, optimizer, x, y = build(document)
    penalty = optimizer.penalty
    assert penalty is not None
    recorded = trace(model, loss, optimizer, x, y)
    check = gradient_check(model, loss, x, y, penalty=penalty)
    assert check.failed == 0
    layers, at_zero = {one.layer.name: one for one in recorded.layers}, 0
    for row in check:
        ref = parse(row.ref)
        if ref.owner == "x":
            continue
        own = layers[ref.owner].parameters[ref.part]
        assert own.objective_gradient is not None
        assert row.analytic == own.objective_gradient[ref.index]
        covered = penalty.covers(layers[ref.owner].layer.parameters()[ref.part])
        if penalty.l1 and covered and own.value[ref.index] == 0:
            at_zero += 1
            assert row.verdict in ("kink", "undecided"), row
            assert own.objective_gradient[ref.index] == own.gradient[ref.index]
    reaches(0.1, "a penalized weight of exactly 0", at_zero > 0)
    expected = sum(
        penalty.l1 * np.abs(one.tensor).sum() + penalty.l2 / 2 * (one.tensor**2).sum()
        for one in model.parameters
        if penalty.biases or not one.is_bias
    )
    assert recorded.objective is not None
    assert recorded.objective.penalty == pytest.approx(expected, rel=1e-12)
    assert recorded.objective.value == recorded.loss.value + recorded.objective.penalty


def network(seed: int) -> Sequential:
    rng = np.random.default_rng(seed)
    return Sequential([Linear("fc_1", 3, 4, rng=rng), Tanh("tanh"), Linear("fc_2", 4, 2, rng=rng)])


def test_b_and_beta_are_biases_and_nothing_else_is() -> None:
    layers = [*network(0).layers, LayerNorm("norm", 4), Deconv2D("up", (1, 2, 2), 1, 2, 2, 1), PReLU("bent", 3)]
    found = {f"{layer.name}.{name}" for layer in layers for name, of in layer.parameters().items() if of.is_bias}
    assert found == {"fc_1.b", "fc_2.b", "norm.beta", "up.b"}


@pytest.mark.parametrize("clip", [None, optims.Clip("norm", 0.05), optims.Clip("value", 0.02)])
def test_networks_side_by_side_take_the_steps_of_each_alone(clip: optims.Clip | None) -> None:
    optimizer = optims.AdamWOptimizer(0.1, weight_decay=0.3)
    optimizer.penalty, optimizer.clip, optimizer.decay_biases = Penalty(0.1, 0.2), clip, False
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    alone, together = [network(seed) for seed in (1, 2)], [network(seed) for seed in (1, 2)]
    together[0].parameters[0].tensor[0, 0] = alone[0].parameters[0].tensor[0, 0] = 0
    frozen = [model.parameters[2] for model in (*alone, *together)]
    for one in frozen:
        one.require_grad = False
    ensemble = Ensemble(together, half_squared_error, optimizer)
    for _ in range(3):
        ensemble.batch_fit(x, y)
        for model in alone:
            plan = model.training_plan("train", half_squared_error, x)
            plan.take(x, y)
            plan.step()
            plan.update(optimizer)
    ensemble.write_back()
    for model, other in zip(alone, together, strict=True):
        for mine, theirs in zip(model.parameters, other.parameters, strict=True):
            np.testing.assert_array_equal(mine.tensor, theirs.tensor)


@pytest.mark.parametrize("rows", [4, 6])
def test_a_training_has_the_objective_of_each_step_before_its_update(rows: int) -> None:
    """With mini-batches of one size and of several, and to an end within the steps that are taken at a time."""
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(8, 3)), rng.normal(size=(8, 2))
    optimizer = SGDOptimizer(0.05)
    optimizer.penalty = Penalty(0.1, 0.2)
    batches = Batches(8, batch=rows)
    run = TrainingRun(network(1), half_squared_error, optimizer, x, y, batches, until=Until(steps=5))
    run.advance()
    assert run.objectives is not None
    assert len(run.objectives.kept) == len(run.losses.kept) == 5
    for step in range(5):
        with run.at(step):
            recorded = trace(run.model, half_squared_error, optimizer, *run.batch(step))
        assert recorded.objective is not None
        assert run.losses.kept[step] == recorded.loss.value
        assert run.objectives.kept[step] == recorded.objective.value


def test_a_training_without_a_penalty_has_no_objectives() -> None:
    x, y = np.ones((4, 3)), np.ones((4, 2))
    assert TrainingRun(network(1), half_squared_error, SGDOptimizer(0.1), x, y, Batches(4)).objectives is None
