"""The rule that initialises a layer's weights, as documents name it."""

from typing import Any, get_args

import numpy as np
import pytest

from app.schemas.layers.base import Initialiser
from tests.app.conftest import Client
from tests.support.networks import Document
from tinyml.initialisers import INITIALISERS

KINDS: dict[str, Document] = {
    "Linear": {"input_shape": [3], "layer": {"output_dim": 2}, "x": [[1, 2, 3]], "y": [[0, 0]]},
    "Conv1D": {
        "input_shape": [1, 3],
        "layer": {"n_filter": 1, "w_filter": 2},
        "x": [[[1, 2, 3]]],
        "y": [[[0, 0]]],
    },
    "Conv2D": {
        "input_shape": [1, 2, 2],
        "layer": {"n_filter": 1, "h_filter": 2, "w_filter": 2},
        "x": [[[[1, 2], [3, 4]]]],
        "y": [[[[0]]]],
    },
    "Deconv2D": {
        "input_shape": [1, 1, 1],
        "layer": {"n_filters": 1, "h_filter": 2, "w_filter": 2, "stride": 1},
        "x": [[[[1]]]],
        "y": [[[[0, 0], [0, 0]]]],
    },
}


def document(kind: str, **members: Any) -> Document:
    settings = KINDS[kind]
    return {
        "input_shape": settings["input_shape"],
        "layers": [{"type": kind, **settings["layer"], **members}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": settings["x"],
        "y": settings["y"],
        "seed": 4,
    }


def drawn(client: Client, kind: str, **members: Any) -> Document:
    """The layer as the trace writes it out."""
    response = client.post("/api/trace", document(kind, **members))
    assert response.status_code == 200, response.text
    layer: Document = response.json()["document"]["layers"][0]
    return layer


def test_documents_can_name_every_rule_of_the_engine() -> None:
    assert set(get_args(get_args(Initialiser)[0])) == INITIALISERS.keys()


@pytest.mark.parametrize("rule", INITIALISERS)
@pytest.mark.parametrize("kind", KINDS)
def test_weights_left_out_are_drawn_by_the_rule_from_the_seed(client: Client, kind: str, rule: str) -> None:
    weights = np.array(drawn(client, kind, initialiser=rule)["w"])
    shape = weights.T.shape if kind == "Linear" else weights.shape
    expected = INITIALISERS[rule](shape, np.random.default_rng([4, 0]))
    np.testing.assert_array_equal(weights, expected.T if kind == "Linear" else expected)


@pytest.mark.parametrize("kind", KINDS)
def test_the_rule_is_written_out_unless_it_is_the_usual_one(client: Client, kind: str) -> None:
    assert drawn(client, kind, initialiser="he_normal")["initialiser"] == "he_normal"
    assert "initialiser" not in drawn(client, kind)
    assert drawn(client, kind, initialiser="library_uniform") == drawn(client, kind)


def test_weights_that_are_given_stay_whatever_the_rule(client: Client) -> None:
    given = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    assert drawn(client, "Linear", w=given, initialiser="he_normal")["w"] == given


def test_an_unknown_initialiser_is_refused_with_the_known_ones(client: Client) -> None:
    response = client.post("/api/trace", document("Linear", initialiser="random"))
    assert response.status_code == 422
    assert response.json()["where"] == "/layers/0/initialiser"
    assert "he_normal" in response.json()["detail"]
