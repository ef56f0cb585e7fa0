"""Toy data in the plane, drawn by a seeded generator: the data sets of the TensorFlow playground, and two moons.

Each function returns `(x, y)`: x (count, 2), about within ±6, and y (count, 1), the class as 0 or 1, or for `plane` a
number in [−1, 1]. `noise` in [0, 1] blurs the points.
"""

from math import sqrt

from numpy.random import Generator

from tinyml.core import Array, Backend, normal, uniform

RADIUS = 5.0
Data = tuple[Array, Array]


def circle(count: int, rng: "Generator", noise: float = 0.0) -> Data:
    """A disc (1) within a ring (0)."""
    inside = _halves(count)
    radius = Backend.where(inside, uniform(rng, 0, 0.5, count), uniform(rng, 0.7, 1, count)) * RADIUS
    angle = uniform(rng, 0, 2 * Backend.pi, count)
    x = _pairs(radius * Backend.sin(angle), radius * Backend.cos(angle))
    # The class is that of the blurred point, so that noise makes the border ragged instead of moving points across it.
    blurred = x + uniform(rng, -RADIUS, RADIUS, x.shape) * noise / 3
    return x, _column((blurred**2).sum(axis=1) < (RADIUS * 0.5) ** 2)


def xor(count: int, rng: "Generator", noise: float = 0.0) -> Data:
    """Four quarters: 1 where both coordinates have the same sign, with a gap along the axes."""
    x = uniform(rng, -RADIUS, RADIUS, (count, 2))
    x += Backend.where(x > 0, 0.3, -0.3)
    blurred = x + uniform(rng, -RADIUS, RADIUS, x.shape) * noise
    return x, _column(blurred[:, 0] * blurred[:, 1] >= 0)


def gauss(count: int, rng: "Generator", noise: float = 0.0) -> Data:
    """Two round clouds around (2, 2), which is 1, and (−2, −2), whose variance grows from ½ to 4 with the noise."""
    upper = _halves(count)
    centre = Backend.where(upper, 2.0, -2.0)[:, None]
    return centre + normal(rng, sqrt(0.5 + 3.5 * noise), (count, 2)), _column(upper)


def spiral(count: int, rng: "Generator", noise: float = 0.0) -> Data:
    """Two arms of a spiral, wound one and three quarter times."""
    first = _halves(count)
    along = Backend.where(first, Backend.cumsum(first) - 1, Backend.cumsum(~first) - 1) / max(count // 2, 1)
    angle = 1.75 * along * 2 * Backend.pi + Backend.where(first, 0, Backend.pi)
    x = _pairs(along * RADIUS * Backend.sin(angle), along * RADIUS * Backend.cos(angle))
    return x + uniform(rng, -1, 1, x.shape) * noise, _column(first)


def plane(count: int, rng: "Generator", noise: float = 0.0) -> Data:
    """A slope to regress on: y rises from −1 to 1 with the sum of the coordinates."""
    x = uniform(rng, -6, 6, (count, 2))
    blurred = x + uniform(rng, -6, 6, x.shape) * noise
    y: Array = Backend.clip(blurred.sum(axis=1, keepdims=True) / 10, -1, 1)
    return x, y


def moons(count: int, rng: "Generator", noise: float = 0.0) -> Data:
    """Two interleaving half moons."""
    upper = _halves(count)
    angle = uniform(rng, 0, Backend.pi, count)
    x = _pairs(
        Backend.where(upper, Backend.cos(angle), 1 - Backend.cos(angle)) * 2.5 - 1.25,
        Backend.where(upper, Backend.sin(angle), 0.5 - Backend.sin(angle)) * 2.5 - 0.625,
    )
    return x + normal(rng, 1, x.shape) * noise, _column(upper)


def _halves(count: int) -> Array:
    """True and False alternating; with an odd count one more True."""
    halves: Array = Backend.arange(count) % 2 == 0
    return halves


def _pairs(first: Array, second: Array) -> Array:
    pairs: Array = Backend.stack([first, second], axis=1)
    return pairs


def _column(labels: Array) -> Array:
    column: Array = labels.astype(float)[:, None]
    return column


__all__ = ["circle", "gauss", "moons", "plane", "spiral", "xor"]
