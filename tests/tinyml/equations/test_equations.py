"""Every equation of a training step holds: numpy evaluates the right side to the left side."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import build as build_document
from app.schemas.document import NetworkDocument
from tests.static.record import LAYERS
from tests.support import documents_at_random
from tests.support.equations import Sides
from tests.support.layer_cases import Case
from tests.support.layers_at_random import KINDS, cases
from tests.support.networks import LOSSES, build, documents, suited, with_clip
from tests.support.networks_at_random import networks
from tests.support.reaching import reaches
from tests.support.recorded import record
from tests.support.toy_layers import LogSigmoid, SumPool2D, explain_them
from tinyml.equations import Equation, Operation, meetings, operands, sizes
from tinyml.explain import equations
from tinyml.explain.layers import EXPLANATIONS, LayerExplanation
from tinyml.explain.layers.linear import LinearExplanation
from tinyml.layers import Flatten, Layer, Linear
from tinyml.losses import half_squared_error
from tinyml.net import Sequential
from tinyml.optims import AdagradOptimizer, AdamOptimizer, AdamWOptimizer, Optimizer, RMSPropOptimizer, SGDOptimizer
from tinyml.trace import Trace, trace


def hold(recorded: Trace, **how: Any) -> list[Equation]:
    """Assert that every equation of a step holds in all entries, and return the equations."""
    found = equations(recorded, **how)
    for equation in found:
        assert equation.left is not None
        sides = Sides(recorded, equation)
        size = max(1.0, float(abs(sides.left.values).max(initial=0)))
        np.testing.assert_allclose(sides.right, sides.left.values, rtol=1e-9, atol=1e-9 * size, err_msg=equation.id)
    return found


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"MaxUnpool2D"}))
@settings(max_examples=15)
@given(data=st.data())
def test_those_of_each_layer(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 3), ties=False))
    case = case._replace(arguments={**case.arguments, **({"return_index": False} if kind == "MaxPool2D" else {})})
    found = hold(record([case]), one_sample=data.draw(st.booleans()))
    own = [equation for equation in found if equation.layer is not None]
    assert {equation.phase for equation in own} >= {"forward", "backward"}
    assert not any(isinstance(part, Operation) and part.op == "chain" for one in own for part in [one.right])


@settings(max_examples=40)
@given(networks(), st.booleans())
def test_those_of_networks(of: list[Case], one_sample: bool) -> None:
    found = hold(record(of), one_sample=one_sample)
    reaches(0.1, "a window of an image", any(matrix.seen for one in found for matrix in one.operands))


def in_digits(recorded: Trace) -> bool:
    """Whether no probability is so near to 0 or 1 that it loses its digits."""
    p = recorded.loss.p
    kept = p is None or bool(p.min() > 1e-9 and p.max() < 1 - 1e-9)
    reaches(0.8, "probabilities that keep their digits", kept)
    return kept


@settings(max_examples=40)
@given(documents(), st.sampled_from(sorted(LOSSES)), st.booleans())
def test_those_of_each_loss(document: dict[str, Any], kind: str, one_sample: bool) -> None:
    setting = build({**document, "loss": {"type": "half_squared_error"}, "y": []})
    # Targets with rows that sum to 1 and rows that do not.
    rng = np.random.default_rng(len(setting.x))
    y = rng.uniform(0, 1, (len(setting.x), *setting.model.predict(setting.x).shape[1:]))
    recorded = setting._replace(y=suited(LOSSES[kind], y), loss=LOSSES[kind]).trace()
    if in_digits(recorded):
        hold(recorded, one_sample=one_sample)


OPTIMIZERS: list[Optimizer] = [
    SGDOptimizer(0.1),
    SGDOptimizer(0.1, weight_decay=0.2),
    SGDOptimizer(0.1, 0.9, weight_decay=0.2),
    SGDOptimizer(0.1, 0.9, nesterov=True),
    SGDOptimizer(0.1, 0.9, nesterov=True, weight_decay=0.2),
    SGDOptimizer(0.1, 0.9, momentum_form="previous_change"),
    SGDOptimizer(0.1, 0.9, nesterov=True, weight_decay=0.1, momentum_form="previous_change"),
    RMSPropOptimizer(0.1),
    RMSPropOptimizer(0.1, weight_decay=0.2),
    with_clip(SGDOptimizer(0.1, weight_decay=0.1), "norm", 0.01),
    with_clip(AdamOptimizer(0.1), "value", 0.01),
    AdagradOptimizer(0.1),
    AdagradOptimizer(0.1, lr_decay=0.2, initial_sum=0.5, weight_decay=0.2),
    AdamOptimizer(0.1, weight_decay=0.2),
    AdamWOptimizer(0.1),
    AdamWOptimizer(0.1, epsilon=0.1, bias_correction=False),
    AdamWOptimizer(0.1, weight_decay=0.0),
]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda one: f"{type(one).__name__} {vars(one)}")
def test_those_of_each_optimizer_also_where_some_is_frozen(optimizer: Optimizer) -> None:
    of = [
        Case("Conv2D", {"input_dim": (2, 3, 4), "n_filter": 3, "h_filter": 2, "w_filter": 2}, (2, 2, 3, 4)),
        Case("LayerNorm", {"input_dim": (3, 2, 3)}, (2, 3, 2, 3), frozen=("gamma",)),
        Case("Flatten", {}, (2, 3, 2, 3)),
        Case("Linear", {"input_dim": 18, "output_dim": 2}, (2, 18), frozen=("b",)),
    ]
    recorded = record(of, optimizer=optimizer)
    found = hold(recorded)
    updates = {one.parameter: one for one in found if one.title == "update" and one.layer != "conv2d_0"}
    assert {name: isinstance(one.right, Operation) for name, one in updates.items()} == {
        "gamma": False, "beta": True, "w": True, "b": False
    }  # fmt: skip
    # The optimizer's state has equations too, except for frozen parameters; a count is no matrix.
    remembered = {one.left.tensor for one in found if one.phase == "update" and one.title != "update" and one.left}
    words = recorded.layers[-1].parameters["w"].next_state.keys() - {"count"}
    learns = ("conv2d_0.w", "conv2d_0.b", "layernorm_1.beta", "linear_3.w")
    assert remembered == {f"{name}.{word}.next" for name in learns for word in words}


@settings(max_examples=40)
@given(documents_at_random.documents(written=True))
def test_those_in_the_middle_of_a_training_and_when_predicting(document: dict[str, Any]) -> None:
    recorded = build(document).trace()
    reaches(0.1, "the middle of a training", bool(document["optimizer"].get("state")))
    reaches(0.1, "evaluation", document.get("mode") == "predict")
    if in_digits(recorded):
        hold(recorded)


def toys() -> Trace:
    """A step of the layers that only tests use."""
    explain_them()
    layers: list[Layer] = [
        SumPool2D("sum_1", (2, 3, 4), 2, 1),
        LogSigmoid("logsig_1"),
        Flatten("flat_1"),
        Linear("fc_1", 12, 2),
    ]
    x = np.random.default_rng(0).normal(size=(2, 2, 3, 4))
    return trace(Sequential(layers), half_squared_error, SGDOptimizer(0.1), x, np.ones((2, 2)))


def test_layers_that_write_none_have_those_that_follow_from_what_they_declare() -> None:
    found = {equation.id: equation for equation in hold(toys())}
    logsig, back = found["logsig_1 forward"].right, found["logsig_1 back"].right
    assert isinstance(logsig, Operation)
    assert isinstance(back, Operation)
    assert (logsig.op, logsig.function, found["logsig_1 forward"].title) == (
        "call",
        "LogSigmoid",
        "entrywise",
    )
    assert [type(one).__name__ for one in back.args] == ["Operand", "Operation"]
    pool, along = found["sum_1 forward"].right, found["sum_1 back"].right
    assert isinstance(pool, Operation)
    assert isinstance(along, Operation)
    assert (pool.function, pool.over, along.op, along.over) == ("SumPool2D", "ij", "chain", "ij")
    assert next(operands(pool)).rows == "crs"


def test_any_other_layer_goes_back_by_the_chain_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mixed(Linear):
        """The layer without its equations."""

    class MixedExplanation(LinearExplanation):
        forward_equations = LayerExplanation.forward_equations
        backward_equations = LayerExplanation.backward_equations

    monkeypatch.setitem(EXPLANATIONS, Mixed, MixedExplanation)

    x = np.random.default_rng(0).normal(size=(3, 2))
    recorded = trace(Sequential([Mixed("mix_1", 2, 4)]), half_squared_error, SGDOptimizer(0.1), x, np.ones((3, 4)))
    forward, back = (next(one for one in hold(recorded) if one.id == f"mix_1 {kind}") for kind in ("forward", "back"))
    assert isinstance(forward.right, Operation)
    assert isinstance(back.right, Operation)
    assert (forward.right.function, forward.right.over) == ("Mixed", "j")
    assert (back.right.op, back.right.over) == ("chain", "k")


def test_a_wrong_equation_does_not_hold() -> None:
    recorded = build_example()
    for equation in equations(recorded):
        assert isinstance(equation.right, Operation)
        for wrong in mutants(equation.right):
            with pytest.raises(AssertionError):
                check(recorded, equation._replace(right=wrong))


def check(recorded: Trace, equation: Equation) -> None:
    """Assert that one equation holds."""
    sides = Sides(recorded, equation)
    np.testing.assert_allclose(sides.right, sides.left.values, rtol=1e-6)


def mutants(node: Operation) -> list[Operation]:
    """The equation with one part removed, or with another operation."""
    swapped = {"sum": "difference", "difference": "sum", "total": "mean", "times": "sum"}.get(node.op)
    found = [Operation("negate", (node,))]
    if swapped is not None:
        found.append(Operation(swapped, node.args, node.over))  # type: ignore[arg-type]
    return found


def build_example() -> Trace:
    """Three samples through two layers."""
    of = [
        Case("Linear", {"input_dim": 2, "output_dim": 3}, (3, 2)),
        Case("Tanh", {}, (3, 3)),
        Case("Linear", {"input_dim": 3, "output_dim": 2}, (3, 3)),
    ]
    return record(of)


def test_what_meets_in_an_entry_follows_from_the_operations() -> None:
    def met(recorded: Trace, id: str) -> list[str]:
        equation = next(one for one in equations(recorded) if one.id == id)
        return meetings(equation)

    recorded = build_example()
    assert met(recorded, "linear_0 forward") == ["n", "k", "k"]
    assert met(recorded, "linear_0 weights") == ["j", "k"]
    assert met(recorded, "linear_0 biases") == ["k"]
    assert met(recorded, "linear_2 inputs") == ["n", "j"]
    assert met(recorded, "tanh_1 back") == ["nk", "nk"]
    pools = build_images("pools")
    assert met(pools, "avg_pool_1 forward") == ["crs"]
    assert met(pools, "flatten_1 forward") == ["crs"]
    images = build_images("normalized-images")
    assert met(images, "batch_norm_1 normalized")[1:] == ["c", "c"]
    assert met(images, "layer_norm_1 mean") == [""]
    rows = build_images("normalized-rows")
    assert met(rows, "softmax_1 forward") == ["n"]
    assert met(rows, "softmax_1 back") == ["nk", "nk", "n", "n"]


def build_images(name: str) -> Trace:
    """One of the networks that the page's tests use too."""
    return build_document(NetworkDocument.model_validate(LAYERS[name])).trace()


def test_a_matrix_that_repeats_numbers_is_written_up_to_a_size() -> None:
    recorded = build_images("pools")
    whole = equations(recorded, most=96)
    small = equations(recorded, most=95)
    assert [one.id for one in small if one.left is None] == ["avg_pool_1 images"]
    assert not any(one.left is None for one in whole)
    # The windows of this layer are not sent.
    omitted = equations(recorded, omitted={"max_pool_1"})
    assert [one.id for one in omitted if one.layer == "max_pool_1"] == ["max_pool_1 images"]
    # A plain tensor contains each number once, at any size.
    assert len(equations(build_example(), most=1)) == len(equations(build_example()))


def test_for_one_sample_samples_are_not_rows_and_sums_are_marked() -> None:
    recorded = build_example()
    law_1 = next(one for one in equations(recorded, one_sample=True) if one.id == "linear_0 weights")
    assert isinstance(law_1.right, Operation)
    assert (law_1.right.op, law_1.right.over) == ("total", "n")
    assert [(one.rows, one.columns) for one in operands(law_1.right)] == [("j", ""), ("", "k")]
    assert sizes(law_1.operands) == {"j": 2, "k": 3, "n": 3}
