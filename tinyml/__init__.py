"""tinyml: neural networks in numpy, with forward and backward passes that one can read and watch.

Read in this order: `layers/linear.py`, `net/sequential.py`, `trace.py`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    "progress",
    "receipt",
    "rounding",
    "saving",
    "steps",
    "suitability",
    "tensors",
    "trace",
    "utilities",
    "verify",
]


def __getattr__(name: str) -> ModuleType:
    """The module `tinyml.<name>`, imported at first use: after `import tinyml` alone, all of them can be named."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


class OldNames:
    """Finds the modules that have another name in the original library; `tinyml.compat` lists them."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004
        """The module's spec, or None where `tinyml.compat` does not list the name either."""
        if not name.startswith(f"{__name__}."):
            return None
        # Imported here, because most programs use no old name, and `tinyml.verify` must load nothing else.
        from tinyml.compat import alias_spec

        return alias_spec(name)


# Last: Python asks it only for modules that no file has.
sys.meta_path.append(OldNames)
