"""tinyml: neural networks in numpy, with forward and backward passes that one can read and watch.

Read in this order: `layers/linear.py`, `net/sequential.py`, `trace.py`.
"""

__all__ = ["core", "explain", "gradient_check", "graph", "layers", "losses", "net", "optims", "steps", "trace"]
