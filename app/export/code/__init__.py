"""A training step as a program that prints its loss and its gradients, in numpy, PyTorch or JAX."""

from app.export.code.program import Dialect, program

__all__ = ["Dialect", "program"]
