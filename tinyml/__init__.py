"""tinyml: neural networks in numpy, with forward and backward passes made to be read and inspected.

Read in this order: `layers/linear.py`, `net/sequential.py`, `trace.py`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = [
    "compat",
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
    "parameter_trace",
    "programs",
    "progress",
    "receipt",
    "rounding",
    "saving",
    "steps",
    "suitability",
    "tensors",
    "trace",
    "training",
    "utilities",
    "verify",
]


def __getattr__(name: str) -> ModuleType:
    """Return the module `tinyml.<name>`, imported at first use, so that `import tinyml` alone gives access to all."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


class OldNames:
    """Import hook for modules under their names in the original library, as listed in `tinyml.compat`."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004
        """Return the module's spec, or None if `tinyml.compat` does not list the name."""
        if not name.startswith(f"{__name__}."):
            return None
        # Imported here, because most programs use no old name, and `tinyml.verify` must load nothing else.
        from tinyml.compat import alias_spec

        return alias_spec(name)


# Last in the path: Python calls it only for modules without a file.
sys.meta_path.append(OldNames)
