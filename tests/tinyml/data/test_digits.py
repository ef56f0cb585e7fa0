"""Handwritten digits."""

import sys

import pytest

from tinyml.data import digits


def test_without_scikit_learn_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ImportError, match="The digits come with scikit-learn, which is not installed: pip install"):
        digits()
