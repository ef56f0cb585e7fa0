"""Laws as prose and formulas, in both languages."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from tests.static.words import read
from tinyml.expression import Law
from tinyml.narrate import Language, LawNode, law_in, law_wordings, plain_law
from tinyml.narrate.notation import formula

RECORDED = Path(__file__).parents[2] / "static" / "recorded" / "words.json"
LAWS = [read(law) for law in json.loads(RECORDED.read_text("utf-8"))["laws"]]
# The law of a parameter that receives no gradient, which occurs in no document.
UNREACHED = "law.unchanged"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def text_of(node: LawNode) -> str:
    """A fraction in braces, a root with its sign, scripts after their base."""
    inner = "".join(map(text_of, node.parts))
    match node.kind:
        case "fraction":
            return f"{{{inner}}}"
        case "root":
            return f"√{{{inner}}}"
        case "fence":
            return node.text + inner + {"(": ")", "|": "|", "⌊": "⌋"}[node.text]
        case "new" | "comma" | "sum" | "space" | "prime":
            return {"new": "new", "comma": ",", "sum": "Σ", "space": " ", "prime": "′"}[node.kind]
    return node.text + inner


def set_in_line(pieces: tuple[LawNode, ...]) -> str:
    return "¦".join(map(text_of, pieces))


def in_brackets(law: Law, language: Language = "en") -> str:
    """The prose unchanged, each formula in brackets, with a bar where it may break."""
    return "".join(part if isinstance(part, str) else f"[{set_in_line(part)}]" for part in law_in(law, language).parts)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("∂ℓ/∂w = Xᵀ∇", "∂ℓ/∂w¦=XT∇"),
        ("Ŷ = Xw + b", "Ŷ¦=Xw¦+b"),
        ("σ(z) = 1 / (1 + e^(−z))", "σ(z)¦={11+e−z}"),
        ("x̂ = (x − μ) / √(σ² + ε)", "x̂¦={x−μ√{σ2+ε}}"),
        (
            "w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)",
            "wnew¦=w¦−ηλw¦−η·{mnew(1−β1t)(√{{snew1−β2t}}+ε)}",
        ),
        ("η = η₀ γ^⌊(t − W) / E⌋", "η¦=η0 γ⌊{t−WE}⌋"),
        ("h = z Φ(z) = z · ½(1 + erf(z / √2))", "h¦=z Φ(z)¦=z·½(1+erf({z√{2}}))"),
    ],
)
def test_a_formula_is_read_from_its_notation(written: str, expected: str) -> None:
    assert set_in_line(formula(written)) == expected


@pytest.mark.parametrize("wrong", ["h = z where z > 0", "y = 3 % 4", "ℓ = −Σ y，z", "h = (z", "h = z)", "|z"])
def test_what_is_no_formula_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="The formula '.*' has"):
        formula(wrong)


def test_the_words_are_those_of_the_language_and_the_formulas_the_same() -> None:
    law = Law("law.2.constant", formula="Σₖ ∇ₖ bₖ")
    assert in_brackets(law) == "Law 2, for the constant 1: [Σk ∇k bk]"
    assert in_brackets(law, "zh") == "法则二，用于常数 1：[Σk ∇k bk]"
    assert plain_law(law, "zh") == "法则二，用于常数 1：Σₖ ∇ₖ bₖ"
    assert law_in(Law.equation("Ŷ = Xw + b"), "zh").language == "zh"


def test_a_law_may_contain_another() -> None:
    law = Law("law.rounded", probability="p", law=Law("law.share", formula="p = e^ŷ", largest="m", score="ŷ"))
    assert in_brackets(law).endswith(
        "so from the scores: [p¦=eŷ], with [m] the largest [ŷ]: the same probabilities, and no exponential is too large"
    )


def test_the_law_of_another_library_is_shown_as_it_is() -> None:
    law = Law("y = the law of another library")
    assert law_in(law, "zh") == ("en", ("y = the law of another library",))
    assert plain_law(law, "zh") == "y = the law of another library"


def test_every_law_is_worded_with_all_that_it_names_in_every_language() -> None:
    assert len(LAWS) > 60
    for law in LAWS:
        for language in get_args(Language):
            wording = law_wordings(language)[law.key]
            assert sorted(PLACEHOLDER.findall(wording)) == sorted(name for name, _ in law.values), law
            assert "[" in in_brackets(law, language) or not law.values


def test_every_formula_of_a_law_is_read() -> None:
    for law in LAWS:
        for _, value in law.values:
            if isinstance(value, str):
                assert formula(value)


def test_no_wording_is_without_a_law() -> None:
    assert {law.key for law in LAWS} | {UNREACHED} | nested() == law_wordings("en").keys() == law_wordings("zh").keys()


def nested() -> set[str]:
    return {value.key for law in LAWS for _, value in law.values if isinstance(value, Law)}
