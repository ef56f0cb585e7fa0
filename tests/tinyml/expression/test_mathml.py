"""The MathML of a formula: well formed, with its refs."""

from xml.etree import ElementTree

import pytest
from hypothesis import given

from tests.support.networks import Document, build, documents
from tinyml.explain import explain
from tinyml.explain.quantities import families
from tinyml.expression import Leaf, Marked, Number, mathml, number_mathml, product, quotient, symbol_mathml

X, W = Leaf("x[0,0]", "x_1", -0.5), Leaf("fc_1.w[0,1]", "w_12^(1)", 0.25)


def parsed(inner: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<math>{inner}</math>")


def plainly(inner: str) -> str:
    return "".join(parsed(inner).itertext())


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("x_1", "x1"),
        ("w_12^(1,new)", "w12(1,new)"),
        ("ŷ_2^[3]", "y^2[3]"),
        ("∂ℓ/∂w_12^(1)", "∂ℓ∂w12(1)"),
        ("v(γ)_1^(2)", "v(γ)1(2)"),
        ("σ²_1^(2)", "σ21(2)"),
        ("a′_1^(2)", "a1′(2)"),
    ],
)
def test_symbols_have_their_indices_below_and_their_layer_above(symbol: str, said: str) -> None:
    assert plainly(symbol_mathml(symbol)) == said


def test_numbers_and_symbols_carry_their_refs_and_factors_their_roles() -> None:
    factors = product(Marked("upstream", "∂ℓ/∂ŷ_2", X), Marked("local", "∂ŷ_2/∂w_12^(1)", W))
    rows = {element.get("class"): element for element in parsed(mathml(factors, "numbers")).iter("mrow")}
    for role, leaf in (("upstream", X), ("local", W)):
        assert [row.get("data-ref") for row in rows[role].iter("mrow") if row.get("data-ref")] == [leaf.ref]
    assert plainly(mathml(factors, "derivatives")) == "∂ℓ∂y^2·∂y^2∂w12(1)"


def test_brackets_stand_where_the_other_faces_have_them() -> None:
    assert plainly(mathml(product(W, X), "numbers")) == "0.25·(−0.5)"
    assert plainly(mathml(quotient(X, Number(2.0, "N")))) == "x1N"
    assert plainly(number_mathml(-1.5e-9)) == "−1.5·10−9"


@pytest.mark.slow
@given(documents())
def test_every_explanation_is_well_formed(document: Document) -> None:
    recorded = build(document).trace()
    for family in families(recorded):
        index = tuple(size - 1 for size in family.values.shape)
        explanation = explain(recorded, family.ref(index), "chain")
        refs = {row.get("data-ref") for row in ElementTree.fromstring(explanation.mathml).iter("mrow")}
        assert all(ref is None or explain(recorded, ref).ref == ref for ref in refs)
