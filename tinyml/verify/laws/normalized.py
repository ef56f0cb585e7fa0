"""The laws of the normalization layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import frexp, inf, ldexp, prod, sqrt
from typing import Any, ClassVar

from tinyml.verify.laws.base import Law, Place
from tinyml.verify.lines import MINUS, Line, Number, Shape, Term, add_up, places
from tinyml.verify.settings import ANYTHING, NOT_NEGATIVE, POSITIVE, Settings, number

NORMALIZING: Settings = {
    "epsilon": POSITIVE, "gamma": ANYTHING, "beta": ANYTHING, "frozen": ANYTHING, "lr_factor": NOT_NEGATIVE,
}  # fmt: skip

# The relative difference of two numbers below which their difference begins to lose digits.
NEAR = 1e-6
OUTPUT = "y = γx̂ + β"
NORMALIZED = "x̂ = (x − μ) / √(σ² + ε)"


def mean_and_variance(at: Place, which: int, group: list[str]) -> Iterator[Line]:
    """μ and σ² of the numbers that are normalized together."""
    share = Number(f"1/{len(group)}", 1 / len(group))
    mean = at.own("mean", which)
    yield Line(mean, f"μ = Σ x / {len(group)}", [(share, x) for x in group])
    squares = []
    for x in group:
        apart = at.values[x] - at.values[mean]
        # If x is nearly equal to μ, their difference is little more than rounding.
        size = (NEAR * max(abs(at.values[x]), abs(at.values[mean]))) ** 2
        squares.append((share, Number(f"({x} − {mean})²", apart * apart, size)))
    yield Line(at.own("variance", which), f"σ² = Σ (x − μ)² / {len(group)}", squares)


def normalized(at: Place, which: int, place: Shape) -> Line:
    """x̂ of one x."""
    x, mean = at.input(*place), at.own("mean", which)
    apart = Number(f"{x} − {mean}", at.values[x] - at.values[mean], max(abs(at.values[x]), abs(at.values[mean])))
    return Line(at.own("normalized", *place), NORMALIZED, [(apart, inverse_deviation(at, which))])


def inverse_deviation(at: Place, which: int) -> Number:
    """1 / √(σ² + ε)."""
    variance = at.own("variance", which)
    return Number(f"1/√({variance} + ε)", 1 / sqrt(at.values[variance] + float(at.settings["epsilon"])))


class BatchNorm(Law):
    """x̂ over the batch, for each feature; y = γx̂ + β. In evaluation mode μ and σ² are the running ones."""

    settings: ClassVar[Settings] = {
        "momentum": number(0, 1),
        "running_mean": ANYTHING,
        "running_variance": ANYTHING,
        **NORMALIZING,
    }

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        return {"gamma": inputs[:1], "beta": inputs[:1]}

    def buffers(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        return {"running_mean": inputs[:1], "running_variance": inputs[:1]}

    def forward(self, at: Place) -> Iterator[Line]:
        for f in range(at.inputs[0]):
            if at.training:
                yield from mean_and_variance(at, f, [at.input(*place) for place in self._together(at, f)])
            else:
                yield Line(at.own("mean", f), "μ = the running mean", [(at.own("running_mean", f),)])
                yield Line(at.own("variance", f), "σ² = the running variance", [(at.own("running_variance", f),)])
        for place in places(at.batch, *at.inputs):
            yield normalized(at, place[1], place)
        for place in places(at.batch, *at.inputs):
            terms = [(at.own("gamma", place[1]), at.own("normalized", *place)), (at.own("beta", place[1]),)]
            yield Line(at.output(*place), OUTPUT, terms)

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        for f in range(at.inputs[0]):
            yield Line(at.own("gamma.grad", f), "∂ℓ/∂γ = Σ ∇x̂", self._sums(at, f)[1])
        for f in range(at.inputs[0]):
            yield Line(at.own("beta.grad", f), "∂ℓ/∂β = Σ ∇", self._sums(at, f)[0])

    def input_gradients(self, at: Place) -> Iterator[Line]:
        count = at.batch * prod(at.inputs[1:])
        share = Number(f"1/{count}", 1 / count)
        law = "∂ℓ/∂x = γ(∇ − ∂ℓ/∂β / m − x̂ ∂ℓ/∂γ / m) / √(σ² + ε)" if at.training else "∂ℓ/∂x = γ∇ / √(σ² + ε)"
        carried = [self._carried(at, f) for f in range(at.inputs[0])] if at.training else []
        for place in places(at.batch, *at.inputs):
            f, slack = place[1], 0.0
            deviation, own = inverse_deviation(at, f), at.own("normalized", *place)
            outer = (at.own("gamma", f), deviation)
            terms: list[Term] = [(*outer, at.output_gradient(*place))]
            if at.training:  # the running numbers do not depend on x, so nothing flows back through them
                terms.append((MINUS, *outer, share, at.own("beta.grad", f)))
                terms.append((MINUS, *outer, share, own, at.own("gamma.grad", f)))
                of_beta, of_gamma = carried[f]
                scale = abs(at.values[at.own("gamma", f)]) * deviation.value / count
                slack = scale * (of_beta + abs(at.values[own]) * of_gamma)
            yield Line(at.input_gradient(*place), law, terms, slack=slack)

    def _carried(self, at: Place, f: int) -> tuple[float, float]:
        """Return the rounding errors of Σ∇ and of Σ∇x̂. ∂ℓ/∂β and ∂ℓ/∂γ are these sums, rounded; a program that
        computes mean g and mean gx̂ from ∇ itself rounds differently. If the terms cancel, as they do before another
        normalization, the error is much larger than the last digits of the result.
        """
        gradients, scaled = self._sums(at, f)
        try:
            return add_up(gradients, at.values).rounding, add_up(scaled, at.values).rounding
        except (OverflowError, ValueError):
            return inf, inf  # outside the range of float64, where nothing can be checked

    def _sums(self, at: Place, f: int) -> tuple[list[Term], list[Term]]:
        """The terms of ∂ℓ/∂β and of ∂ℓ/∂γ."""
        numbers = [(at.output_gradient(*place), at.own("normalized", *place)) for place in self._together(at, f)]
        return [(gradient,) for gradient, _ in numbers], list(numbers)

    def running_state(self, at: Place) -> Iterator[Line]:
        if not at.training:
            return
        newest = Number("momentum", float(at.settings["momentum"]))
        rest = Number("1 − momentum", 1 - newest.value)
        count = at.batch * prod(at.inputs[1:])
        fewer = max(count - 1, 1)
        unbiased = Number(f"{count}/{fewer}", count / fewer)
        for f in range(at.inputs[0]):
            terms: list[Term] = [(rest, at.own("running_mean", f)), (newest, at.own("mean", f))]
            yield Line(at.own("running_mean.next", f), "(1 − momentum) · running mean + momentum · μ", terms)
        for f in range(at.inputs[0]):
            terms = [(rest, at.own("running_variance", f)), (newest, unbiased, at.own("variance", f))]
            law = "(1 − momentum) · running variance + momentum · σ², of which the mean is over m − 1"
            yield Line(at.own("running_variance.next", f), law, terms)

    @staticmethod
    def _together(at: Place, f: int) -> Iterator[Shape]:
        for n, *rest in places(at.batch, *at.inputs[1:]):
            yield (n, f, *rest)


class LayerNorm(Law):
    """x̂ over the numbers of each sample; y = γx̂ + β with one γ and one β for each number of a sample."""

    settings: ClassVar[Settings] = NORMALIZING

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        return {"gamma": inputs, "beta": inputs}

    def forward(self, at: Place) -> Iterator[Line]:
        for n in range(at.batch):
            yield from mean_and_variance(at, n, [at.input(n, *i) for i in places(*at.inputs)])
        for n, *i in places(at.batch, *at.inputs):
            yield normalized(at, n, (n, *i))
        for n, *i in places(at.batch, *at.inputs):
            terms = [(at.own("gamma", *i), at.own("normalized", n, *i)), (at.own("beta", *i),)]
            yield Line(at.output(n, *i), OUTPUT, terms)

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        samples = range(at.batch)
        for i in places(*at.inputs):
            terms = [(at.output_gradient(n, *i), at.own("normalized", n, *i)) for n in samples]
            yield Line(at.own("gamma.grad", *i), "∂ℓ/∂γ = Σ ∇x̂", terms)
        for i in places(*at.inputs):
            yield Line(at.own("beta.grad", *i), "∂ℓ/∂β = Σ ∇", [(at.output_gradient(n, *i),) for n in samples])

    def input_gradients(self, at: Place) -> Iterator[Line]:
        count = prod(at.inputs)
        for n, *i in places(at.batch, *at.inputs):
            own, deviation = at.own("normalized", n, *i), inverse_deviation(at, n)
            terms = []
            for j in places(*at.inputs):
                other, same = at.own("normalized", n, *j), int(list(j) == i)
                slope = same - 1 / count - at.values[own] * at.values[other] / count
                meaning = f"{same} − 1/{count} − {own}·{other}/{count}"
                terms.append(
                    (at.output_gradient(n, *j), at.own("gamma", *j), Number(meaning, slope, size=1.0), deviation)
                )
            law = "∂ℓ/∂xᵢ = Σⱼ ∇ⱼγⱼ (δᵢⱼ − 1/m − x̂ᵢx̂ⱼ/m) / √(σ² + ε)"
            yield Line(at.input_gradient(n, *i), law, terms)


class RMSNorm(Law):
    """x̂ = x / √(mean x² + ε) over each sample; y = γx̂ with one γ for each of its numbers."""

    settings: ClassVar[Settings] = {
        "epsilon": POSITIVE, "gamma": ANYTHING, "frozen": ANYTHING, "lr_factor": NOT_NEGATIVE,
    }  # fmt: skip

    def parameters(self, settings: Mapping[str, Any], inputs: Shape) -> dict[str, Shape]:
        return {"gamma": inputs}

    def forward(self, at: Place) -> Iterator[Line]:
        for n in range(at.batch):
            root = self._root(at, n)
            for place in places(*at.inputs):
                yield Line(at.own("normalized", n, *place), "x̂ = x / √(Σ x² / m + ε)", [(at.input(n, *place), root)])
        for n, *i in places(at.batch, *at.inputs):
            yield Line(at.output(n, *i), "y = γx̂", [(at.own("gamma", *i), at.own("normalized", n, *i))])

    def parameter_gradients(self, at: Place) -> Iterator[Line]:
        for i in places(*at.inputs):
            terms = [(at.output_gradient(n, *i), at.own("normalized", n, *i)) for n in range(at.batch)]
            yield Line(at.own("gamma.grad", *i), "∂ℓ/∂γ = Σ ∇x̂", terms)

    def input_gradients(self, at: Place) -> Iterator[Line]:
        count = prod(at.inputs)
        law = "∂ℓ/∂xᵢ = Σⱼ ∇ⱼγⱼ (δᵢⱼ − x̂ᵢx̂ⱼ/m) / √(Σ x² / m + ε)"
        for n in range(at.batch):
            root = self._root(at, n)
            for i in places(*at.inputs):
                own, terms = at.own("normalized", n, *i), []
                for j in places(*at.inputs):
                    other, same = at.own("normalized", n, *j), int(j == i)
                    slope = same - at.values[own] * at.values[other] / count
                    local = Number(f"{same} − {own}·{other}/{count}", slope, size=1.0)
                    terms.append((at.output_gradient(n, *j), at.own("gamma", *j), local, root))
                yield Line(at.input_gradient(n, *i), law, terms)

    @staticmethod
    def _root(at: Place, n: int) -> Number:
        """Return 1 / √(Σ x² / m + ε) of a sample."""
        numbers = [at.values[at.input(n, *i)] for i in places(*at.inputs)]
        epsilon = float(at.settings["epsilon"])
        # Division by a power of two changes no digit, and keeps the squares in the range of float64.
        exponent = frexp(max(sqrt(epsilon), *map(abs, numbers)))[1] - 1
        mean = sum(ldexp(x, -exponent) ** 2 for x in numbers) / len(numbers)
        root = ldexp(sqrt(mean + ldexp(epsilon, -2 * exponent)), exponent)
        return Number(f"1/√(mean {at.input(n)}² + ε)", 1 / root)
