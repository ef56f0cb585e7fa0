"""Networks: layers put together."""

from tinyml.net.sequential import BackwardStep, ForwardStep, Sequential
from tinyml.net.stack import Stack

__all__ = ["BackwardStep", "ForwardStep", "Sequential", "Stack"]
