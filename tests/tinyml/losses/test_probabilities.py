"""The probabilities p that the cross entropies compute: against PyTorch, central differences, and as formulas."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import LOSSES
from tests.support.pytorch_layers import where_torch_is
from tests.tinyml.explain.test_everything import check
from tinyml.explain import explain
from tinyml.explain.explanation import Notation
from tinyml.explain.losses.rounding import is_from_scores
from tinyml.expression import evaluate
from tinyml.layers import Linear
from tinyml.losses import ProbabilityLoss, binary_cross_entropy, softmax_cross_entropy
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.progress import Progress
from tinyml.trace import Trace, trace

PROBABLE: list[ProbabilityLoss] = [softmax_cross_entropy, binary_cross_entropy]
each_loss = pytest.mark.parametrize("loss", PROBABLE, ids=lambda loss: loss.type)
NOTATIONS: tuple[Notation, ...] = ("scalar", "chain", "stable")


def recorded(loss: ProbabilityLoss, scores: np.ndarray, truth: Any) -> Trace:
    """A step of a network that passes its inputs on as scores."""
    outputs = scores.shape[1]
    model = Sequential([Linear("fc_1", outputs, outputs, weight=np.eye(outputs), bias=np.zeros(outputs))])
    return trace(model, loss, SGDOptimizer(0.1), scores, np.asarray(truth))


@st.composite
def compared(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Scores of a given size, and classes, one-hot rows, or shares that sum to one or do not."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    batch, outputs = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    scores = draw(st.sampled_from([0.5, 3.0, 12.0])) * rng.normal(size=(batch, outputs))
    classes = rng.integers(0, outputs, batch)
    match draw(st.sampled_from(["one-hot", "shares", "anything"])):
        case "one-hot":
            return scores, np.eye(outputs)[classes]
        case "shares":
            return scores, rng.dirichlet(np.ones(outputs), batch)
    return scores, rng.uniform(0, 1, (batch, outputs))


def test_those_losses_have_them_that_squash_their_scores() -> None:
    assert [loss for loss in LOSSES.values() if loss.of_probabilities] == [
        loss for loss in LOSSES.values() if loss.squashes
    ]
    assert set(PROBABLE) == {loss.of_probabilities for loss in LOSSES.values()} - {None}


@where_torch_is
@each_loss
@given(pair=compared())
def test_p_and_its_gradient_are_pytorchs(loss: ProbabilityLoss, pair: tuple[np.ndarray, np.ndarray]) -> None:
    import torch

    # Where p is rounded to 1, 0 · log 0 is NaN.
    pair = np.clip(pair[0], -12, 12), pair[1]
    scores, truth = (torch.tensor(array) for array in pair)
    p = torch.softmax(scores, 1) if loss is softmax_cross_entropy else torch.sigmoid(scores)
    p = p.detach().requires_grad_()
    terms = truth * p.log() if loss is softmax_cross_entropy else truth * p.log() + (1 - truth) * (1 - p).log()
    (-terms.sum() / len(scores)).backward()
    step = recorded(loss, *pair).loss
    np.testing.assert_allclose(step.p, p.detach(), rtol=1e-12)
    np.testing.assert_allclose(step.p_gradient, p.grad, rtol=1e-9)


@each_loss
@given(pair=compared())
def test_the_gradient_of_p_is_that_of_the_value_as_a_function_of_p(
    loss: ProbabilityLoss, pair: tuple[np.ndarray, np.ndarray]
) -> None:
    scores, truth = np.clip(pair[0], -3, 3), pair[1]
    p, step = loss.probabilities(scores), 1e-6

    def value(p: np.ndarray) -> float:
        terms = truth * np.log(p)
        if loss is binary_cross_entropy:
            terms = terms + (1 - truth) * np.log(1 - p)
        return float(-terms.sum() / len(p))

    if loss is softmax_cross_entropy and p.max() == 1.0:  # one class: there is nothing to compare
        return
    assert value(p) == pytest.approx(loss(scores, truth)[0], rel=1e-9, abs=1e-12)
    for index in np.ndindex(p.shape):
        moved = np.zeros_like(p)
        moved[index] = step * p[index]
        numeric = (value(p + moved) - value(p - moved)) / (2 * step * p[index])
        assert loss.probability_gradient(scores, truth)[index] == pytest.approx(numeric, rel=1e-4, abs=1e-4)


@each_loss
@given(pair=compared(), seed=st.integers(0, 2**32 - 1))
def test_every_formula_evaluates_to_its_number(
    loss: ProbabilityLoss, pair: tuple[np.ndarray, np.ndarray], seed: int
) -> None:
    step = recorded(loss, *pair)
    index = ",".join(str(int(np.random.default_rng(seed).integers(size))) for size in pair[0].shape)
    for ref in ("loss", f"loss.p[{index}]", f"loss.p.grad[{index}]", f"fc_1.output.grad[{index}]", f"y.grad[{index}]"):
        for notation in NOTATIONS:
            check(step, ref, notation)


def test_classes_give_one_logarithm_per_sample_and_the_stable_form_on_request() -> None:
    step = recorded(softmax_cross_entropy, np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]]), [1, 2])
    plain, stable = explain(step, "loss"), explain(step, "loss", "stable")
    assert plain.notations == ("scalar", "stable")
    assert plain.text.split(" = ")[1] == (
        "−(y 2 of sample 1 × log(p 2 of sample 1) + y 3 of sample 2 × log(p 3 of sample 2)) / N"
    )
    assert "log(exp(" in stable.text
    assert evaluate(plain.expression) == pytest.approx(evaluate(stable.expression), rel=1e-14)
    gradient = explain(step, "fc_1.output.grad[1,0]")
    assert gradient.text.split(" = ")[1] == "(p 1 of sample 2 − y 1 of sample 2) / N"
    assert explain(step, "loss.p[0,0]").notations == ("scalar", "stable")
    assert explain(step, "loss.p.grad[0,0]").law.key == "law.no_part"


@pytest.mark.parametrize("size", [40.0, 745.0, 1e3, 1e300])
@each_loss
def test_scores_of_any_size_have_formulas_that_evaluate_to_the_engines_number(
    loss: ProbabilityLoss, size: float
) -> None:
    scores = size * np.array([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.5]])
    step = recorded(loss, scores, np.array([[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]]))
    assert np.isfinite(step.loss.value)
    refs = [
        "loss",
        *(f"{name}[{n},{k}]" for name in ("loss.p", "fc_1.output.grad", "y.grad") for n, k in np.ndindex(2, 3)),
    ]
    for ref in refs:
        for notation in NOTATIONS:
            explained = explain(step, ref, notation)
            assert evaluate(explained.expression) == pytest.approx(explained.value, rel=1e-9, abs=1e-15), (
                ref,
                notation,
            )


def test_where_a_logarithm_of_p_would_be_infinite_the_law_names_the_scores() -> None:
    step = recorded(softmax_cross_entropy, np.array([[1000.0, -1000.0]]), [1])
    assert step.loss.p is not None
    assert step.loss.p.tolist() == [[1.0, 0.0]]
    loss = explain(step, "loss")
    assert (loss.value, evaluate(loss.expression)) == (2000.0, 2000.0)
    assert is_from_scores(loss.law)
    assert loss.notations == ("scalar",)
    share = explain(step, "loss.p[0,0]")
    assert (share.value, share.law.key) == (1.0, "law.share.beyond")
    # The slope of a logarithm at 0 is −∞; the fused gradient does not go through it.
    assert explain(step, "loss.p.grad[0,1]").value == -np.inf
    assert evaluate(explain(step, "loss.p.grad[0,1]").expression) == -np.inf
    assert explain(step, "fc_1.output.grad[0,1]").value == -1.0


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@each_loss
def test_what_is_no_number_stays_none(loss: ProbabilityLoss, bad: float) -> None:
    scores = np.array([[0.5, bad], [0.1, 0.2]])
    model = Sequential([Linear("fc_1", 2, 2, weight=np.eye(2), bias=np.zeros(2))])
    model.layers[0].parameters()["b"].tensor[1] = bad
    step = trace(model, loss, SGDOptimizer(0.1), np.nan_to_num(scores, posinf=0.0), np.eye(2))
    for ref in ("loss", "loss.p[0,1]", "loss.p.grad[0,1]", "loss.p[1,0]", "fc_1.output.grad[0,0]"):
        explained = explain(step, ref)
        assert evaluate(explained.expression) == pytest.approx(explained.value, nan_ok=True), ref


@each_loss
def test_p_has_its_own_stage_and_is_known_after_it(loss: ProbabilityLoss) -> None:
    step = recorded(loss, np.array([[1.0, 2.0, 0.5]]), [[0.0, 1.0, 0.0]])
    p, value, gradient = (stage for stage in step.stages if stage.layer == "loss")
    assert [stage.computes for stage in (p, value, gradient)] == ["probabilities", "loss", "loss_gradient"]
    assert (p.phase, p.nodes, list(p.refs(1, 0))) == ("loss", 3, ["loss.p[0,1]"])
    assert (p.reads, value.reads, gradient.reads) == (("fc_1.output",), ("loss.p", "y"), ("loss.p", "y"))
    known = Progress(step.stages, p.start + 2 * p.terms)
    assert (known.knows("loss.p[0,1]"), known.knows("loss.p[0,2]")) == (True, False)
    assert not known.knows("loss.p.grad[0,0]")
    assert Progress(step.stages, gradient.start + 1).knows("loss.p.grad[0,0]")
