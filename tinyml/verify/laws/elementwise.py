"""The laws of elementwise functions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from math import erfc, exp, expm1, log1p, pi, sqrt, tanh
from typing import Any, ClassVar

from tinyml.verify.laws.base import Law, Place
from tinyml.verify.lines import Line, Number, Shape, Term, places
from tinyml.verify.settings import ANYTHING, FINITE, NOT_NEGATIVE, SWITCH, Settings, one_of

Given = Mapping[str, Any]


def sigmoid(z: float) -> float:
    """Return σ(z) = 1 / (1 + e^(−z)), without overflow for any z."""
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


class Elementwise(Law):
    """h = f(z); ∂ℓ/∂z = ∂ℓ/∂h · f′(z). `z`, `h` and `upstream` name the numbers, `at` is the number z."""

    forward_law: ClassVar[str]
    backward_law: ClassVar[str]

    @abstractmethod
    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        """The terms of h."""

    @abstractmethod
    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        """The terms of f′(z)."""

    def forward(self, at: Place) -> Iterator[Line]:
        for n, *i in places(at.batch, *at.inputs):
            z = at.input(n, *i)
            yield Line(at.output(n, *i), self.forward_law, self.value(at.settings, z, at.values[z]))

    def input_gradients(self, at: Place) -> Iterator[Line]:
        for n, *i in places(at.batch, *at.inputs):
            z, h, upstream = at.input(n, *i), at.output(n, *i), at.output_gradient(n, *i)
            slope = self.slope(at.settings, z, at.values[z], h, at.values[h])
            yield Line(at.input_gradient(n, *i), self.backward_law, [(upstream, *term) for term in slope])


class ReLu(Elementwise):
    """h = max(z, 0)."""

    forward_law = "h = max(z, 0)"
    backward_law = "the gradient passes where z > 0 and stops elsewhere"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(z,)] if at > 0 else [(Number(f"0, for {z} ≤ 0", 0.0),)]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        return [(Number(f"1, for {z} > 0", 1.0) if at > 0 else Number(f"0, for {z} ≤ 0", 0.0),)]


class LeakyReLu(Elementwise):
    """h = z where z > 0, else αz."""

    settings: ClassVar[Settings] = {"slope": FINITE}
    forward_law = "h = z where z > 0, else αz"
    backward_law = "the gradient passes where z > 0, and α of it elsewhere"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(z,)] if at > 0 else [(Number("α", float(settings["slope"])), z)]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        return [(Number(f"1, for {z} > 0", 1.0) if at > 0 else Number(f"α, for {z} ≤ 0", float(settings["slope"])),)]


class PReLU(Law):
    """h = z where z > 0, else αz, with one α for all numbers, or one for each feature."""

    settings: ClassVar[Settings] = {"shared": SWITCH, "slope": ANYTHING, "frozen": ANYTHING, "lr_factor": NOT_NEGATIVE}

    def parameters(self, settings: Given, inputs: Shape) -> dict[str, Shape]:
        return {"slope": (1,) if self._shared(settings) else inputs[:1]}

    def forward(self, at: Place) -> Iterator[Line]:
        for n, *i in places(at.batch, *at.inputs):
            z = at.input(n, *i)
            term = (z,) if at.values[z] > 0 else (self._slope(at, i[0]), z)
            yield Line(at.output(n, *i), LeakyReLu.forward_law, [term])

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        for f in range(1 if self._shared(at.settings) else at.inputs[0]):
            terms = [
                (at.output_gradient(*place), z if at.values[z] <= 0 else Number(f"0, for {z} > 0", 0.0))
                for place in places(at.batch, *at.inputs)
                for z in [at.input(*place)]
                if self._shared(at.settings) or place[1] == f
            ]
            yield Line(at.own("slope.grad", f), "∂ℓ/∂α = Σ ∇ min(z, 0)", terms)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        for n, *i in places(at.batch, *at.inputs):
            z, upstream = at.input(n, *i), at.output_gradient(n, *i)
            passed = Number(f"1, for {z} > 0", 1.0) if at.values[z] > 0 else self._slope(at, i[0])
            yield Line(at.input_gradient(n, *i), LeakyReLu.backward_law, [(upstream, passed)])

    @staticmethod
    def _shared(settings: Given) -> bool:
        return settings.get("shared", True) is True

    def _slope(self, at: Place, feature: int) -> str:
        """The α of a feature."""
        return at.own("slope", 0 if self._shared(at.settings) else feature)


class ELU(Elementwise):
    """h = z where z > 0, else α(e^z − 1)."""

    settings: ClassVar[Settings] = {"alpha": FINITE}
    forward_law = "h = z where z > 0, else α(e^z − 1)"
    backward_law = "h′ = 1 where z > 0, else αe^z"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(z,)] if at > 0 else [(Number("α", float(settings["alpha"])), Number(f"exp({z}) − 1", expm1(at)))]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        if at > 0:
            return [(Number(f"1, for {z} > 0", 1.0),)]
        return [(Number("α", float(settings["alpha"])), Number(f"exp({z})", exp(at)))]


class GELU(Elementwise):
    """h = z Φ(z), with Φ(z) = ½(1 + erf(z / √2)) and φ(z) = e^(−z²/2) / √(2π); or, if `approximate` is tanh,
    Φ(z) = ½(1 + tanh u) = σ(2u) with u = √(2/π) (z + 0.044715 z³), and φ(z) = 2u′ σ(2u) σ(−2u).
    """

    settings: ClassVar[Settings] = {"approximate": one_of("none", "tanh")}
    forward_law = "h = z Φ(z), Φ(z) = ½(1 + erf(z / √2))"
    backward_law = "h′ = Φ(z) + z φ(z), φ(z) = e^(−z²/2) / √(2π)"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(z, self._below(settings, z, at))]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        density = exp(-0.5 * at * at) / sqrt(2 * pi)
        if settings.get("approximate") == "tanh":
            doubled = self._doubled(at)
            near = max(-40.0, min(40.0, at))
            density = 2 * sqrt(2 / pi) * (1 + 3 * 0.044715 * near * near) * sigmoid(doubled) * sigmoid(-doubled)
        return [(self._below(settings, z, at),), (z, Number(f"φ({z})", density))]

    def _below(self, settings: Given, z: str, at: float) -> Number:
        if settings.get("approximate") == "tanh":
            return Number(f"σ(2u({z}))", sigmoid(self._doubled(at)), size=1.0)
        return Number(f"Φ({z})", 0.5 * erfc(-at / sqrt(2)), size=1.0)

    @staticmethod
    def _doubled(at: float) -> float:
        """Return 2u of z clipped to ±40, since σ(2u) is 0 or 1 beyond."""
        near = max(-40.0, min(40.0, at))
        return 2 * sqrt(2 / pi) * (near + 0.044715 * near**3)


class SiLU(Elementwise):
    """h = z σ(z)."""

    forward_law = "h = z σ(z)"
    backward_law = "h′ = σ(z) + z σ(z) σ(−z)"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(z, Number(f"σ({z})", sigmoid(at)))]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        share = Number(f"σ({z})", sigmoid(at))
        return [(share,), (z, share, Number(f"σ(−{z})", sigmoid(-at)))]


class Softplus(Elementwise):
    """h = log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|)), a form that overflows for no z."""

    forward_law = "h = log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|))"
    backward_law = "h′ = σ(z)"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [
            (Number(f"max({z}, 0)", max(at, 0.0)),),
            (Number(f"log(1 + exp(−|{z}|))", log1p(exp(-abs(at)))),),
        ]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        return [(Number(f"σ({z})", sigmoid(at)),)]


class Sigmoid(Elementwise):
    """h = σ(z) = 1 / (1 + e^(−z))."""

    forward_law = "h = σ(z) = 1 / (1 + e^(−z))"
    backward_law = "σ′(z) = h(1 − h)"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(Number(f"σ({z})", sigmoid(at)),)]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        return [(h, Number(f"1 − {h}", 1 - output, size=1.0))]


class Tanh(Elementwise):
    """h = tanh(z)."""

    forward_law = "h = tanh(z)"
    backward_law = "tanh′(z) = 1 − h²"

    def value(self, settings: Given, z: str, at: float) -> Sequence[Term]:
        return [(Number(f"tanh({z})", tanh(at)),)]

    def slope(self, settings: Given, z: str, at: float, h: str, output: float) -> Sequence[Term]:
        return [(Number(f"1 − {h}²", 1 - output * output, size=1.0),)]
