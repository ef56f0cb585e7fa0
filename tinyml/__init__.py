"""tinyml: neural networks in numpy, with forward and backward passes that one can read and watch.

Read in this order: `layers/linear.py`, `net/sequential.py`, `trace.py`.
"""

__all__ = [
    "core",
    "data",
    "equations",
    "explain",
    "expression",
    "flow",
    "gradient_check",
    "graph",
    "initialisers",
    "layers",
    "learner",
    "loss_trace",
    "losses",
    "narrate",
    "net",
    "optims",
    "progress",
    "receipt",
    "rounding",
    "saving",
    "steps",
    "suitability",
    "tensors",
    "trace",
    "trace_lists",
    "utilities",
    "verify",
]
