"""Frozen parameters and layers without bias in documents, in every kind of answer."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from app.schemas.layers import LAYERS
from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tests.support.traces import remembered_of
from tests.support.ways import bits
from tinyml.verify import verify

SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def posted(client: Client, url: str, body: Any) -> Any:
    response = client.post(url, body)
    assert response.status_code == 200, response.text
    return response.json()


def frozen_refs(document: Document) -> set[str]:
    return {f"{layer['name']}.{name}" for layer in document["layers"] for name in layer.get("frozen", [])}


@SLOW
@given(document=documents())
def test_what_is_frozen_stays_in_every_answer_to_the_last_bit(client: Client, document: Document) -> None:
    trace = posted(client, "/api/trace", document)
    assume(not trace["nonfinite"])
    held = frozen_refs(document)
    reaches(0.1, "something is frozen", bool(held))
    for layer, given_layer in zip(trace["layers"], document["layers"], strict=True):
        assert (f"{layer['name']}.b" in layer["parameters"]) == (
            layer["type"] in ("Linear", "Conv1D", "Conv2D", "Deconv2D")
        ) or "bias" in given_layer
        for name in layer["parameters"]:
            assert trace["tensors"][f"{name}.grad"] is not None
            if name in held:
                assert bits(trace["tensors"][f"{name}.next"]) == bits(trace["tensors"][name])
                before, after = remembered_of(trace, name)
                assert after == before
    assert frozen_refs(trace["document"]) == held
    advanced = posted(client, "/api/advance", {"document": document, "steps": 1})
    assert frozen_refs(advanced["document"]) == held
    for before, after in zip(trace["document"]["layers"], advanced["document"]["layers"], strict=True):
        for name in before.get("frozen", []):
            assert after[name] == before[name]
    states = [answer["document"]["optimizer"].get("state", {}) for answer in (trace, advanced)]
    for key in held:
        assert states[1].get(key) == states[0].get(key)


@pytest.mark.slow
@SLOW
@given(document=documents(written=True))
def test_receipts_of_such_steps_verify_and_a_frozen_parameter_that_moved_is_found(
    client: Client, document: Document
) -> None:
    own = [(layer, name) for layer in document["layers"] for name in ("w", "gamma") if name in layer]
    if own and not frozen_refs(document):  # like most documents small enough for a receipt
        layer, name = own[-1]
        layer["frozen"] = [name]
    response = client.post("/api/receipt", document)
    assume(response.status_code == 200)
    record = response.json()
    assert verify(record).ok
    assert posted(client, "/api/verify", record)["ok"]
    lines = [line for line in record["lines"] if line["law"] == "frozen: it stays as it is"]
    names = {line["ref"].partition("[")[0].removesuffix(".next") for line in lines}
    held = frozen_refs(document)
    assert {name for name in names if name.count(".") == 1} == held
    reaches(0.2, "something is frozen", bool(held))
    for layer in record["document"]["layers"]:
        assert layer.get("bias", True) or "b" not in layer
    for line in lines[-1:]:
        was = line["value"]
        line["value"] = was * (1 + 2**-52) or 5e-324
        verdict = verify(record)
        assert (verdict.ok, verdict.ref) == (False, line["ref"])
        assert verdict.message is not None
        assert "to the last bit" in verdict.message
        assert not posted(client, "/api/verify", record)["ok"]
        line["value"] = was


def test_a_receipt_of_a_step_that_moved_what_the_document_freezes_is_refused(client: Client) -> None:
    record = posted(client, "/api/receipt", example("chapter"))
    assert verify(record).ok
    record["document"]["layers"][0]["frozen"] = ["b"]
    verdict = verify(record)
    assert verdict.ref == "fc_1.b.next[0]"
    assert not verdict.ok


def test_a_layer_without_bias_has_no_b_and_no_bias_node(client: Client, chapter: Document) -> None:
    layer = chapter["layers"][0]
    del layer["b"]
    layer["bias"] = False
    trace = posted(client, "/api/trace?graph=1", chapter)
    assert "b" not in trace["document"]["layers"][0]
    assert trace["document"]["layers"][0]["bias"] is False
    assert trace["layers"][0]["parameters"] == ["fc_1.w"]
    assert not [name for name in trace["tensors"] if name.startswith(("fc_1.b", "fc_1.one"))]
    assert {node["role"] for node in trace["nodes"]} == {"input", "output"}
    assert {edge["ref"].partition("[")[0] for edge in trace["edges"]} == {"fc_1.w"}
    assert posted(client, "/api/explain", {"document": chapter, "ref": "fc_1.output[0,0]"})["law"] == "Ŷ = Xw"
    for ref in ("fc_1.b[0]", "fc_1.b.grad[0]", "fc_1.one[0]"):
        response = client.post("/api/explain", {"document": chapter, "ref": ref})
        assert response.status_code == 422
        assert "fc_1.w[j,k]" in response.json()["detail"]
        assert "fc_1.b" not in response.json()["detail"]
    rows = posted(client, "/api/gradient-check", {"document": chapter, "epsilon": 1e-6})["rows"]
    assert {row["ref"].partition("[")[0] for row in rows} == {"x", "fc_1.w"}
    # The document of an answer can be sent again.
    assert posted(client, "/api/trace", trace["document"])["document"] == trace["document"]


def test_a_frozen_parameter_is_checked_and_explained_like_any_other(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["frozen"] = ["b"]
    explanation = posted(client, "/api/explain", {"document": chapter, "ref": "fc_1.b.next[0]"})
    assert explanation["law"] == "frozen: it stays as it is"
    assert explanation["expression"] == {"ref": "fc_1.b[0]", "symbol": "b_1^(1)", "value": explanation["value"]}
    rows = posted(client, "/api/gradient-check", {"document": chapter, "epsilon": 1e-6})["rows"]
    assert {row["ref"].partition("[")[0] for row in rows} == {"x", "fc_1.w", "fc_1.b"}


def test_the_order_in_which_parameters_are_frozen_makes_no_other_document(client: Client, chapter: Document) -> None:
    hashes = []
    for frozen in (["w", "b"], ["b", "w"]):
        chapter["layers"][0]["frozen"] = frozen
        hashes.append(posted(client, "/api/trace", chapter)["hash"])
        # The answer omits a document that was sent, and contains one that was requested by its hash.
        known = posted(client, "/api/trace", {"hash": hashes[-1]})["document"]
        assert known["layers"][0]["frozen"] == ["w", "b"]
    assert hashes[0] == hashes[1]


def test_defaults_are_left_out_of_the_answer(client: Client, chapter: Document) -> None:
    plain = posted(client, "/api/trace", chapter)
    chapter["layers"][0] |= {"frozen": [], "bias": True}
    explicit = posted(client, "/api/trace", chapter)
    assert explicit["document"] == plain["document"]
    assert not {"frozen", "bias"} & explicit["document"]["layers"][0].keys()


def test_a_patch_that_takes_the_bias_away_forgets_what_was_remembered_of_it(client: Client, chapter: Document) -> None:
    chapter["optimizer"] = {"type": "sgd", "lr": 0.5, "momentum": 0.9}
    address = client.post("/api/networks", chapter).headers["Location"]
    for move in ("forward", "backward", "update"):
        assert client.post(f"{address}/{move}").status_code == 200
    layer = client.get(address).json()["document"]["layers"][0]
    frozen = client.request("PATCH", address, json={"document": {"layers": [{**layer, "frozen": ["b"]}]}}).json()
    assert frozen["document"]["optimizer"]["state"].keys() == {"fc_1.w", "fc_1.b"}
    del layer["b"]
    without = client.request("PATCH", address, json={"document": {"layers": [{**layer, "bias": False}]}}).json()
    assert without["document"]["optimizer"]["state"].keys() == {"fc_1.w"}


def test_the_catalog_lists_what_may_be_frozen_or_have_no_bias(client: Client) -> None:
    kinds = {
        kind["type"]: {field["name"]: field["schema"] for field in kind["parameters"]}
        for kind in client.get("/api/catalog").json()["layers"]
    }
    assert {kind for kind, fields in kinds.items() if "bias" in fields} == {"Linear", "Conv1D", "Conv2D", "Deconv2D"}
    for schema in LAYERS:
        (kind,) = (schema.model_json_schema()["properties"]["type"]["const"],)
        fields = kinds[kind]
        assert ("frozen" in fields) == bool(schema.parameters)
        if schema.parameters:
            assert fields["frozen"]["items"]["enum"] == list(schema.parameters)
            assert fields["frozen"]["default"] == []
        for name in schema.parameters:
            assert "null" not in json.dumps({**fields[name], "default": 0})
