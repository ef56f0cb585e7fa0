"""The laws of the optimizers: the next value of an entry of a parameter, and its state after the update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pow as power
from math import sqrt
from typing import Any, Final

from tinyml.verify.lines import MINUS, Line, Number, Shape, Term, named
from tinyml.verify.settings import (
    ANYTHING,
    COUNT,
    FINITE,
    NOT_NEGATIVE,
    POSITIVE,
    SHARE,
    SWITCH,
    TEXT,
    Settings,
    or_null,
    pair,
)

FROZEN: Final = "frozen: it stays as it is"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a parameter; `owner` names the parameter, such as fc_1.w."""

    settings: Mapping[str, Any]
    owner: str
    at: Shape
    values: Mapping[str, float]

    @property
    def value(self) -> str:
        """The value before the update."""
        return named(self.owner, self.at)

    @property
    def gradient(self) -> str:
        """∂ℓ/∂value."""
        return named(f"{self.owner}.grad", self.at)

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

    def decay(self) -> list[Term]:
        """Return the term λw, if there is weight decay."""
        decay = self.setting("weight_decay")
        return [(Number("λ", decay), self.value)] if decay else []

    def slope(self) -> list[Term]:
        """g = ∂ℓ/∂w + λw."""
        return [(self.gradient,), *self.decay()]

    def square(self, share: Number, decaying: bool = True) -> Term:
        """Return `share` · g²."""
        if not (decaying and self.decay()):
            return (share, self.gradient, self.gradient)
        slope = self.values[self.gradient] + self.setting("weight_decay") * self.values[self.value]
        return (share, Number(f"({self.gradient} + λ·{self.value})²", slope * slope))


def step(entry: Entry, *changes: Term) -> list[Term]:
    """Return the terms of w minus η times each of the changes."""
    return [(entry.value,), *((MINUS, "lr", *change) for change in changes)]


def sgd(entry: Entry) -> Iterator[Line]:
    """w_new = w − ηg; with momentum v_new = μv + g and w_new = w − ηv_new, or with Nesterov w − η(g + μv_new)."""
    momentum = entry.setting("momentum")
    decayed = "∂ℓ/∂w + λw" if entry.decay() else "∂ℓ/∂w"
    if not momentum:
        law = "w_new = w − η ∂ℓ/∂w" if not entry.decay() else f"w_new = w − η({decayed})"
        yield Line(entry.next, law, step(entry, *entry.slope()))
        return
    mu, velocity = Number("μ", momentum), entry.after("velocity")
    kept: list[Term] = [(mu, before) for before in entry.before("velocity")]
    yield Line(velocity, f"v_new = μv + {decayed}", [*kept, *entry.slope()])
    if entry.settings.get("nesterov"):
        yield Line(entry.next, f"w_new = w − η({decayed} + μv_new)", step(entry, *entry.slope(), (mu, velocity)))
    else:
        yield Line(entry.next, "w_new = w − ηv_new", step(entry, (velocity,)))


def rmsprop(entry: Entry) -> Iterator[Line]:
    """s_new = αs + (1 − α)g²; w_new = w − ηg / (√s_new + ε)."""
    alpha, square = entry.setting("decay"), entry.after("square")
    kept: list[Term] = [(Number("α", alpha), before) for before in entry.before("square")]
    yield Line(square, "s_new = αs + (1 − α)g²", [*kept, entry.square(Number("1 − α", 1 - alpha))])
    scale = Number(f"1/(√{square} + ε)", 1 / (sqrt(entry.values[square]) + entry.setting("epsilon")))
    yield Line(entry.next, "w_new = w − ηg / (√s_new + ε)", step(entry, *((*g, scale) for g in entry.slope())))


def adam(entry: Entry, decoupled: bool = False) -> Iterator[Line]:
    """m_new = β₁m + (1 − β₁)g; s_new = β₂s + (1 − β₂)g²; w_new = w − η m̂ / (√ŝ + ε), with m̂ = m_new / (1 − β₁^t)
    and ŝ = s_new / (1 − β₂^t). If `decoupled`, λw is not part of g, and w_new contains −ηλw instead.
    """
    of_mean, of_square = map(float, entry.settings["betas"])
    mean, square, count = entry.after("mean"), entry.after("square"), f"{entry.owner}.count.next[0]"
    slope: list[Term] = [(entry.gradient,)] if decoupled else entry.slope()
    means: list[Term] = [(Number("β₁", of_mean), before) for before in entry.before("mean")]
    squares: list[Term] = [(Number("β₂", of_square), before) for before in entry.before("square")]
    share = Number("1 − β₁", 1 - of_mean)
    yield Line(mean, "m_new = β₁m + (1 − β₁)g", [*means, *((share, *g) for g in slope)])
    share = Number("1 − β₂", 1 - of_square)
    yield Line(square, "s_new = β₂s + (1 − β₂)g²", [*squares, entry.square(share, not decoupled)])
    steps = entry.values[count]
    start = Number(f"1/(1 − β₁^{count})", 1 / (1 - power(of_mean, steps)))
    usual = sqrt(entry.values[square] / (1 - power(of_square, steps)))
    scale = Number(f"1/(√({square}/(1 − β₂^{count})) + ε)", 1 / (usual + entry.setting("epsilon")))
    changes: list[Term] = [(mean, start, scale), *(entry.decay() if decoupled else [])]
    law = "w_new = w − η m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)"
    yield Line(entry.next, f"{law} − ηλw" if decoupled else law, step(entry, *changes))


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


_ANY: Final = {"type": TEXT, "lr": NOT_NEGATIVE, "weight_decay": NOT_NEGATIVE, "state": ANYTHING}
_ADAM: Final = {**_ANY, "betas": pair(SHARE), "epsilon": POSITIVE}
# The settings of each optimizer in a document.
SETTINGS: Final[Mapping[str, Settings]] = {
    "sgd": {**_ANY, "momentum": or_null(NOT_NEGATIVE), "nesterov": SWITCH},
    "rmsprop": {**_ANY, "decay": SHARE, "epsilon": POSITIVE},
    "adam": _ADAM,
    "adamw": _ADAM,
}
# Each optimizer's law, and its state of each entry.
OPTIMIZERS: Final = {
    "sgd": (sgd, ("velocity",)),
    "rmsprop": (rmsprop, ("square",)),
    "adam": (adam, ("mean", "square")),
    "adamw": (adamw, ("mean", "square")),
}
COUNTING: Final = ("adam", "adamw")
_ADAMS: Final = {"mean": FINITE, "square": NOT_NEGATIVE, "count": COUNT}
# The same with the kind of each number.
REMEMBERED: Final[Mapping[str, Settings]] = {
    "sgd": {"velocity": FINITE}, "rmsprop": {"square": NOT_NEGATIVE}, "adam": _ADAMS, "adamw": _ADAMS,
}  # fmt: skip
