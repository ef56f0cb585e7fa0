"""POST /api/rows: the rows of a document's data, and a set that becomes rows of the document."""

from typing import Any

import numpy as np
import pytest

from tests.app.conftest import Client
from tests.support.networks import Document
from tinyml.data import Batches, draw

SETS = [("spiral", 2), ("gauss_peaks", 2), ("sine", 1)]


def network(inputs: int = 2, **data: Any) -> Document:
    return {
        "input_shape": [inputs],
        "layers": [{"type": "Linear", "output_dim": 3}, {"type": "Tanh"}, {"type": "Linear", "output_dim": 1}],
        "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "data": {"samples": 60, "noise": 0.1, "seed": 3, "batch": 7, "held_out": 0.2} | data,
    }


def with_classes(document: Document) -> Document:
    layers = [*document["layers"][:-1], {"type": "Linear", "output_dim": 2}]
    return document | {"layers": layers, "loss": {"type": "softmax_cross_entropy"}}


def rows_of(client: Client, document: Document, **asked: Any) -> Any:
    answer = client.post("/api/rows", {"document": document} | asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("name", "inputs"), SETS)
def test_the_rows_of_a_set_are_all_that_it_draws(client: Client, name: str, inputs: int) -> None:
    rows = rows_of(client, network(inputs, set=name))
    x, y = draw(name, 60, 0.1, 3)
    assert (rows["x"], rows["y"]) == (x.tolist(), y.tolist())
    assert (rows["rows"], rows["every"], rows["targets"]) == (60, 1, [y.min(), y.max()])
    held_out = Batches(60, 7, "shuffled", 0.2, 3).held_out
    assert np.flatnonzero(rows["held_out"]).tolist() == held_out.tolist()
    assert len(held_out) == 12


def test_classes_are_whole_numbers_and_a_loss_without_targets_has_none(client: Client) -> None:
    document = with_classes(network(set="xor"))
    rows = rows_of(client, document)
    assert rows["y"] == draw("xor", 60, 0.1, 3)[1][:, 0].tolist()
    assert all(isinstance(label, int) for label in rows["y"])
    without = rows_of(client, document | {"loss": {"type": "output"}})
    assert (without["y"], without["targets"], len(without["x"])) == (None, None, 60)


def test_of_more_rows_than_are_wanted_every_second_or_third_comes(client: Client) -> None:
    document = network(set="circle")
    every = rows_of(client, document)
    for most, apart in [(60, 1), (59, 2), (20, 3), (1, 60)]:
        some = rows_of(client, document, most=most)
        assert (some["every"], some["rows"]) == (apart, 60)
        assert [some[part] for part in ("x", "y", "held_out")] == [
            every[part][::apart] for part in ("x", "y", "held_out")
        ]
    assert client.post("/api/rows", {"document": document, "most": 0}).status_code == 422


@pytest.mark.parametrize("classes", [False, True])
def test_a_set_written_as_rows_is_the_same_training_step(client: Client, classes: bool) -> None:
    document = with_classes(network(set="moons")) if classes else network(set="moons")
    first = client.post("/api/trace", document | {"position": {"epoch": 2, "step": 3}}).json()
    rows = rows_of(client, {"hash": first["hash"]})
    written = first["document"]
    own = {name: value for name, value in written["data"].items() if name not in ("set", "samples", "noise")}
    second = client.post("/api/trace", written | {"data": own | {"rows": {"x": rows["x"], "y": rows["y"]}}}).json()
    for part in ("tensors", "batch_rows", "batches", "position", "loss"):
        assert second[part] == first[part], part


def test_rows_of_a_document_come_back_before_they_are_scaled(client: Client, chapter: Document) -> None:
    rows = rows_of(client, chapter)
    assert (rows["x"], rows["y"], rows["held_out"]) == (chapter["x"], chapter["y"], [False])
    x = [[1.0, 2.0], [3.0, 6.0]]
    scaled = network() | {"data": {"rows": {"x": x, "y": [[0.0], [1.0]]}, "scale": "standard"}}
    assert rows_of(client, scaled)["x"] == x


def test_a_set_of_fewer_classes_takes_outputs_away(client: Client) -> None:
    digits = {
        "input_shape": [1, 8, 8],
        "layers": [{"type": "Flatten"}, {"type": "Linear", "name": "fc", "output_dim": 10}],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "data": {"set": "spiral"},
    }
    answer = client.post("/api/trace?edited=/data", digits).json()
    assert answer["document"]["input_shape"] == [2]
    assert answer["document"]["layers"][1]["output_dim"] == 2
    assert {"key": "width", "where": "/layers/1"}.items() <= next(
        change for change in answer["fitted"] if change["key"] == "width"
    ).items()
    # A width that was chosen stays.
    wide = answer["document"] | {"layers": [{"type": "Linear", "output_dim": 5}]}
    chosen = client.post("/api/trace?edited=/data&edited=/layers/0/output_dim", wide).json()
    assert chosen["document"]["layers"][0]["output_dim"] == 5
