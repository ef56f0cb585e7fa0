"""GET /api/examples; each example shows the effect that it is named for."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.examples import SLUGS, examples
from tests.app.conftest import Client, example
from tests.app.record_digits_cnn import KEPT, document
from tests.support.traces import output_of, parameters_of


def test_the_chapter_comes_first(client: Client) -> None:
    listed = client.get("/api/examples").json()
    assert [example["slug"] for example in listed] == list(SLUGS)
    assert SLUGS[:3] == ("chapter", "two-layers", "xor")
    assert listed[0]["document"]["x"] == [[0.1, 0.5]]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_example_can_be_fetched_and_traced(client: Client, slug: str) -> None:
    example = client.get(f"/api/examples/{slug}").json()
    assert example.keys() == {"slug", "name", "title", "description", "document"}
    assert example in client.get("/api/examples").json()
    assert example["title"] == example["name"] == example["document"]["name"]
    assert client.post("/api/trace", example["document"]).status_code == 200


def test_titles_and_descriptions_are_in_the_language_that_is_asked_for_and_the_document_is_the_same(
    client: Client,
) -> None:
    english, chinese = (client.get(f"/api/examples?language={language}").json() for language in ("en", "zh"))
    assert client.get("/api/examples").json() == english
    for one, other in zip(english, chinese, strict=True):
        assert one | {"title": "", "description": ""} == other | {"title": "", "description": ""}
        assert re.search("[\u4e00-\u9fff]", other["title"]), one["slug"]
        assert re.search("[\u4e00-\u9fff]", other["description"]), one["slug"]
        assert client.get(f"/api/examples/{one['slug']}?language=zh").json() == other
    assert client.get("/api/examples?language=fr").status_code == 422


def test_an_unknown_example_is_refused_with_the_known_ones(client: Client) -> None:
    response = client.get("/api/examples/nothing")
    assert response.status_code == 404
    assert ", ".join(SLUGS) in response.json()["detail"]


def tensors_of(client: Client, slug: str) -> dict[str, Any]:
    """The numbers of an example's training step, by name."""
    tensors: dict[str, Any] = client.post("/api/trace", example(slug)).json()["tensors"]
    return tensors


def test_in_the_vanishing_example_each_layer_further_back_has_a_far_smaller_gradient(client: Client) -> None:
    tensors = tensors_of(client, "vanishing")
    sizes = [np.linalg.norm(tensors[f"fc_{i}.w.grad"]) for i in range(1, 6)]
    for before, after in pairwise(sizes):
        assert before < after / 4


def test_in_the_dead_relu_example_one_unit_passes_nothing_for_any_sample_and_learns_nothing(client: Client) -> None:
    tensors = tensors_of(client, "dead-relu")
    passes = np.array(tensors["relu_1.output"]) > 0
    assert passes.any(axis=0).tolist() == [True, False, True]
    assert (np.array(tensors["fc_1.w.grad"]) != 0).tolist() == [[True, False, True]] * 2
    assert tensors["fc_1.b.grad"][1] == 0


def test_the_softmax_classifier_learns_its_classes(client: Client) -> None:
    document = example("softmax-classifier")
    losses = []
    for _ in range(40):
        trace = client.post("/api/trace", document).json()
        losses.append(trace["loss"]["value"])
        for layer, traced_layer in zip(document["layers"], trace["layers"], strict=True):
            layer |= parameters_of(trace, traced_layer, ".next")
    assert losses[0] > 0.5
    assert losses[-1] < 0.1
    assert np.argmax(output_of(trace), axis=1).tolist() == document["y"] == [0, 0, 1, 1, 2, 2]


def test_the_convolution_gives_the_documented_numbers(client: Client) -> None:
    trace = client.post("/api/trace", examples()["convolution"]["document"]).json()
    assert trace["tensors"]["conv_1.output"] == [[[[37, 47], [67, 77]]]]
    assert trace["loss"]["value"] == 58
    assert trace["tensors"]["conv_1.w.grad"] == [[[[54, 62], [78, 86]]]]


def test_the_digits_are_recognized_as_described(client: Client) -> None:
    document = examples()["digits-cnn"]["document"]
    output = np.asarray(output_of(client.post("/api/trace", document).json()))
    assert list(output.argmax(axis=1) == document["y"]) == [True, True, False]


@pytest.mark.slow
def test_the_digits_network_is_what_its_training_makes_today() -> None:
    kept, today = examples()["digits-cnn"]["document"], document()
    assert kept.keys() == today.keys()
    assert kept["x"] == today["x"]
    assert kept["y"] == today["y"]
    for kept_layer, layer in zip(kept["layers"], today["layers"], strict=True):
        assert {**kept_layer, **tensors(layer)} == layer
        for name, tensor in tensors(layer).items():
            # Machines differ in the last bits, and training amplifies the difference.
            np.testing.assert_allclose(kept_layer[name], tensor, atol=0.01)


def tensors(layer: dict[str, Any]) -> dict[str, Any]:
    return {name: layer[name] for name in ("w", "b") if name in layer}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_example_is_large(slug: str) -> None:
    assert (Path(KEPT).parent / f"{slug}.json").stat().st_size < 60_000
