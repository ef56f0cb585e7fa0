"""Tables and files of parameters have the numbers of the training step, to their last digits."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load

from app.export import file_name, find
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tinyml.tensors import tensors

SLUGS = ["chapter", "softmax-classifier", "convolution"]


def exported(client: Client, address: str, slug: str, **fields: object) -> bytes:
    """The file of an example, which has a formula as its name."""
    document = {**example(slug), "name": "=cmd|' /C calc'!A0"}
    answer = client.post(f"/api/export/{address}", {"document": document, **fields})
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("slug", SLUGS)
def test_a_table_has_every_number_of_the_step(client: Client, slug: str) -> None:
    trace = KnownDocument(NetworkDocument.model_validate(example(slug))).trace()
    expected = {"loss": float(trace.loss.value)}
    for name, tensor in tensors(trace).items():
        for at in np.ndindex(*tensor.values.shape):
            expected[f"{name}[{','.join(map(str, at))}]"] = float(tensor.values[at])
    heading, *rows = csv.reader(io.StringIO(exported(client, "table/csv", slug).decode()))
    assert heading == ["ref", "value"]
    assert {ref: float(value) for ref, value in rows} == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_a_table_of_one_tensor_has_a_row_for_each_index_before_the_last(client: Client, slug: str) -> None:
    trace = KnownDocument(NetworkDocument.model_validate(example(slug))).trace()
    for name, tensor in tensors(trace).items():
        content = exported(client, "table/csv", slug, table=name).decode()
        heading, *rows = csv.reader(io.StringIO(content))
        assert heading == [name, *map(str, range(tensor.values.shape[-1]))]
        assert [label for label, *_ in rows] == [",".join(map(str, at)) for at in np.ndindex(tensor.values.shape[:-1])]
        found = np.array([[float(value) for value in values] for _, *values in rows])
        assert (found.reshape(tensor.values.shape) == tensor.values).all()
    assert exported(client, "table/csv", slug, table="loss").decode().splitlines()[1] == f",{float(trace.loss.value)!r}"


def test_a_table_that_there_is_not_is_refused_with_those_that_there_are(client: Client) -> None:
    refused = client.post("/api/export/table/csv", {"document": example("chapter"), "table": "fc_9.w"})
    assert (refused.status_code, refused.json()["key"], refused.json()["where"]) == (422, "no_such_number", "/table")
    assert "fc_1.w.grad" in refused.json()["detail"]


@pytest.mark.parametrize("slug", ["chapter", "digits-cnn"])
@pytest.mark.parametrize("format", ["npz", "safetensors"])
def test_a_model_has_the_parameters_of_the_network(client: Client, slug: str, format: str, tmp_path: Path) -> None:
    content = exported(client, f"model/{format}", slug)
    found = load(content) if format == "safetensors" else dict(np.load(io.BytesIO(content)))
    document = NetworkDocument.model_validate(example(slug))
    model = KnownDocument(document).experiment.model
    own = {f"{layer.name}.{name}": of.tensor for layer in model.layers for name, of in layer.parameters().items()}
    assert own.keys() <= found.keys()
    for name, array in own.items():
        assert (found[name] == array).all()
    file = tmp_path / file_name(document.name, find("model", format))
    file.write_bytes(content)
    model.load(file)
