"""The forms of an expression: LaTeX and plain text."""

import math

import pytest

from tinyml.expression import (
    Leaf,
    Number,
    call,
    choice,
    difference,
    evaluate,
    latex,
    latex_number,
    negate,
    power,
    product,
    quotient,
    short,
    symbol,
    symbol_latex,
    symbol_text,
    text,
    total,
)

X, W = Leaf("x[0,0]", "x_1", -0.5), Leaf("fc_1.w[0,1]", "w_12^(1)", 0.25)
ONE, TWO = Number(1.0), Number(2.0)


@pytest.mark.parametrize(
    ("expression", "in_latex", "in_text"),
    [
        (total([product(X, W), ONE]), r"-0.5 \cdot 0.25 + 1", "−0.5 × 0.25 + 1"),
        (total([ONE, product(X, W)]), r"1 + \left(-0.5 \cdot 0.25\right)", "1 + (−0.5 × 0.25)"),
        (product(W, X), r"0.25 \cdot \left(-0.5\right)", "0.25 × (−0.5)"),
        (product(W, total([X, W])), r"0.25 \cdot \left(-0.5 + 0.25\right)", "0.25 × (−0.5 + 0.25)"),
        (difference(W, X), r"0.25 - \left(-0.5\right)", "0.25 − (−0.5)"),
        (difference(W, total([X, W])), r"0.25 - \left(-0.5 + 0.25\right)", "0.25 − (−0.5 + 0.25)"),
        (quotient(total([X, W]), TWO), r"\frac{-0.5 + 0.25}{2}", "(−0.5 + 0.25) / 2"),
        (power(X, TWO), r"\left(-0.5\right)^{2}", "(−0.5) squared"),
        (power(difference(W, X), TWO), r"\left(0.25 - \left(-0.5\right)\right)^{2}", "(0.25 − (−0.5)) squared"),
        (power(W, Number(3.0)), "0.25^{3}", "0.25 to the power 3"),
        (negate(W), "-0.25", "−0.25"),
        (negate(total([W, ONE])), r"-\left(0.25 + 1\right)", "−(0.25 + 1)"),
        (call("sigmoid", X), r"\sigma\left(-0.5\right)", "sigmoid(−0.5)"),
        (call("max", X, W), r"\max\left(-0.5, 0.25\right)", "max(−0.5, 0.25)"),
        (call("abs", X), r"\left|-0.5\right|", "abs(−0.5)"),
        (call("sqrt", W), r"\sqrt{0.25}", "sqrt(0.25)"),
        (
            choice([("z > 0", X), ("z ≤ 0", Number(0.0))], 1),
            r"\begin{cases} -0.5 & z > 0 \\ 0 & z \le 0 \end{cases}",
            "0, as z ≤ 0",
        ),
    ],
)
def test_brackets_stand_where_they_are_needed_and_nowhere_else(expression, in_latex, in_text) -> None:  # type: ignore[no-untyped-def]
    assert latex(expression, "numbers") == in_latex
    assert text(expression, "numbers") == in_text


def test_symbols_have_the_chapters_notation() -> None:
    assert latex(product(X, W)) == r"x_{1} \cdot w^{(1)}_{12}"
    assert text(product(X, W)) == "x 1 × w 1 2 of layer 1"


@pytest.mark.parametrize(
    ("plain", "in_latex", "in_text"),
    [
        ("x_1", "x_{1}", "x 1"),
        ("h_0^(1)", "h^{(1)}_{0}", "h 0 of layer 1"),
        ("a′_1^(2)", "a'^{(2)}_{1}", "a prime 1 of layer 2"),
        ("a′′_1", "a''_{1}", "a prime prime 1"),
        ("ŷ_2", r"\hat{y}_{2}", "y hat 2"),
        ("ŷ_2^[3]", r"\hat{y}^{[3]}_{2}", "y hat 2 of sample 3"),
        ("w_10,2^(1)", "w^{(1)}_{10,2}", "w 10 2 of layer 1"),
        ("w_12^(1,new)", r"w^{(1,\text{new})}_{12}", "w 1 2 of layer 1 after the update"),
        ("∂ℓ/∂b_1^(2)", r"\frac{\partial\ell}{\partial b^{(2)}_{1}}", "the gradient of b 1 of layer 2"),
        ("ℓ", r"\ell", "the loss"),
        ("η", r"\eta", "the learning rate"),
    ],
)
def test_every_form_of_symbol_has_its_faces(plain: str, in_latex: str, in_text: str) -> None:
    assert symbol_latex(plain) == in_latex
    assert symbol_text(plain) == in_text


def test_symbols_count_from_one_and_set_large_indices_apart() -> None:
    assert symbol("w", (0, 1), layer=1) == "w_12^(1)"
    assert symbol("w", (9, 1), layer=1, new=True) == "w_10,2^(1,new)"
    assert symbol("x", (0,), sample=2) == "x_1^[3]"


def test_an_invalid_symbol_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a symbol; expected something like"):
        symbol_latex("w_a")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.1 + 0.2, "0.3"),
        (-0.037, "−0.037"),
        (1.5e-9, "1.5×10^−9"),
        (-2e20, "−2×10^20"),
        (0.0, "0"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_have_six_digits_and_a_true_minus(value: float, written: str) -> None:
    assert short(value) == written


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (quotient(ONE, Number(0.0)), math.inf),
        (quotient(negate(ONE), Number(0.0)), -math.inf),
        (quotient(Number(0.0), Number(0.0)), math.nan),
        (call("exp", Number(1000.0)), math.inf),
        (call("log", Number(0.0)), -math.inf),
        (call("log", Number(-1.0)), math.nan),
        (call("sqrt", Number(-1.0)), math.nan),
        (call("sigmoid", Number(-1000.0)), 0.0),
        (call("sigmoid", Number(1000.0)), 1.0),
        (call("sign", Number(-3.0)), -1.0),
        (call("expm1", Number(1000.0)), math.inf),
        (call("log1p", Number(-1.0)), -math.inf),
        (call("log1p", Number(-2.0)), math.nan),
        (power(Number(10.0), Number(400.0)), math.inf),
        (power(Number(0.0), Number(-1.0)), math.inf),
    ],
)
def test_extreme_numbers_follow_ieee_754(expression, value: float) -> None:  # type: ignore[no-untyped-def]
    assert evaluate(expression) == pytest.approx(value, nan_ok=True)


H, TINY = Leaf("relu_1.output[0,0]", "h_1^(1)", 0.5), Leaf("x[0,0]", "x_1", 1e-9)
FALL = Leaf("x.grad[0,0]", "∂ℓ/∂x_1", 0.5)


@pytest.mark.parametrize(
    ("expression", "in_latex", "in_text"),
    [
        (power(H, TWO), r"\left(h^{(1)}_{1}\right)^{2}", "(h 1 of layer 1) squared"),
        (power(X, TWO), "x_{1}^{2}", "x 1 squared"),
        (
            power(FALL, TWO),
            r"\left(\frac{\partial\ell}{\partial x_{1}}\right)^{2}",
            "(the gradient of x 1) squared",
        ),
        (power(quotient(X, TWO), TWO), r"\left(\frac{x_{1}}{2}\right)^{2}", "(x 1 / 2) squared"),
        (power(power(X, TWO), TWO), r"\left(x_{1}^{2}\right)^{2}", "(x 1 squared) squared"),
        (quotient(X, H), r"\frac{x_{1}}{h^{(1)}_{1}}", "x 1 / (h 1 of layer 1)"),
        (quotient(X, quotient(X, TWO)), r"\frac{x_{1}}{\frac{x_{1}}{2}}", "x 1 / (x 1 / 2)"),
    ],
)
def test_what_is_squared_or_divided_by_is_one_thing(expression, in_latex: str, in_text: str) -> None:  # type: ignore[no-untyped-def]
    assert latex(expression) == in_latex
    assert text(expression) == in_text


def test_a_number_with_a_power_of_ten_is_squared_in_brackets() -> None:
    for base in (TINY, Number(1e-9)):
        assert latex(power(base, TWO), "numbers") == r"\left(1 \cdot 10^{-9}\right)^{2}"
        assert text(power(base, TWO), "numbers") == "(1×10^−9) squared"
        assert text(quotient(ONE, base), "numbers") == "1 / (1×10^−9)"


def test_functions_that_keep_digits_are_written_as_what_they_are() -> None:
    assert latex(call("expm1", X)) == r"\left(e^{x_{1}} - 1\right)"
    assert text(call("expm1", X)) == "(exp(x 1) − 1)"
    assert latex(call("log1p", X), "numbers") == r"\ln\left(1 + \left(-0.5\right)\right)"
    assert text(call("log1p", X), "numbers") == "log(1 + (−0.5))"
    assert call("expm1", Number(1e-20)).value == call("log1p", Number(1e-20)).value == 1e-20


def test_a_negative_zero_is_zero_to_a_reader() -> None:
    assert short(-0.0) == latex_number(-0.0) == "0"


@pytest.mark.parametrize("arguments", [(math.nan, 0.0), (0.0, math.nan)])
def test_what_is_no_number_has_no_sign_and_is_not_outdone(arguments: tuple[float, float]) -> None:
    for function in ("max", "min"):
        assert math.isnan(call(function, *map(Number, arguments)).value)
    assert math.isnan(call("sign", Number(math.nan)).value)
    assert call("sign", Number(0.0)).value == 0
