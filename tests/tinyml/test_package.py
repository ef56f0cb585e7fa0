"""The package's list of names."""

import pkgutil

import tinyml


def test_every_module_is_listed_in_order() -> None:
    assert tinyml.__all__ == sorted(found.name for found in pkgutil.iter_modules(tinyml.__path__))
