"""Weights and biases in one array: the bias is an additional column of the weights, so that one matrix product with the
inputs and a row of ones computes both.
"""

from __future__ import annotations

from math import prod, sqrt

from numpy.random import Generator

from tinyml.core import Array, Backend, Block, Parameter, ShapeError, generator, uniform
from tinyml.initialisers import Initialiser


def affine_parameters(
    who: str,
    shape: tuple[int, ...],
    initialiser: Initialiser,
    rng: Generator | None,
    weight: Array | None = None,
    bias: Array | bool = True,
) -> tuple[Parameter, Parameter | None]:
    """Return the weight, of this shape (outputs first), and the bias, one entry per output; None for `bias=False`.

    A weight or bias that is not given is drawn: the weight by the `initialiser`, the bias uniformly in ±√(1 / fan_in).
    `who` names the layer in the message of the ShapeError that is raised if a given array has another shape.
    """
    outputs, fan_in = shape[0], prod(shape[1:])
    if outputs < 1 or fan_in < 1:
        raise ShapeError(f"{who}: sizes must be at least 1, got {fan_in} inputs and {outputs} outputs.")
    for what, given, expected in (("weight", weight, shape), ("bias", bias, (outputs,))):
        if given is not None and not isinstance(given, bool) and given.shape != expected:
            raise ShapeError(
                f"{who}: {what} must have shape {expected}, got {given.shape}; "
                f"give (output_dim, input_dim) for weight and (output_dim,) for bias."
            )
    if weight is None or bias is True:
        # Only if something is drawn: creating a generator takes longer than everything else here.
        rng = rng or generator()
        weight = initialiser(shape, rng) if weight is None else weight
        if bias is True:
            bound = sqrt(1 / fan_in)
            bias = uniform(rng, -bound, bound, (outputs,))
    if isinstance(bias, bool):
        return Parameter(weight, block=Block(Backend.asarray(weight).reshape(outputs, fan_in))), None
    block = Block(Backend.empty((outputs, fan_in + 1), dtype=Backend.result_type(weight, bias)))
    return (
        Parameter(weight, block=block, place=(..., slice(fan_in))),
        Parameter(bias, block=block, place=(..., fan_in), is_bias=True),
    )
