"""A choice within a formula in words: its condition comes last, and the surrounding parts have brackets if needed."""

import pytest

from tests.support.networks import Document, build
from tinyml.explain import explain
from tinyml.expression import (
    Expression,
    Leaf,
    Number,
    call,
    choice,
    latex,
    product,
    quotient,
    symbol,
    symbol_text,
    text,
    total,
)
from tinyml.expression.nodes import Folded

Z = Leaf("z", "z_1", -0.5)
STEEP = choice([("z > 0", Number(1.0)), ("z ≤ 0", Number(-0.5))], 1)
SMALL, LARGE = (choice([("small", Number(1.0)), ("large", Z)], taken) for taken in (0, 1))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (quotient(STEEP, Number(2.0)), "−0.5 / 2, as z ≤ 0"),
        (product(Number(0.3), STEEP), "0.3 × (−0.5), as z ≤ 0"),
        (quotient(Number(2.0), choice([("here", total([Z, Number(1.0)]))], 0)), "2 / (−0.5 + 1), as here"),
        (total([SMALL, LARGE]), "(1, as small) + (−0.5, as large)"),
        (product(SMALL, LARGE), "1 × (−0.5), as small and large"),
        (call("exp", STEEP), "exp(−0.5), as z ≤ 0"),
    ],
)
def test_the_condition_comes_last(expression: Expression, expected: str) -> None:
    assert text(expression, "numbers") == expected


def test_the_gradient_of_a_huber_loss_is_read_as_it_is() -> None:
    document: Document = {
        "input_shape": [2],
        "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[1.0, 0.0], [0.0, 1.0]], "b": [0.0, 0.0]}],
        "loss": {"type": "huber"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[3.0, 0.2]],
        "y": [[0.0, 0.0]],
    }
    recorded = build(document).trace()
    large, small = (text(explain(recorded, f"fc_1.output.grad[0,{k}]").expression, "numbers") for k in (0, 1))
    assert large == "1 × sign(3 − 0) / 2, as |ŷ − y| > 1"
    assert small == "(0.2 − 0) / 2, as |ŷ − y| ≤ 1"


def test_a_folded_tail_below_0_has_brackets() -> None:
    long = total([Number(1.0)], Folded(9, -0.5))
    assert latex(long, "numbers") == r"1 + \underbrace{\left(-0.5\right)}_{\text{9 more}}"


def test_one_index_of_two_digits_is_not_read_as_two() -> None:
    assert symbol("x", (11,)) == "x_12,"
    assert symbol("x", (0, 1)) == "x_12"
    assert symbol_text(symbol("x", (11,))) == "x 12"
    assert symbol_text(symbol("x", (0, 1))) == "x 1 2"
    assert symbol_text(symbol("w", (11, 0), layer=1)) == "w 12 1 of layer 1"
    assert latex(Leaf("x[0,11]", symbol("x", (11,)), 1.0)) == "x_{12}"
