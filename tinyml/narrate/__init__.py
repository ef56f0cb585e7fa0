"""A training step told step by step in plain words, with its numbers: what flows where, and why in this order."""

from tinyml.narrate.step import Step, Term, narrate, narrate_from

__all__ = ["Step", "Term", "narrate", "narrate_from"]
