"""Functions to regress on, sampled by a seeded generator.

Each function returns `(x, y)`: x (count, 1) or (count, 2), within the radius of the toy sets or a little beyond, and y
(count, 1), the function's value. `noise` in [0, 1] blurs the values by a normal distribution with a deviation of
noise / 2.
"""

from numpy.random import Generator

from tinyml.core import Array, Backend, normal, uniform
from tinyml.data.toys import RADIUS

Data = tuple[Array, Array]
# Where gauss_peaks has its peaks, and the sign of each.
_PEAKS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))


def sine(count: int, rng: Generator, noise: float = 0.0) -> Data:
    """y = sin x, for x from −5 to 5."""
    x = uniform(rng, -RADIUS, RADIUS, (count, 1))
    return x, _blurred(Backend.sin(x), rng, noise)


def parabola(count: int, rng: Generator, noise: float = 0.0) -> Data:
    """y = (x / 5)², for x from −5 to 5."""
    x = uniform(rng, -RADIUS, RADIUS, (count, 1))
    return x, _blurred((x / RADIUS) ** 2, rng, noise)


def gauss_peaks(count: int, rng: Generator, noise: float = 0.0) -> Data:
    """Six peaks of height 1 and −1 in the plane: that of the nearest centre within 2, as 1 − distance / 2, else 0.

    The coordinates are from −6 to 6; the centres are those of the regression set of the TensorFlow playground.
    """
    x = uniform(rng, -6, 6, (count, 2))
    heights = [
        sign * Backend.clip(1 - Backend.hypot(x[:, 0] - first, x[:, 1] - second) / 2, 0, 1)
        for first, second, sign in _PEAKS
    ]
    # Peaks do not overlap: their centres are 4 or 5 apart, and each reaches 2 far.
    y: Array = Backend.stack(heights).sum(axis=0)
    return x, _blurred(y[:, None], rng, noise)


def _blurred(y: Array, rng: Generator, noise: float) -> Array:
    blurred: Array = y + normal(rng, noise / 2, y.shape)
    return blurred


__all__ = ["gauss_peaks", "parabola", "sine"]
