"""The explanations of elementwise layers: one table with f and f′ of each layer as formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isinf, pi
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, Index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import JacobianRows, LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import (
    Comparison,
    Explained,
    Expression,
    Law,
    Leaf,
    Number,
    call,
    choice,
    difference,
    negate,
    power,
    product,
    quotient,
    total,
)
from tinyml.layers import ELU, GELU, Layer, LeakyReLu, ReLu, Sigmoid, SiLU, Softplus, Tanh
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.gelu import CUBIC
from tinyml.layers.tanh import FEW_DIGITS


class Function(NamedTuple):
    """An elementwise function h = f(z), as formulas. The first argument of each is the layer, for its settings.

    `law`        the law of f; `slope_law` that of f′.
    `value`      f(z).
    `slope`      f′(z), from z or from h.
    `selection`  the gradient of z, where the backward pass selects from ∇ instead of multiplying it by f′(z).
    `constants`  f′(z) from the value of z, if its formula contains neither z nor h: faster than `slope`.
    `variant`    the function instead of this one, if a setting of the layer selects another.
    """

    law: Law
    value: Callable[[Any, Leaf], Expression]
    slope_law: Law
    slope: Callable[[Any, Leaf, Leaf], Expression]
    selection: Callable[[Leaf, Expression], Expression] | None = None
    constants: Callable[[float], Expression] | None = None
    variant: Callable[[Any], Function | None] = lambda _: None


class ElementwiseExplanation(LayerExplanation[Elementwise]):
    """h = f(z): the gradient is ∂ℓ/∂z = ∂ℓ/∂h · f′(z)."""

    def __init__(self, layer: Elementwise, function: Function) -> None:
        super().__init__(layer)
        self.function = function.variant(layer) or function

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(self.function.law, self.function.value(self.layer, scope.input(*at)))

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        if self.function.selection is None:
            return super().explain_input_gradient(scope, at)
        selected = self.function.selection(scope.input(*at), scope.output_gradient(*at))
        return Explained(self.function.slope_law, selected)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        z, h, constants = scope.recorded.input, scope.recorded.output, self.function.constants

        def slope(_: int) -> Expression:
            if constants is not None:
                return constants(z[at])
            return self.function.slope(self.layer, scope.input(*at), scope.output(*at))

        return LocalDerivatives(
            self.function.slope_law,
            1,
            lambda _: at,
            slope,
            lambda: self.layer.slopes(z[at].reshape(1), h[at].reshape(1)),
            formula=Law("law.entrywise", formula="∂ℓ/∂Z = ∂ℓ/∂H ⊙ f′(Z)"),
        )

    def jacobian_rows(self, scope: LayerScope, numbers: Array) -> JacobianRows:
        z, h = scope.recorded.input, scope.recorded.output
        at = Backend.unravel_index(numbers, z.shape)
        return JacobianRows(1, lambda: numbers, lambda: self.layer.slopes(z[at], h[at]))

    def curve(self, points: Sequence[float]) -> list[float]:
        return [self.function.value(self.layer, Leaf("", "", z)).value for z in points]


def split(z: Leaf, above: Expression, below: Expression) -> Expression:
    """Return a definition by cases: one formula where z > 0, another elsewhere."""
    return choice([("z > 0", above), ("z ≤ 0", below)], int(not z.value > 0), Comparison(z, ">", Number(0.0)))


def _rectified(z: Leaf, above: Expression) -> Expression:
    """Return a formula where z > 0, otherwise 0; a NaN passes."""
    cases = [("z > 0", above), ("z ≤ 0", Number(0.0))]
    return choice(cases, int(z.value <= 0), Comparison(z, ">", Number(0.0)))


# Above this 1 − σ(z) has lost a digit and is written as σ(−z).
FEW_DIGITS_LEFT = 3.0
# Below this 1 + erf(z / √2) has lost more than a digit and is written as erfc(−z / √2).
FEW_DIGITS_BELOW = -1.5


def _sigmoid_slope(_: Layer, z: Leaf, h: Leaf) -> Expression:
    return product(h, call("sigmoid", negate(z)) if z.value > FEW_DIGITS_LEFT else difference(Number(1.0), h))


def _tanh_slope(_: Layer, z: Leaf, h: Leaf) -> Expression:
    one, two = Number(1.0), Number(2.0)
    if not 1 - h.value * h.value < FEW_DIGITS:
        return difference(one, power(h, two))
    # The same value without cancellation, as the backward pass computes it.
    return power(product(call("exp", negate(call("abs", z))), total([one, call("abs", h)])), two)


def _cumulated(z: Leaf) -> Expression:
    """Φ(z), the distribution function of the standard normal distribution."""
    if z.value < FEW_DIGITS_BELOW:
        return product(Number(0.5), call("erfc", quotient(negate(z), call("sqrt", Number(2.0)))))
    inner = call("erf", quotient(z, call("sqrt", Number(2.0))))
    return product(Number(0.5), total([Number(1.0), inner]))


def _density(z: Leaf) -> Expression:
    """φ(z), the density of the standard normal distribution."""
    return quotient(
        call("exp", negate(quotient(power(z, Number(2.0)), Number(2.0)))),
        call("sqrt", product(Number(2.0), Number(pi, "π"))),
    )


def _doubled(z: Leaf) -> Expression:
    """2u, with u = √(2/π) (z + 0.044715 z³)."""
    inner = total([z, product(Number(CUBIC), power(z, Number(3.0)))])
    return product(Number(2.0), call("sqrt", quotient(Number(2.0), Number(pi, "π"))), inner)


def _tanh_gelu_slope(_: Layer, z: Leaf, _h: Leaf) -> Expression:
    growth = total([Number(1.0), product(Number(3.0), Number(CUBIC), power(z, Number(2.0)))])
    doubled = product(Number(2.0), call("sqrt", quotient(Number(2.0), Number(pi, "π"))), growth)
    share, rest = call("sigmoid", _doubled(z)), call("sigmoid", negate(_doubled(z)))
    # For large |z| one factor is 0 and u′ may be infinite: the second term has the limit 0, and 0 · ∞ is not written.
    flat = share.value * rest.value == 0
    return total([share, Number(0.0) if flat else product(z, doubled, share, rest)])


# ½(1 + tanh u) as σ(2u), which is accurate far below 0.
_TANH_GELU = Function(
    Law("law.with", formula="h = z · ½(1 + tanh u) = z σ(2u)", definition="u = √(2/π) (z + 0.044715 z³)"),
    lambda _, z: product(z, call("sigmoid", _doubled(z))),
    Law("law.with", formula="h′ = σ(2u) + z · 2u′ σ(2u) σ(−2u)", definition="u′ = √(2/π) (1 + 3 · 0.044715 z²)"),
    _tanh_gelu_slope,
)

# The slopes of ReLU are two constants, created once: a path through a wide layer uses hundreds of them.
_PASSES, _STOPS = (choice([("z > 0", Number(1.0)), ("z ≤ 0", Number(0.0))], taken) for taken in (0, 1))

FUNCTIONS: dict[type[Layer], Function] = {
    ReLu: Function(
        Law.equation("h = max(z, 0)"),
        lambda _, z: _rectified(z, z),
        Law("law.relu.slope", condition="z > 0"),
        lambda _, z, _h: _STOPS if z.value <= 0 else _PASSES,
        # A selection, as in the backward pass, not a product with 0 or 1: 0 · ∞ would be NaN.
        _rectified,
        lambda z: _STOPS if z <= 0 else _PASSES,
    ),
    LeakyReLu: Function(
        Law("law.cases", first="h = z", condition="z > 0", other="h = αz"),
        lambda layer, z: split(z, z, product(Number(layer.slope, "α"), z)),
        Law("law.cases", first="h′ = 1", condition="z > 0", other="h′ = α"),
        lambda layer, z, _h: split(z, Number(1.0), Number(layer.slope, "α")),
    ),
    ELU: Function(
        Law("law.cases", first="h = z", condition="z > 0", other="h = α(e^z − 1)"),
        lambda layer, z: split(z, z, product(Number(layer.alpha, "α"), call("expm1", z))),
        Law("law.cases", first="h′ = 1", condition="z > 0", other="h′ = αe^z"),
        lambda layer, z, _h: split(z, Number(1.0), product(Number(layer.alpha, "α"), call("exp", z))),
    ),
    GELU: Function(
        Law.equation("h = z Φ(z) = z · ½(1 + erf(z / √2))"),
        lambda _, z: product(z, _cumulated(z)),
        Law("law.with", formula="h′ = Φ(z) + z φ(z)", definition="φ(z) = e^(−z²/2) / √(2π)"),
        # At ±∞ the second term has the limit 0.
        lambda _, z, _h: total([_cumulated(z), Number(0.0) if isinf(z.value) else product(z, _density(z))]),
        variant=lambda layer: _TANH_GELU if layer.approximate == "tanh" else None,
    ),
    SiLU: Function(
        Law.equation("h = z σ(z)"),
        lambda _, z: product(z, call("sigmoid", z)),
        Law.equation("h′ = σ(z) + z σ(z) σ(−z)"),
        lambda _, z, _h: total(
            [call("sigmoid", z), product(z, call("sigmoid", z), call("sigmoid", negate(z)))],
        ),
    ),
    Softplus: Function(
        Law.equation("h = log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|))"),
        # A form that overflows for no z.
        lambda _, z: total([call("max", z, Number(0.0)), call("log1p", call("exp", negate(call("abs", z))))]),
        Law.equation("h′ = σ(z)"),
        lambda _, z, _h: call("sigmoid", z),
    ),
    Sigmoid: Function(
        Law.equation("σ(z) = 1 / (1 + e^(−z))"),
        lambda _, z: call("sigmoid", z),
        Law.equation("σ′(z) = h(1 − h)"),
        _sigmoid_slope,
    ),
    Tanh: Function(
        Law.equation("h = tanh(z)"),
        lambda _, z: call("tanh", z),
        Law.equation("tanh′(z) = 1 − h²"),
        _tanh_slope,
    ),
}
