"""What the generators of networks draw, for all tests of claims about every network (uncounted.py)."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import documents_at_random, networks
from tests.support.layer_cases import Case
from tests.support.layers_at_random import KINDS, cases
from tests.support.networks_at_random import networks as random_networks
from tests.support.reaching import reaches


def types(document: dict[str, Any]) -> set[str]:
    return {layer["type"] for layer in document["layers"]}


@given(networks.documents())
def test_small_documents(document: dict[str, Any]) -> None:
    reaches(0.3, "several samples", len(document["x"]) > 1)
    reaches(0.1, "one sample", len(document["x"]) == 1)
    reaches(0.5, "parameters", "Linear" in types(document))
    reaches(0.2, "an activation", bool(types(document) - {"Linear"}))
    reaches(0.2, "several layers", len(document["layers"]) > 2)
    reaches(0.1, "something frozen", any("frozen" in layer for layer in document["layers"]))
    reaches(0.05, "no bias", any("bias" in layer for layer in document["layers"]))


@given(documents_at_random.documents())
def test_documents_of_all_layers(document: dict[str, Any]) -> None:
    kinds, optimizer = types(document), document["optimizer"]
    reaches(0.3, "several samples", len(document["x"]) > 1)
    reaches(0.2, "several layers", len(document["layers"]) > 2)
    reaches(0.2, "images", len(document["input_shape"]) == 3)
    reaches(0.05, "a convolution", bool(kinds & {"Conv2D", "Deconv2D"}))
    reaches(0.05, "a pool", bool(kinds & {"MaxPool2D", "AvgPool2D"}))
    reaches(0.05, "a normalization", bool(kinds & {"BatchNorm", "LayerNorm", "RMSNorm"}))
    reaches(0.1, "something frozen", any("frozen" in layer for layer in document["layers"]))
    reaches(0.2, "parameters written out", any("w" in layer or "gamma" in layer for layer in document["layers"]))
    reaches(0.05, "a later training step", bool(optimizer.get("state")))
    reaches(
        0.2, "an optimizer other than plain gradient descent", optimizer["type"] != "sgd" or "momentum" in optimizer
    )
    reaches(0.1, "a schedule of the learning rate", "schedule" in optimizer)
    reaches(0.1, "evaluation", document.get("mode") == "predict")
    reaches(0.05, "a loss without targets", "y" not in document)
    reaches(0.05, "a loss of probabilities", document["loss"]["type"].endswith("cross_entropy"))


@given(random_networks())
def test_networks_of_all_layers(drawn: list[Case]) -> None:
    kinds = {case.kind for case in drawn}
    reaches(0.3, "several samples", drawn[0].shape[0] > 1)
    reaches(0.2, "several layers", len(drawn) > 3)
    reaches(0.2, "images", len(drawn[0].shape) == 4)
    reaches(0.05, "a convolution", bool(kinds & {"Conv2D", "Deconv2D"}))
    reaches(0.05, "a normalization", bool(kinds & {"BatchNorm", "LayerNorm", "RMSNorm"}))
    reaches(0.1, "something frozen", any(case.frozen for case in drawn))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=30)
@given(data=st.data())
def test_cases_of_one_layer(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 3)))
    x = case.x()
    reaches(0.2, "several samples", case.shape[0] > 1)
    reaches(0.05, "ties", case.ties)
    reaches(0.05, "no ties", not case.ties)
    reaches(0.5, "numbers that differ", len(np.unique(x)) > 1)
