"""The gradient that an update uses: clipped, if the optimizer has a clip."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.expression import Expression, Leaf, Number, call, product, quotient
from tinyml.optims.clipping import ADDED
from tinyml.trace import Trace

# The norm of all gradients, with the 10⁻⁶ that is added to it.
NORM = "G"


def clipped_gradient(trace: Trace, gradient: Leaf, general: bool = False) -> Expression:
    """Return the formula of the gradient that an update uses: itself, c/G times it, or cut at −c and c; with `general`
    also where the cut changes nothing.
    """
    clip, clipped = trace.optimizer.clip, trace.clipped
    if clip is None or clipped is None or not (clipped.changed or (general and clip.kind == "value")):
        return gradient
    if clip.kind == "value":
        return call("max", Number(-clip.most), call("min", gradient, Number(clip.most, "c")))
    return product(quotient(Number(clip.most, "c"), Number(clipped.norm + ADDED, NORM)), gradient)


def clipped_matrix(trace: Trace, gradient: eq.Node) -> eq.Node:
    """Return the same for the whole parameter."""
    clip, clipped = trace.optimizer.clip, trace.clipped
    if clip is None or clipped is None or not clipped.changed:
        return gradient
    if clip.kind == "value":
        return eq.apply("clip", gradient, eq.Scalar("c", clip.most))
    return eq.times(eq.quotient(eq.Scalar("c", clip.most), eq.Scalar(NORM, clipped.norm + ADDED)), gradient)
