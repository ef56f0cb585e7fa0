"""GET /api/examples."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.examples import SLUGS, examples
from tests.app.conftest import Client
from tests.app.record_digits_cnn import KEPT, document


def test_the_chapter_comes_first(client: Client) -> None:
    listed = client.get("/api/examples").json()
    slugs = ["chapter", "two-layers", "xor", "batch-of-three", "convolution", "digits-cnn"]
    assert [example["slug"] for example in listed] == slugs
    assert listed[0]["document"]["x"] == [[0.1, 0.5]]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_example_can_be_fetched_and_traced(client: Client, slug: str) -> None:
    example = client.get(f"/api/examples/{slug}").json()
    assert example.keys() == {"slug", "name", "description", "document"}
    assert example in client.get("/api/examples").json()
    assert example["name"] == example["document"]["name"]
    assert client.post("/api/trace", example["document"]).status_code == 200


def test_an_unknown_example_is_told_which_there_are(client: Client) -> None:
    response = client.get("/api/examples/nothing")
    assert response.status_code == 404
    assert "chapter, two-layers, xor, batch-of-three, convolution, digits-cnn" in response.json()["detail"]


def test_the_convolution_gives_what_the_library_says(client: Client) -> None:
    trace = client.post("/api/trace", examples()["convolution"]["document"]).json()
    assert trace["layers"][0]["output"] == [[[[37, 47], [67, 77]]]]
    assert trace["loss"]["value"] == 58
    assert trace["layers"][0]["parameters"]["w"]["gradient"] == [[[[54, 62], [78, 86]]]]


def test_the_digits_are_read_as_their_description_says(client: Client) -> None:
    document = examples()["digits-cnn"]["document"]
    output = np.asarray(client.post("/api/trace", document).json()["output"])
    assert list(output.argmax(axis=1) == document["y"]) == [True, True, False]


def test_the_digits_network_is_what_its_training_makes_today() -> None:
    kept, today = examples()["digits-cnn"]["document"], document()
    assert kept.keys() == today.keys()
    assert kept["x"] == today["x"]
    assert kept["y"] == today["y"]
    for kept_layer, layer in zip(kept["layers"], today["layers"], strict=True):
        assert {**kept_layer, **tensors(layer)} == layer
        for name, tensor in tensors(layer).items():
            # Machines differ in the last bits, and training carries that on.
            np.testing.assert_allclose(kept_layer[name], tensor, atol=0.01)


def tensors(layer: dict[str, Any]) -> dict[str, Any]:
    return {name: layer[name] for name in ("w", "b") if name in layer}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_example_is_large(slug: str) -> None:
    assert (Path(KEPT).parent / f"{slug}.json").stat().st_size < 60_000
