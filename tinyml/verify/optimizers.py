"""The laws of the optimizers: the next value of an entry of a parameter, and its state after the update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import copysign, fsum, prod, sqrt
from math import pow as power
from typing import Any, Final

from tinyml.verify.lines import MINUS, Factor, Line, Number, Shape, Term, named, places
from tinyml.verify.penalty import is_bias
from tinyml.verify.schedules import SCHEDULE
from tinyml.verify.settings import (
    ANYTHING,
    COUNT,
    FINITE,
    NOT_NEGATIVE,
    POSITIVE,
    SHARE,
    SWITCH,
    TEXT,
    Kind,
    Settings,
    one_of,
    or_null,
    pair,
)

PREVIOUS_CHANGE: Final = "previous_change"
FROZEN: Final = "frozen: it stays as it is"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a parameter; `owner` names the parameter, such as fc_1.w. Its gradient is multiplied by `share`, if
    all gradients together are clipped, and the learning rate by `factor`; `slope_of` is the end of the name of the
    gradient that updates use: grad, or with a penalty objective_grad.
    """

    settings: Mapping[str, Any]
    owner: str
    at: Shape
    values: Mapping[str, float]
    share: float = 1.0
    slope_of: str = "grad"
    factor: float = 1.0

    @property
    def value(self) -> str:
        """The value before the update."""
        return named(self.owner, self.at)

    @property
    def gradient(self) -> str:
        """∂ℓ/∂value, or with a penalty ∂J/∂value."""
        return named(f"{self.owner}.{self.slope_of}", self.at)

    @property
    def slope_symbol(self) -> str:
        """The gradient in laws."""
        return "∂ℓ/∂w" if self.slope_of == "grad" else "∂J/∂w"

    @property
    def next(self) -> str:
        """The value after the update."""
        return named(f"{self.owner}.next", self.at)

    def before(self, state: str) -> list[str]:
        """Return the optimizer's state of the entry before the update; empty if there is none yet."""
        ref = named(f"{self.owner}.{state}", self.at)
        return [ref] if ref in self.values else []

    def after(self, state: str) -> str:
        """Return the optimizer's state of the entry after the update."""
        return named(f"{self.owner}.{state}.next", self.at)

    def setting(self, word: str) -> float:
        """Return a setting of the optimizer; 0 if it is not used."""
        return float(self.settings.get(word) or 0.0)

    @property
    def decays(self) -> bool:
        """Whether weight decay is for this parameter: biases can be without it."""
        return bool(self.settings.get("decay_biases", True)) or not is_bias(self.owner)

    @property
    def rate(self) -> Term:
        """η, or κη."""
        return ("lr",) if self.factor == 1 else (Number("κ", self.factor), "lr")

    def decay(self) -> list[Term]:
        """Return the term λw, if there is weight decay, of the biases too or without them."""
        decay = self.setting("weight_decay") if self.decays else 0.0
        return [(Number("λ", decay), self.value)] if decay else []

    def clipped(self) -> Term:
        """Return ∂ℓ/∂w as the update uses it: times c/G, or cut at −c and c."""
        most = (self.settings.get("clip") or {}).get("value")
        if most is not None and abs(self.values[self.gradient]) > most:
            return (Number(f"{self.gradient} cut at ±c", copysign(most, self.values[self.gradient])),)
        return (self.gradient,) if self.share == 1 else (Number("c/G", self.share), self.gradient)

    def slope(self, decaying: bool = True) -> list[Term]:
        """g = ∂ℓ/∂w + λw, the first clipped."""
        return [self.clipped(), *(self.decay() if decaying else [])]

    def square(self, share: Number, decaying: bool = True) -> Term:
        """Return `share` · g²."""
        slope = self.slope(decaying)
        if slope == [(self.gradient,)]:
            return (share, self.gradient, self.gradient)
        written = " + ".join("·".join(_meaning(factor) for factor in term) for term in slope)
        made = sum(prod(_number(factor, self.values) for factor in term) for term in slope)
        return (share, Number(f"({written})²", made * made))


def _meaning(factor: Factor) -> str:
    return factor if isinstance(factor, str) else factor.meaning


def _number(factor: Factor, values: Mapping[str, float]) -> float:
    return values[factor] if isinstance(factor, str) else factor.value


def clipped_share(
    settings: Mapping[str, Any], gradients: Mapping[str, Shape], values: Mapping[str, float], slope_of: str = "grad"
) -> float:
    """Return by what the gradients of all parameters that learn are multiplied: c/G, with G = √Σ g² + 10⁻⁶, if that is
    below 1. `gradients` has the shapes of the parameters by their names, and `slope_of` is as in `Entry`.
    """
    most = (settings.get("clip") or {}).get("norm")
    if most is None:
        return 1.0
    entries = (values[named(f"{owner}.{slope_of}", at)] for owner, shape in gradients.items() for at in places(*shape))
    return min(float(most) / (sqrt(fsum(entry * entry for entry in entries)) + 1e-6), 1.0)


def step(entry: Entry, *changes: Term) -> list[Term]:
    """Return the terms of w minus η times each of the changes."""
    return [(entry.value,), *((MINUS, *entry.rate, *change) for change in changes)]


def sgd(entry: Entry) -> Iterator[Line]:
    """w_new = w − ηg; with momentum v_new = μv + g and w_new = w − ηv_new, or with Nesterov w − η(g + μv_new)."""
    momentum = entry.setting("momentum")
    slope = entry.slope_symbol
    decayed = f"{slope} + λw" if entry.decay() else slope
    if not momentum:
        law = f"w_new = w − η {slope}" if not entry.decay() else f"w_new = w − η({decayed})"
        yield Line(entry.next, law, step(entry, *entry.slope()))
        return
    if entry.settings.get("momentum_form") == PREVIOUS_CHANGE:
        yield from _with_change(entry, Number("μ", momentum))
        return
    mu, velocity = Number("μ", momentum), entry.after("velocity")
    kept: list[Term] = [(mu, before) for before in entry.before("velocity")]
    yield Line(velocity, f"v_new = μv + {decayed}", [*kept, *entry.slope()])
    if entry.settings.get("nesterov"):
        yield Line(entry.next, f"w_new = w − η({decayed} + μv_new)", step(entry, *entry.slope(), (mu, velocity)))
    else:
        yield Line(entry.next, "w_new = w − ηv_new", step(entry, (velocity,)))


def _with_change(entry: Entry, mu: Number) -> Iterator[Line]:
    """Δ_new = μΔ − ηg and w_new = w + Δ_new, or with Nesterov w_new = w + μΔ_new − ηg."""
    change, slope = entry.after("change"), entry.slope()
    kept: list[Term] = [(mu, before) for before in entry.before("change")]
    yield Line(change, "Δ_new = μΔ − ηg", [*kept, *((MINUS, *entry.rate, *term) for term in slope)])
    if entry.settings.get("nesterov"):
        yield Line(entry.next, "w_new = w + μΔ_new − ηg", [*step(entry, *slope), (mu, change)])
    else:
        yield Line(entry.next, "w_new = w + Δ_new", [(entry.value,), (change,)])


def rmsprop(entry: Entry) -> Iterator[Line]:
    """s_new = αs + (1 − α)g²; w_new = w − ηg / (√s_new + ε)."""
    alpha, square = entry.setting("decay"), entry.after("square")
    kept: list[Term] = [(Number("α", alpha), before) for before in entry.before("square")]
    yield Line(square, "s_new = αs + (1 − α)g²", [*kept, entry.square(Number("1 − α", 1 - alpha))])
    scale = Number(f"1/(√{square} + ε)", 1 / (sqrt(entry.values[square]) + entry.setting("epsilon")))
    yield Line(entry.next, "w_new = w − ηg / (√s_new + ε)", step(entry, *((*g, scale) for g in entry.slope())))


def adagrad(entry: Entry) -> Iterator[Line]:
    """s_new = s + g²; w_new = w − η/(1 + δ(t − 1)) g / (√s_new + ε), with δ(t − 1) only if the rate decays."""
    squares, count, first = entry.after("sum"), f"{entry.owner}.count.next[0]", entry.setting("initial_sum")
    kept: list[Term] = [(before,) for before in entry.before("sum")]
    if not kept and first:
        kept = [(Number("the first s", first),)]
    yield Line(squares, "s_new = s + g²", [*kept, entry.square(Number("1", 1.0))])
    scale = [Number(f"1/(√{squares} + ε)", 1 / (sqrt(entry.values[squares]) + entry.setting("epsilon")))]
    law = "w_new = w − ηg / (√s_new + ε)"
    if decay := entry.setting("lr_decay"):
        law = "w_new = w − η/(1 + δ(t − 1)) · g / (√s_new + ε)"
        scale.append(Number(f"1/(1 + δ({count} − 1))", 1 / (1 + decay * (entry.values[count] - 1))))
    yield Line(entry.next, law, step(entry, *((*g, *scale) for g in entry.slope())))


def adam(entry: Entry, decoupled: bool = False) -> Iterator[Line]:
    """m_new = β₁m + (1 − β₁)g; s_new = β₂s + (1 − β₂)g²; w_new = w − η m̂ / (√ŝ + ε), with m̂ = m_new / (1 − β₁^t)
    and ŝ = s_new / (1 − β₂^t), or without bias correction m̂ = m_new and ŝ = s_new. If `decoupled`, λw is not part
    of g, and w_new contains −ηλw instead.
    """
    of_mean, of_square = map(float, entry.settings["betas"])
    mean, square, count = entry.after("mean"), entry.after("square"), f"{entry.owner}.count.next[0]"
    slope = entry.slope(not decoupled)
    means: list[Term] = [(Number("β₁", of_mean), before) for before in entry.before("mean")]
    squares: list[Term] = [(Number("β₂", of_square), before) for before in entry.before("square")]
    share = Number("1 − β₁", 1 - of_mean)
    yield Line(mean, "m_new = β₁m + (1 − β₁)g", [*means, *((share, *g) for g in slope)])
    share = Number("1 − β₂", 1 - of_square)
    yield Line(square, "s_new = β₂s + (1 − β₂)g²", [*squares, entry.square(share, not decoupled)])
    if entry.settings.get("bias_correction", True):
        steps = entry.values[count]
        start = Number(f"1/(1 − β₁^{count})", 1 / (1 - power(of_mean, steps)))
        usual = sqrt(entry.values[square] / (1 - power(of_square, steps)))
        scale = Number(f"1/(√({square}/(1 − β₂^{count})) + ε)", 1 / (usual + entry.setting("epsilon")))
        moved: Term = (mean, start, scale)
        law = "w_new = w − η m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)"
    else:
        scale = Number(f"1/(√{square} + ε)", 1 / (sqrt(entry.values[square]) + entry.setting("epsilon")))
        moved, law = (mean, scale), "w_new = w − η m_new / (√s_new + ε)"
    changes: list[Term] = [moved, *(entry.decay() if decoupled else [])]
    yield Line(entry.next, f"{law} − ηλw" if decoupled and entry.decays else law, step(entry, *changes))


def adamw(entry: Entry) -> Iterator[Line]:
    """Adam with decoupled weight decay."""
    return adam(entry, decoupled=True)


def count(owner: str, values: Mapping[str, float]) -> Line:
    """Return the line of a parameter's number of updates, including this one."""
    before = f"{owner}.count[0]"
    kept: list[Term] = [(before,)] if before in values else []
    return Line(f"{owner}.count.next[0]", "t_new = t + 1", [*kept, (Number("1", 1.0),)])


def frozen(entry: Entry, remembered: Sequence[str]) -> Iterator[Line]:
    """w_new = w; the state is unchanged too."""
    for state in remembered:
        for before in entry.before(state):
            yield Line(entry.after(state), FROZEN, [(before,)], exact=True)
    yield Line(entry.next, FROZEN, [(entry.value,)], exact=True)


def frozen_count(owner: str, values: Mapping[str, float]) -> Iterator[Line]:
    """The number of updates of a frozen parameter is unchanged."""
    before = f"{owner}.count[0]"
    if before in values:
        yield Line(f"{owner}.count.next[0]", FROZEN, [(before,)], exact=True)


CLIP: Final = Kind(
    "an object with norm or value, a number above 0",
    lambda value: (
        isinstance(value, dict) and value.keys() in ({"norm"}, {"value"}) and all(map(POSITIVE.holds, value.values()))
    ),
)
_ANY: Final = {
    "type": TEXT, "lr": NOT_NEGATIVE, "weight_decay": NOT_NEGATIVE, "decay_biases": SWITCH, "state": ANYTHING,
    "clip": or_null(CLIP), "schedule": SCHEDULE,
}  # fmt: skip
_ADAM: Final = {**_ANY, "betas": pair(SHARE), "epsilon": NOT_NEGATIVE, "bias_correction": SWITCH}
# The settings of each optimizer in a document.
SETTINGS: Final[Mapping[str, Settings]] = {
    "sgd": {
        **_ANY,
        "momentum": or_null(NOT_NEGATIVE),
        "nesterov": SWITCH,
        "momentum_form": one_of("velocity", PREVIOUS_CHANGE),
    },
    "rmsprop": {**_ANY, "decay": SHARE, "epsilon": NOT_NEGATIVE},
    "adagrad": {**_ANY, "lr_decay": NOT_NEGATIVE, "initial_sum": NOT_NEGATIVE, "epsilon": NOT_NEGATIVE},
    "adam": _ADAM,
    "adamw": _ADAM,
}
# Each optimizer's law, and its state of each entry.
OPTIMIZERS: Final = {
    "sgd": (sgd, ("velocity", "change")),
    "rmsprop": (rmsprop, ("square",)),
    "adagrad": (adagrad, ("sum",)),
    "adam": (adam, ("mean", "square")),
    "adamw": (adamw, ("mean", "square")),
}
COUNTING: Final = ("adagrad", "adam", "adamw")
_ADAMS: Final = {"mean": FINITE, "square": NOT_NEGATIVE, "count": COUNT}
# The same with the kind of each number.
_REMEMBERED: Final[Mapping[str, Settings]] = {
    "sgd": {"velocity": FINITE}, "rmsprop": {"square": NOT_NEGATIVE},
    "adagrad": {"sum": NOT_NEGATIVE, "count": COUNT}, "adam": _ADAMS, "adamw": _ADAMS,
}  # fmt: skip


def remembered(optimizer: Mapping[str, Any]) -> Settings:
    """Return the state of each parameter that the settings of an optimizer require, with the kind of each number."""
    if optimizer.get("momentum_form") == PREVIOUS_CHANGE:
        return {"change": FINITE}
    return _REMEMBERED[optimizer["type"]]
