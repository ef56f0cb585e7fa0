"""Every formula that can be copied is LaTeX in ASCII with known commands and words as text; TeX can typeset it."""

import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.support.networks import LOSSES
from tests.support.recorded import record
from tests.tinyml.explain.test_everything import NOTATIONS
from tests.tinyml.narrate.test_truth import ONE_OF_EACH, OPTIMIZERS
from tinyml.explain import explain
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import Condition, Number, choice, latex

TEX = next(filter(None, map(shutil.which, ("pdflatex", "xelatex", "lualatex"))), None)
INSTALL = "no TeX: `apt-get install texlive-latex-base`"
# Those of TeX, LaTeX and amsmath: \text, \operatorname and the environment cases.
COMMANDS = {
    *("alpha", "bar", "begin", "beta", "cdot", "cdots", "delta", "ell", "end", "eta", "exp", "frac", "gamma", "ge"),
    *(
        "hat",
        "infty",
        "lambda",
        "le",
        "left",
        "ln",
        "mathrm",
        "max",
        "min",
        "mu",
        "nabla",
        "operatorname",
        "partial",
        "pi",
    ),
    *("Delta", "Omega", "lfloor", "rfloor", "right", "sigma", "sqrt", "tanh", "text", "underbrace", "varepsilon"),
}


@cache
def corpus() -> dict[str, str]:
    """The formulas of every kind of number, of all layers, losses, optimizers and notations, with their origin."""
    formulas = {}
    for number, case in enumerate(ONE_OF_EACH):
        flat = len(case.shape) == 2
        for loss in sorted(LOSSES) if flat and case.kind == "Linear" and number % 3 == 0 else ["huber"]:
            met = set[str]()
            for optimizer in OPTIMIZERS if case.kind == "Linear" else OPTIMIZERS[:1]:
                recorded = record([case], LOSSES[loss], optimizer)
                for family in explained_tensors(recorded):
                    if family.values.size:
                        ref = family.ref((0,) * family.values.ndim)
                        for notation in NOTATIONS:
                            formula = explain(recorded, ref, notation, 5).latex
                            if notation == "scalar" and formula in met:
                                break  # it does not depend on the optimizer, nor do its other notations
                            met.add(formula)
                            formulas[formula] = f"{ref} of {case.name}, {notation}"
    return formulas


@pytest.mark.slow
def test_every_formula_is_of_known_commands_and_words_stand_as_words() -> None:
    met: Counter[str] = Counter()
    for formula, whose in corpus().items():
        assert formula.isascii(), (whose, formula)
        assert set(re.findall(r"\\([A-Za-z]+)", formula)) <= COMMANDS, (whose, formula)
        assert formula.count("{") == formula.count("}"), (whose, formula)
        bare = re.sub(r"\\(?:text|operatorname|mathrm|begin|end)\{[^{}]*\}|\\[A-Za-z]+", "", formula)
        assert not re.search("[A-Za-z]{2}", bare), (whose, formula)
        met.update(sign for sign in (r"\begin{cases}", r"\text{kept}", r"\pi", r"\hat{y}", "10^{-") if sign in formula)
    assert len(corpus()) > 2000
    assert min(met[sign] for sign in (r"\begin{cases}", r"\text{kept}", r"\pi", r"\hat{y}")) > 0


@pytest.mark.slow
@pytest.mark.skipif(TEX is None, reason=INSTALL)
def test_tex_sets_every_formula(tmp_path: Path) -> None:
    lines = [rf"$\displaystyle {formula}$\par" for formula in corpus()]
    begin = [r"\documentclass{article}", r"\usepackage{amsmath}", r"\begin{document}"]
    (tmp_path / "formulas.tex").write_text("\n".join([*begin, *lines, r"\end{document}", ""]), "ascii")
    command = [str(TEX), "-interaction=nonstopmode", "-halt-on-error", "formulas.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=300)
    output = done.stdout.decode("latin-1")
    assert done.returncode == 0, output[-2000:]
    assert "Missing character" not in output


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("z > 0", "z > 0"),
        ("|ŷ − y| ≤ 1.5×10^−9", r"|{\hat{y}} - y| \le 1.5 \cdot 10^{-9}"),
        (Condition("largest", "the largest of the window"), r"\text{the largest of the window}"),
    ],
)
def test_a_condition_is_written_as_signs_or_as_words(when: str | Condition, written: str) -> None:
    both = choice([(when, Number(1.0)), ("z ≤ 0", Number(0.0))], 0)
    assert latex(both) == rf"\begin{{cases}} 1 & {written} \\ 0 & z \le 0 \end{{cases}}"
