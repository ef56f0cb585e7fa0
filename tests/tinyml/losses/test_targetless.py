"""The losses without targets: the output itself, and a given gradient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import Document, build
from tests.support.pytorch_layers import where_torch_is
from tinyml.core import RefError, ShapeError, TargetError
from tinyml.explain import explain
from tinyml.gradient_check import gradient_check
from tinyml.layers import Linear, Tanh
from tinyml.learner import Learner
from tinyml.losses import GivenGradient, half_squared_error, output_sum
from tinyml.narrate import narrate, plain_law, worded
from tinyml.net import Ensemble, Sequential
from tinyml.optims import SGDOptimizer
from tinyml.tensors import tensors
from tinyml.trace import trace

GIVEN = np.array([[1.5, -2.0], [0.0, 3.0]])
X = np.array([[1.0, 2.0], [0.5, -1.0]])


def network() -> Sequential:
    rng = np.random.default_rng(0)
    return Sequential([Linear("fc_1", 2, 3, rng=rng), Tanh("tanh_1"), Linear("fc_2", 3, 2, rng=rng)])


def test_of_one_output_the_loss_is_the_output_and_its_gradient_1() -> None:
    value, gradient = output_sum(np.array([[0.75]]))
    assert (value, gradient.tolist()) == (0.75, [[1.0]])


def test_several_outputs_are_added_up_over_all_samples() -> None:
    value, gradient = output_sum(np.array([[1.0, 2.0], [-4.0, 0.5]]))
    assert (value, gradient.tolist()) == (-0.5, [[1.0, 1.0], [1.0, 1.0]])


def test_a_given_gradient_is_that_of_the_outputs() -> None:
    value, gradient = GivenGradient(GIVEN)(np.array([[1.0, 2.0], [7.0, -1.0]]))
    assert value == 1.5 - 4 - 3
    np.testing.assert_array_equal(gradient, GIVEN)


def test_a_given_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(
        ShapeError, match=r"gradient has shape \(2, 2\), but the outputs have \(3, 2\); give one number"
    ):
        GivenGradient(GIVEN)(np.zeros((3, 2)))
    with pytest.raises(ShapeError, match="given_gradient"):
        trace(network(), GivenGradient(GIVEN[:1]), SGDOptimizer(0.1), X)


def test_a_loss_that_needs_targets_reports_that_they_are_missing() -> None:
    with pytest.raises(TargetError, match="half_squared_error: expected targets, got none"):
        half_squared_error(np.zeros((1, 2)))
    with pytest.raises(TargetError, match="expected targets"):
        trace(network(), half_squared_error, SGDOptimizer(0.1), X)


@pytest.mark.parametrize("loss", [output_sum, GivenGradient(GIVEN)], ids=lambda loss: loss.type)
def test_every_number_of_the_check_agrees_also_by_the_complex_step(loss: GivenGradient) -> None:
    check = gradient_check(network(), loss, X, None, complex_step=True)
    assert check.counts["agrees"] == len(check)
    assert check.no_complex_step is None


@pytest.mark.parametrize("loss", [output_sum, GivenGradient(GIVEN)], ids=lambda loss: loss.type)
def test_a_stack_and_a_learner_train_without_targets(loss: GivenGradient) -> None:
    models = [network(), network()]
    alone = Learner(network(), loss, SGDOptimizer(0.1)).batch_fit(X, None)
    np.testing.assert_array_equal(Ensemble(models, loss, SGDOptimizer(0.1)).batch_fit(X, None), [alone, alone])


@where_torch_is
@given(seed=st.integers(0, 2**32 - 1), batch=st.integers(1, 3))
def test_all_gradients_are_those_of_backward_in_pytorch(seed: int, batch: int) -> None:
    import torch

    rng = np.random.default_rng(seed)
    model, x, upstream = network(), rng.normal(size=(batch, 2)), rng.normal(size=(batch, 2))
    for loss in (output_sum, GivenGradient(upstream)):
        found = trace(model, loss, SGDOptimizer(0.1), x)
        w = {
            layer.layer.name: torch.tensor(layer.parameters["w"].value, requires_grad=True)
            for layer in found.layers[::2]
        }
        b = {layer.layer.name: torch.tensor(layer.parameters["b"].value) for layer in found.layers[::2]}
        data = torch.tensor(x, requires_grad=True)
        output = torch.tanh(data @ w["fc_1"] + b["fc_1"]) @ w["fc_2"] + b["fc_2"]
        output.backward(torch.ones(batch, 2, dtype=torch.float64) if loss is output_sum else torch.tensor(upstream))
        np.testing.assert_allclose(found.layers[0].input_gradient, data.grad, rtol=1e-10, atol=1e-12)
        for layer in found.layers[::2]:
            expected = w[layer.layer.name].grad
            np.testing.assert_allclose(layer.parameters["w"].gradient, expected, rtol=1e-10, atol=1e-12)


def test_the_gradients_of_a_sample_do_not_depend_on_the_batch() -> None:
    together, alone = (trace(network(), output_sum, SGDOptimizer(0.1), x) for x in (X, X[1:]))
    np.testing.assert_allclose(together.layers[0].input_gradient[1:], alone.layers[0].input_gradient, rtol=1e-15)


def document(loss: Document, outputs: int = 1) -> Document:
    return {
        "input_shape": [1],
        "layers": [
            {"type": "Linear", "name": "fc", "output_dim": outputs, "w": [[0.5] * outputs], "b": [0.0] * outputs}
        ],
        "loss": loss,
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[3.0]],
    }


def test_nothing_of_the_step_is_called_y() -> None:
    recorded = build(document({"type": "output"})).trace()
    assert recorded.y is None
    assert not any(name.startswith("y") for name in tensors(recorded))
    with pytest.raises(RefError, match="refs begin with one of x, loss, lr, fc"):
        explain(recorded, "y[0,0]")


def test_the_output_loss_has_explanation_and_narration() -> None:
    one, two = (build(document({"type": "output"}, outputs)).trace() for outputs in (1, 2))
    assert (plain_law(explain(one, "loss").law), explain(one, "loss").value) == ("ℓ = ŷ", 1.5)
    assert (plain_law(explain(two, "loss").law), explain(two, "loss").value) == ("ℓ = Σ ŷ over all outputs", 3.0)
    assert plain_law(explain(two, "fc.output.grad[0,1]").law) == "∂ℓ/∂ŷ = 1"
    assert worded(narrate(one, "pass", 1).sentence) == "The loss is the output itself: ℓ = 1.5."
    assert worded(narrate(two, "pass", 1).sentence) == "The loss is the sum of all outputs: ℓ = 3."


def test_a_given_gradient_explains_itself_by_its_numbers() -> None:
    recorded = build(document({"type": "given_gradient", "gradient": [[2.0, -4.0]]}, 2)).trace()
    found = explain(recorded, "loss")
    assert (plain_law(found.law), found.value) == ("ℓ = Σ gŷ over all outputs", -3.0)
    assert "2 × 1.5 + (−4 × 1.5)" in found.text
    gradient = explain(recorded, "fc.output.grad[0,1]")
    assert (plain_law(gradient.law), gradient.value) == ("∂ℓ/∂ŷ = g, with g the given gradient", -4.0)
    assert explain(recorded, "loss.g[0,1]").law.key == "law.given"


def test_a_learner_fits_in_batches_with_some_kept_apart_without_labels() -> None:
    history = Learner(network(), output_sum, SGDOptimizer(0.1)).fit(
        np.tile(X, (3, 1)), None, 2, 2, validation=1 / 3, progress=False
    )
    assert history[1].loss < history[0].loss
    assert history[0].validation_loss is not None
