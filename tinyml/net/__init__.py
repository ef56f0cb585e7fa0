"""Networks: layers put together."""

from tinyml.net.ensemble import Ensemble
from tinyml.net.sequential import BackwardStep, ForwardStep, Sequential

__all__ = ["BackwardStep", "Ensemble", "ForwardStep", "Sequential"]
