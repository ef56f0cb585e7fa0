"""Laws as prose and formulas, in both languages."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from tinyml.narrate import LawNode, law_in
from tinyml.narrate.laws import wordings

RECORDED = Path(__file__).parents[2] / "static" / "recorded" / "words.json"
LAWS: list[str] = json.loads(RECORDED.read_text("utf-8"))["laws"]
# Said of a parameter that no gradient reaches, which no document has.
UNREACHED = "It stays as it is"
FUNCTIONS = re.compile(r"\b(log|exp|softmax|tanh|erf|max|sign|w_new|v_new|m_new|s_new|t_new|Xw)\b")
SIGNS = re.compile(r"[Σ∇∂ℓŷσμγβηλ√½]")


def read(node: LawNode) -> str:
    """A fraction in braces, a root with its sign, scripts behind what they belong to."""
    inner = "".join(map(read, node.parts))
    match node.kind:
        case "fraction":
            return f"{{{inner}}}"
        case "root":
            return f"√{{{inner}}}"
        case "fence":
            return node.text + inner + {"(": ")", "|": "|"}[node.text]
        case "new" | "comma" | "sum" | "space" | "prime":
            return {"new": "new", "comma": ",", "sum": "Σ", "space": " ", "prime": "′"}[node.kind]
    return node.text + inner


def written(law: str, language: str = "en") -> str:
    """Prose as it is, each formula in brackets, with a bar where it may break."""
    parts = law_in(law, language).parts  # type: ignore[arg-type]
    return "".join(part if isinstance(part, str) else f"[{'¦'.join(map(read, part))}]" for part in parts)


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("Law 1: ∂ℓ/∂w = Xᵀ∇", "Law 1: [∂ℓ/∂w¦=XT∇]"),
        ("h = z where z > 0, else αz", "[h¦=z] where [z>0], else [αz]"),
        ("Ŷ = Xw + b", "[Ŷ¦=Xw¦+b]"),
        ("σ(z) = 1 / (1 + e^(−z))", "[σ(z)¦={11+e−z}]"),
        ("x̂ = (x − μ) / √(σ² + ε)", "[x̂¦={x−μ√{σ2+ε}}]"),
        (
            "AdamW: w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)",
            "AdamW: [wnew¦=w¦−ηλw¦−η·{mnew(1−β1t)(√{{snew1−β2t}}+ε)}]",
        ),
        ("h = z Φ(z) = z · ½(1 + erf(z / √2))", "[h¦=z Φ(z)¦=z·½(1+erf({z√{2}}))]"),
    ],
)
def test_a_law_is_prose_and_formulas(law: str, expected: str) -> None:
    assert written(law) == expected


def test_in_chinese_the_words_are_chinese_and_the_formulas_the_same() -> None:
    assert written("Law 2, for the constant 1: Σₖ ∇ₖ bₖ", "zh") == "法则二，用于常数 1：[Σk ∇k bk]"
    assert law_in("Ŷ = Xw + b", "zh").language == "zh"
    assert law_in("the law of another library", "zh").language == "en"


def test_every_sign_of_every_law_is_kept() -> None:
    indices = str.maketrans("ₖᵢᵀ₁₂²", "kiT122")

    def signs(text: str) -> list[str]:
        return sorted(re.findall(r"[^\W_]|[=+−·<>|½∇]", unicodedata.normalize("NFC", text).translate(indices)))

    assert len(LAWS) > 60
    for law in LAWS:
        assert signs(written(law).replace("Σ", "")) == signs(law.replace("Σ", "")), law
        said = wordings("zh").get(law, law)
        assert signs(written(law, "zh").replace("Σ", "")) == signs(said.replace("Σ", "")), said


def test_every_law_with_words_has_them_in_chinese_and_no_other_has() -> None:
    wordy = {law for law in LAWS if re.search(r"[A-Za-z]{2,}", FUNCTIONS.sub("", law))}
    assert wordy <= set(wordings("zh")) <= {*LAWS, UNREACHED}
    for english, chinese in wordings("zh").items():
        assert sorted(SIGNS.findall(english)) == sorted(SIGNS.findall(chinese)), english
