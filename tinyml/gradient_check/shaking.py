"""Measuring rounding: a forward pass in which every number is off by some units in its last place."""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from tinyml.core import Array, Backend, run, uniform
from tinyml.gradient_check.passes import Passable
from tinyml.layers.buffers import Shape


def shaken_forward(plan: Passable, rng: Generator) -> None:
    """Run the layers in their order, with the input and each output off by one or two units in the last place.

    The effect on the loss, or on a derivative, is that of rounding: numbers that cancel later lose equally many digits.
    Signs and zeros are unchanged. The input remains shaken.

    Source: Parker (1997), Monte Carlo arithmetic.
    """
    shake(plan.input, plan.input_shape, rng)
    for layer, shape, buffers, program in plan.passes:
        run(program)
        if not layer.reshapes:
            shake(buffers.output, shape, rng)


def shaken(rng: Generator) -> Callable[[Passable], None]:
    """Return a function that makes such passes, each off by other units."""
    return lambda plan: shaken_forward(plan, rng)


def shake(numbers: Array, shape: Shape, rng: Generator) -> None:
    """Let each number be off by one or two units in its last place: an operation is off by half of one, a sum of many
    by some.
    """
    # The networks of a stack are shaken alike, so that no more is drawn than one of them needs.
    off = units(rng, (*shape, numbers.shape[-1]))
    numbers *= 1 + (float(Backend.finfo(numbers.dtype).eps) * off).astype(numbers.real.dtype)


def units(rng: Generator, shape: Shape) -> Array:
    """Numbers from −2 to −1 and from 1 to 2: a smaller one would leave many a number as it is."""
    drawn = uniform(rng, -1.0, 1.0, shape)
    off: Array = drawn + Backend.copysign(1.0, drawn)
    return off
