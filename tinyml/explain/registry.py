"""Finds the explanations in the modules of a package, so that a new class needs no entry in a list."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def explanations(package: str, base: type) -> dict[type, type[Any]]:
    """Return the classes in the modules of a package that derive from `base`, by the classes in their `explains`."""
    modules = [import_module(f"{package}.{found.name}") for found in iter_modules(import_module(package).__path__)]
    return {
        explained: kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base)
        # A class derived from an explanation explains only the classes that it names itself.
        for explained in vars(kind).get("explains", ())
    }
