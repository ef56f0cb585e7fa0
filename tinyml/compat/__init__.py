"""What programs written for the original library (github.com/autoai-org/tinyml) import, under the names used there.

The engine has one name for each thing. `ALIASES` lists the modules that the original library calls otherwise: importing
one gives the module on the right, the same object. `RENAMED` does the same for modules that this library renamed. Only
what the engine does not have is implemented here: the callbacks, the logger, the MNIST reader and the VGG models.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

ALIASES: Final[Mapping[str, str]] = {
    "tinyml.dataloaders.mnist": "tinyml.compat.mnist",
    "tinyml.layers.convolution": "tinyml.layers.conv2d",
    "tinyml.layers.deconvolution": "tinyml.layers.deconv2d",
    "tinyml.layers.pooling": "tinyml.layers.max_pool2d",
    "tinyml.layers.unpooling": "tinyml.layers.max_unpool2d",
    "tinyml.learner.callbacks": "tinyml.compat.callbacks",
    "tinyml.losses.cross_entropy": "tinyml.losses",
    "tinyml.losses.mse": "tinyml.losses.squared_error",
    "tinyml.models.tinyvgg16": "tinyml.compat.vgg",
    "tinyml.models.vgg11": "tinyml.compat.vgg",
    "tinyml.models.vgg16": "tinyml.compat.vgg",
    "tinyml.utilities.checker": "tinyml.gradient_check",
    "tinyml.utilities.logger": "tinyml.compat.logger",
}
# Modules that had another name in earlier versions of this library.
RENAMED: Final[Mapping[str, str]] = {
    "tinyml.core.chance": "tinyml.core.random",
    "tinyml.explain.family": "tinyml.explain.explained_tensor",
    "tinyml.explain.layer_quantities": "tinyml.explain.layer_tensors",
    "tinyml.explain.levels": "tinyml.explain.path_sums",
    "tinyml.explain.notations": "tinyml.explain.forms",
    "tinyml.explain.paths": "tinyml.explain.path_search",
    "tinyml.explain.quantities": "tinyml.explain.tensors",
    "tinyml.net.stack": "tinyml.net.ensemble",
    "tinyml.trace_lists": "tinyml.trace",
    "tinyml.verify.clues": "tinyml.verify.diagnosis",
}
_MODULES: Final = {**ALIASES, **RENAMED}
# Packages of the original library that hold nothing but such modules.
_PACKAGES = {name.rpartition(".")[0] for name in ALIASES} & {"tinyml.dataloaders", "tinyml.models"}


def alias_spec(name: str) -> ModuleSpec | None:
    """How Python imports the module that the original library calls `name`; None where it has no such module."""
    if name in _MODULES or name in _PACKAGES:
        return ModuleSpec(name, _Loader(), is_package=name in _PACKAGES)  # type: ignore[arg-type]
    return None


class _Loader:
    def create_module(self, spec: ModuleSpec) -> None:
        """None: Python makes an empty module, which serves for a package."""

    def exec_module(self, module: ModuleType) -> None:
        """Put the module of the engine in the place of the empty one."""
        name = module.__name__
        if name in _MODULES:
            sys.modules[name] = import_module(_MODULES[name])


__all__ = ["ALIASES", "RENAMED", "alias_spec"]
