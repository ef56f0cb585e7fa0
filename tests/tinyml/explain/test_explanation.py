"""Every number has an explanation, and the explanation evaluates to the number."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.networks import Document, build, documents
from tests.support.reaching import reaches
from tests.tinyml.test_trace import CHAPTER
from tinyml.core import RefError
from tinyml.explain import explain
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import Call, Choice, Expression, Leaf, Operation, evaluate
from tinyml.narrate import plain_law


def leaves(expression: Expression) -> list[Leaf]:
    match expression:
        case Leaf():
            return [expression]
        case Operation(_, args) | Call(_, args):
            return [leaf for arg in args for leaf in leaves(arg)]
        case Choice(cases):
            return [leaf for case in cases for leaf in leaves(case.value)]
    return []


def magnitude(expression: Expression) -> float:
    """The largest number that goes into the formula: rounding is relative to it if terms cancel."""
    return max([1e-300, abs(expression.value), *(abs(leaf.value) for leaf in leaves(expression))])


def cancels(expression: Expression) -> bool:
    """Whether terms of different signs meet in the formula, so that digits are lost."""
    match expression:
        case Operation("sum", args) if len({arg.value > 0 for arg in args if arg.value}) > 1:
            return True
        case Operation("difference", (left, right)) if left.value * right.value > 0:
            return True
        case Operation(_, args) | Call(_, args):
            return any(cancels(arg) for arg in args)
        case Choice(cases, taken):
            return cancels(cases[taken].value)
    return False


@st.composite
def tiny_or_not(draw: st.DrawFn) -> Document:
    """Documents, some with inputs and biases so small that e^z is 1 to the last digit."""
    document, scale = draw(documents()), draw(st.sampled_from([1.0, 1e-9, 1e-20]))
    layers = [
        {**layer, "b": [scale * b for b in layer["b"]]} if "b" in layer else layer for layer in document["layers"]
    ]
    return {**document, "x": [[scale * value for value in row] for row in document["x"]], "layers": layers}


@given(tiny_or_not())
def test_evaluating_the_tree_gives_the_number_for_every_ref(document: Document) -> None:
    reaches(0.2, "tiny inputs", bool(np.abs(document["x"]).max() < 1e-8))
    recorded = build(document).trace()
    for family in explained_tensors(recorded):
        for index in np.ndindex(family.values.shape):
            explanation = explain(recorded, family.ref(index))
            assert explanation.value == float(family.values[index])
            assert math.isclose(
                evaluate(explanation.expression),
                explanation.value,
                rel_tol=1e-12,
                abs_tol=1e-12 * magnitude(explanation.expression) if cancels(explanation.expression) else 1e-300,
            ), explanation


@pytest.mark.slow
@given(documents())
def test_every_leaf_is_itself_a_number_that_explains_itself(document: Document) -> None:
    recorded = build(document).trace()
    for family in explained_tensors(recorded):
        index = tuple(size - 1 for size in family.values.shape)
        for leaf in leaves(explain(recorded, family.ref(index)).expression):
            own = explain(recorded, leaf.ref)
            assert (own.value, own.symbol) == (leaf.value, leaf.symbol)


def test_the_chapters_gradient_is_upstream_times_input() -> None:
    explanation = explain(build(CHAPTER).trace(), "fc_1.w.grad[0,1]")
    assert plain_law(explanation.law) == "Law 1: ∂ℓ/∂w = Xᵀ∇"
    assert explanation.latex == (
        r"\frac{\partial\ell}{\partial w^{(1)}_{12}} = \nabla^{(1)}_{2} \cdot x_{1} = -0.37 \cdot 0.1 = -0.037"
    )
    assert explanation.text == "the gradient of w 1 2 of layer 1 = nabla 2 of layer 1 × x 1 = −0.37 × 0.1 = −0.037"


def test_the_truth_has_a_gradient_too() -> None:
    explanation = explain(build(CHAPTER).trace(), "y.grad[0,0]")
    assert explanation.symbol == "∂ℓ/∂y_1"
    assert [leaf.ref for leaf in leaves(explanation.expression)] == ["fc_1.output.grad[0,0]"]
    assert explanation.value == evaluate(explanation.expression) == pytest.approx(-0.48)


@given(documents())
def test_the_truths_gradient_equals_the_central_difference(document: Document) -> None:
    setting, step = build(document), 1e-6
    assume(setting.loss.takes_targets and not setting.loss.allowed)  # between ±1 the hinge loss has no value
    recorded = setting.trace()
    assume(np.abs(recorded.output - recorded.y).min() > 1e-3)  # the absolute error has a kink there
    for n, k in np.ndindex(recorded.y.shape):
        moved = np.zeros_like(recorded.y)
        moved[n, k] = step
        left, right = (setting.loss(recorded.output, recorded.y + by)[0] for by in (-moved, moved))
        found = explain(recorded, f"y.grad[{n},{k}]").value
        assert found == pytest.approx((right - left) / (2 * step), rel=1e-5, abs=1e-7)


def test_a_batch_is_summed_with_one_term_per_sample() -> None:
    document = {**CHAPTER, "x": [[0.1, 0.5], [0.2, 0.4]], "y": [[0.01, 0.99], [0, 1]]}
    explanation = explain(build(document).trace(), "fc_1.w.grad[0,1]")
    assert [leaf.symbol for leaf in leaves(explanation.expression)] == [
        "∇_2^(1)^[1]",
        "x_1^[1]",
        "∇_2^(1)^[2]",
        "x_1^[2]",
    ]


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("fc_1.w[2,0]", r"fc_1.w\[j,k\] \(j < 2, k < 2\)"),
        ("fc_1.w[0]", r"fc_1.w.grad\[j,k\]"),
        ("fc_1.v[0,0]", r"fc_1.b\[k\] \(k < 2\)"),
        ("fc_9.w[0,0]", "refs begin with one of x, y, loss, lr, fc_1"),
        ("y.next[0,0]", r"y has no such number; it has y\[n,k\] \(n < 1, k < 2\), y.grad\[n,k\]"),
        ("x[٠,١]", "expected a name with indices"),
        ("x[00,1]", "expected a name with indices"),
        ("fc_1.é[0]", "expected a name with indices"),
        ("w[", "expected a name with indices"),
        ("", "expected a name with indices"),
        ("fc_1.w[-1,0]", "expected a name with indices"),
    ],
)
def test_an_unknown_ref_is_refused_with_the_known_ones(ref: str, message: str) -> None:
    with pytest.raises(RefError, match=message):
        explain(build(CHAPTER).trace(), ref)


def test_a_frozen_parameter_is_explained_by_staying() -> None:
    setting = build(CHAPTER)
    setting.model.layers[0].parameters()["w"].require_grad = False
    explanation = explain(setting.trace(), "fc_1.w.next[0,1]")
    assert explanation.law.key == "law.frozen"
    assert [leaf.ref for leaf in leaves(explanation.expression)] == ["fc_1.w[0,1]"]
    assert evaluate(explanation.expression) == explanation.value == 0.2


@given(documents())
def test_different_numbers_have_different_symbols(document: Document) -> None:
    recorded = build(document).trace()
    written: dict[str, str] = {}
    for family in explained_tensors(recorded):
        # A layer's input is the previous number under another name, and so is its gradient.
        if family.part == "input":
            continue
        for index in np.ndindex(family.values.shape):
            ref, symbol = family.ref(index), family.symbol(index)
            assert written.setdefault(symbol, ref) == ref, symbol


EXTREMES = st.sampled_from([math.nan, math.inf, -math.inf, 0.0, -0.0, 1.5, -2.0])


@pytest.mark.slow
@given(documents(), st.data())
def test_what_is_no_finite_number_is_explained_all_the_same(document: Document, data: st.DataObject) -> None:
    width = document["input_shape"][0]
    rows = st.lists(EXTREMES, min_size=width, max_size=width)
    recorded = build({**document, "x": [data.draw(rows) for _ in document["x"]]}).trace()
    every = list(explained_tensors(recorded))
    reaches(0.2, "a number that is not finite", any(not np.isfinite(family.values).all() for family in every))
    for family in every:
        for index in np.ndindex(family.values.shape):
            explanation = explain(recorded, family.ref(index))
            found = evaluate(explanation.expression)
            both = math.isnan(found) and math.isnan(explanation.value)
            assert both or math.isclose(found, explanation.value, rel_tol=1e-9, abs_tol=1e-12), explanation
