"""Networks: layers put together."""

from tinyml.net.ensemble import Stack
from tinyml.net.sequential import BackwardStep, ForwardStep, Sequential

__all__ = ["BackwardStep", "ForwardStep", "Sequential", "Stack"]
