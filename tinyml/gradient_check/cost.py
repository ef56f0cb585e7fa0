"""The estimated cost of a check, before it runs."""

from __future__ import annotations

from math import prod

from tinyml.gradient_check.judge import PASSES
from tinyml.gradient_check.quotients import BRANCH_STEPS, LARGE_STEPS, STEPS
from tinyml.gradient_check.stack import first_of_stack
from tinyml.net import Sequential

# In single operations, such as a product, as they were measured, roughly: what a result costs beside its terms, such
# as its exponential; a parameter or an input that is copied before one is moved; and a layer's pass beside its results
# where it has no stack to share that with.
OF_A_RESULT = 50
OF_A_COPY = 4
OF_A_PASS = 20_000
# The passes that a number may take where nothing decides soon: to both sides at the requested step, at the
# usual one, at three large ones and at all twelve, and at a kink along the branches that are followed; and those that
# measure the rounding, which all numbers share: eight forward, and four there and back beside the one on trial, a
# backward pass being two.
OF_A_NUMBER = 2 * (1 + 1 + len(LARGE_STEPS) + len(STEPS) + len(BRANCH_STEPS))
SHARED = 8 + 3 * (PASSES + 1)
# A pass in complex numbers costs about four; there is one, and where rounding is to be measured so many more.
OF_A_COMPLEX_STEP = 4 * (1 + PASSES)


def movable_count(model: Sequential, shape: tuple[int, ...], inputs: bool = True, layer: str | None = None) -> int:
    """How many numbers a check without a selection changes, on a batch of this shape: of the whole network, of a
    layer, or of the inputs, which are called `x`.
    """
    if layer is None:
        return sum(prod(parameter.shape) for parameter in model.parameters) + inputs * prod(shape)
    if layer == "x":
        return prod(shape)
    layers = [one for one in model.layers if one.name == layer]
    return sum(prod(parameter.shape) for one in layers for parameter in one.parameters().values())


def check_cost(model: Sequential, shape: tuple[int, ...], numbers: int) -> int:
    """An estimate of the most operations that a check of so many numbers takes on a batch of this shape, as if only
    the last step decided. Raises ShapeError if the layers do not fit.
    """
    batch, *of_sample = shape
    shapes = model.layer_shapes(tuple(of_sample)).inputs
    counts = [
        counts for layer, shape in zip(model.layers, shapes, strict=True) for counts in layer.forward_counts(shape, 1)
    ]
    forward = batch * sum(one.nodes * (one.terms + OF_A_RESULT) for one in counts)
    copied = movable_count(model, shape)
    calls = OF_A_PASS * first_of_stack(model.layers, model.topology)
    # What all numbers share is counted with each: it is too little for a separate figure.
    passes = OF_A_NUMBER + SHARED + OF_A_COMPLEX_STEP * all(layer.analytic for layer in model.layers)
    return passes * numbers * (forward + OF_A_COPY * copied + calls)
