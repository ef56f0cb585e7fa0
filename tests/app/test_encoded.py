"""`?encoding=base64`: large tensors are sent as the bytes of their float64, and the document refers to them by name."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app import limits
from app.answers import tensors as answered
from app.answers.trace import trace_answer
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from app.schemas.trace import TraceAnswer
from tests.app.conftest import Client, example
from tests.app.test_limits import wide
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tests.support.traces import array_of, document_of, filled, named_fields
from tests.support.ways import bits
from tinyml.steps import total
from tinyml.tensors import tensors

# Layers with parameters, and some without.
KINDS = sorted({"Linear", "Conv2D", "Deconv2D", "BatchNorm", "LayerNorm", "Dropout", "ReLu", "Tanh"})
# Networks of sums alone, whose output overflows with their inputs and weights; that of most others is finite.
SUMS: dict[str, Any] = {"kinds": ["Conv2D", "Deconv2D", "Linear"], "shapes": [(1, 4, 5), (3,), (4,)], "written": True}
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """The count from which on tensors are encoded, set so low that small networks have some; every non-finite number is
    listed.
    """
    monkeypatch.setattr(limits, "MAX_NONFINITE", 100_000)
    monkeypatch.setattr(answered, "ENCODED_FROM", 3)
    return answered.ENCODED_FROM


@st.composite
def overflowing(draw: st.DrawFn) -> Document:
    """Random documents, some with inputs whose sums and squares overflow float64."""
    # Drawn first: hypothesis derives examples from earlier ones, and these rarely differ in what is drawn last.
    large, sums = draw(st.sampled_from([(False, False), (True, False), (True, True)]))
    document = draw(documents(**SUMS) if sums else documents(kinds=KINDS))
    document["x"] = (np.array(document["x"]) * (8e307 if large else 1.0)).tolist()
    for layer in document["layers"] if sums else ():
        if "w" in layer:
            layer["w"] = (10 * np.array(layer["w"])).tolist()
    return document


def sizes(tensor: Any) -> int:
    return int(np.prod(tensor["shape"])) if isinstance(tensor, dict) else np.size(tensor)


@SLOW
@given(document=overflowing(), data=st.data())
def test_what_is_encoded_are_the_bits_of_the_engine_and_all_else_is_as_in_lists(
    few: int, document: Document, data: st.DataObject
) -> None:
    parsed = NetworkDocument.model_validate_json(json.dumps(document))
    known = KnownDocument(parsed)
    recorded = known.trace()
    cursor = data.draw(st.one_of(st.none(), st.integers(0, total(recorded.stages))))
    lists = filled(json.loads(trace_answer(known, cursor=cursor, with_graph=True)))
    encoded = filled(json.loads(trace_answer(known, cursor=cursor, with_graph=True, encoding="base64")))
    of_engine = tensors(recorded)
    assert encoded["tensors"].keys() == lists["tensors"].keys()
    in_bytes = set()
    for name, tensor in encoded["tensors"].items():
        plain = lists["tensors"][name]
        if not isinstance(tensor, dict):
            assert tensor == plain, name
            complete = tensor is not None and name not in {
                fault["path"].split("/")[2] for fault in tensor_faults(lists)
            }
            assert not complete or None in flat(tensor) or sizes(tensor) < few, name
            continue
        in_bytes.add(name)
        assert sizes(tensor) >= few
        # Including the sign of every zero and which numbers are NaN; in the lists these are null.
        assert bits(array_of(tensor)) == bits(of_engine[name].values), name
        finite = np.where(np.isfinite(array_of(tensor)), array_of(tensor), np.nan)
        assert bits(finite) == bits(array_of(plain)), name
        event(f"not finite: {not np.isfinite(array_of(tensor)).all()}")
    reaches(0.2, "something is encoded", bool(in_bytes))
    event(f"whole: {cursor is None}")
    # Encoded tensors contain non-finite numbers themselves.
    expected_faults = [fault for fault in lists["nonfinite"] if not of_any(fault["path"], in_bytes)]
    assert encoded["nonfinite"] == expected_faults
    for same in lists.keys() - {"tensors", "document", "nonfinite"}:
        assert encoded[same] == lists[same], same
    assert document_of(encoded) == lists["document"]


def tensor_faults(trace: Any) -> Iterator[Any]:
    return (fault for fault in trace["nonfinite"] if fault["path"].startswith("/tensors/"))


def of_any(path: str, names: set[str]) -> bool:
    _, place, name, *_ = path.split("/")
    return place == "tensors" and name in names


def flat(values: Any) -> list[Any]:
    return [entry for part in values for entry in flat(part)] if isinstance(values, list) else [values]


@SLOW
@given(document=documents(kinds=KINDS))
def test_the_document_has_encoded_tensors_by_name_and_put_together_is_the_same_network(
    client: Client, few: int, document: Document
) -> None:
    encoded = client.post("/api/trace?encoding=base64", document).json()
    by_name = {
        value["tensor"]
        for _, fields in named_fields(encoded["document"])
        for value in fields.values()
        if isinstance(value, dict)
    }
    remembered = [
        f"{name}.{word}" for name, words in encoded["document"]["optimizer"].get("state", {}).items() for word in words
    ]
    reaches(0.2, "a parameter is given by name", bool(by_name))
    reaches(0.05, "state of the optimizer is given by name", bool(by_name & set(remembered)))
    learnt = [name for layer in encoded["layers"] for name in layer["parameters"]]
    running = [name for name in encoded["tensors"] if name.endswith((".running_mean", ".running_variance"))]
    assert by_name == {name for name in (*learnt, *running, *remembered) if sizes(encoded["tensors"][name]) >= few}
    again = client.post("/api/trace?encoding=base64", document_of(encoded))
    # The whole document was sent, so the answer omits it.
    assert again.json() == encoded | {"document": document_of(encoded)}
    assert again.json()["hash"] == client.post("/api/trace", document).json()["hash"]


@settings(SLOW, max_examples=20)
@given(document=documents(kinds=KINDS), moves=st.lists(st.integers(1, 40), min_size=1, max_size=4))
def test_a_stored_network_sends_incomplete_tensors_as_lists(
    client: Client, few: int, document: Document, moves: list[int]
) -> None:
    address, partly = client.post("/api/networks", document).headers["Location"], False
    for count in moves:
        client.post(f"{address}/step", {"by": "node", "count": count})
        lists = client.get(f"{address}/trace").json()
        encoded = client.get(f"{address}/trace?encoding=base64").json()
        for name, plain in lists["tensors"].items():
            tensor = encoded["tensors"][name]
            if plain is None or None in flat(plain):
                partly |= plain is not None
                assert tensor == plain
            elif np.size(plain) >= few:
                assert bits(array_of(tensor)) == bits(array_of(plain))
            else:
                assert tensor == plain
        assert document_of(encoded) == lists["document"]
        assert client.post("/api/trace", document_of(encoded)).json()["hash"] == encoded["hash"] == lists["hash"]
    reaches(0.2, "a tensor is partly there", partly)


@SLOW
@given(document=overflowing())
def test_answers_in_bytes_fit_the_schema(few: int, document: Document) -> None:
    parsed = NetworkDocument.model_validate_json(json.dumps(document))
    known = KnownDocument(parsed)
    recorded = known.trace()
    reaches(0.1, "a number that is not finite", not np.isfinite(recorded.output).all())
    for cursor in {0, total(recorded.stages) // 2, total(recorded.stages)}:
        TraceAnswer.model_validate_json(trace_answer(known, cursor=cursor, encoding="base64"))


def test_tensors_are_encoded_from_five_hundred_numbers_on(client: Client) -> None:
    assert answered.ENCODED_FROM == 500
    for inputs, encoded in ((49, False), (50, True)):
        document = wide(inputs, 10)
        answer = client.post("/api/trace?encoding=base64", document).json()
        for name in ("fc_1.w", "fc_1.w.grad", "fc_1.w.next"):
            assert isinstance(answer["tensors"][name], dict) == encoded
        assert isinstance(answer["document"]["layers"][0]["w"], dict) == encoded
        assert isinstance(answer["tensors"]["fc_1.b"], list)
        assert document_of(answer) == client.post("/api/trace", document).json()["document"]


def test_lists_are_the_default_encoding(client: Client) -> None:
    document = example("digits-cnn")
    default, named = (client.post(f"/api/trace{query}", document).content for query in ("", "?encoding=json"))
    assert default == named
    assert b'"float64"' not in default
