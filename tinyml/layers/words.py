"""What a layer does, in the plain words of a step's sentence."""

from typing import NamedTuple


class Words(NamedTuple):
    """Three clauses: how a layer's outputs come to be, how their gradients flow back to its inputs, and how they reach
    its parameters.
    """

    forward: str = "each output is computed from the inputs"
    backward: str = "what comes back to the outputs flows on to the inputs that they were computed from"
    learning: str = "what comes back to the outputs tells how each parameter should change"
