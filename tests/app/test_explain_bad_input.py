"""An unknown ref, notation or number of terms is refused with the available ones; the input is not echoed."""

import json
from typing import Any

import pytest

from tests.app.conftest import Client, example
from tests.support.networks import Document

JSON = {"Content-Type": "application/json"}
OWNERS = "refs begin with one of x, y, loss, lr, fc_1"
FC_1 = "fc_1 has no such number; it has fc_1.input[n,i] (n < 1, i < 2)"
NO_REF = "That is not a ref; expected a name with indices from 0"
BAD_REFS = [
    pytest.param("fc_1.w.grad[2,0]", FC_1, id="out of range"),
    pytest.param("fc_1.output[1,0]", FC_1, id="a sample that the batch has not"),
    pytest.param("fc_1.w[999999999,0]", FC_1, id="far out of range"),
    pytest.param("fc_1.w[0]", FC_1, id="an index too few"),
    pytest.param("fc_1.w[0,0,0]", FC_1, id="an index too many"),
    pytest.param("fc_1.w", FC_1, id="no index"),
    pytest.param("fc_1", FC_1, id="a layer"),
    pytest.param("fc_1.mask[0,0]", FC_1, id="a quantity that the layer has not"),
    pytest.param("fc_1.output.next[0,0]", FC_1, id="an update of what is not updated"),
    pytest.param("fc_1.w.velocity[0,0]", FC_1, id="a state that the optimizer has not"),
    pytest.param("fc_1.one[0,0]", FC_1, id="the constant of two indices"),
    pytest.param("loss[0]", "loss has no such number; it has loss, loss.grad", id="an index of the loss"),
    pytest.param("lr.grad", "lr has no such number; it has lr.", id="the gradient of the learning rate"),
    pytest.param("x.next[0,0]", "x has no such number; it has x[n,i] (n < 1, i < 2), x.grad", id="an updated input"),
    pytest.param("fc_2.w[0,0]", OWNERS, id="an unknown layer"),
    pytest.param("FC_1.w[0,0]", OWNERS, id="another case"),
    pytest.param("__class__", OWNERS, id="a name of Python's"),
    pytest.param("a" * 64 + ".w[0]", OWNERS, id="a long name"),
    pytest.param("", NO_REF, id="nothing"),
    pytest.param("fc_1.w.grad[0,1]]", NO_REF, id="a bracket too many"),
    pytest.param("fc_1.w.grad[1,1", NO_REF, id="a bracket too few"),
    pytest.param("fc_1.w.grad[-1,0]", NO_REF, id="a negative index"),
    pytest.param("fc_1.w.grad[0, 1]", NO_REF, id="a space"),
    pytest.param("fc_1.w.grad[00,1]", NO_REF, id="a leading zero"),
    pytest.param("fc_1.w.grad[1e0,1]", NO_REF, id="an index that is a float"),
    pytest.param("fc_1.w.grad[0,1]\n", NO_REF, id="a line break"),
    pytest.param("fc_1.w.grad[٠,١]", NO_REF, id="digits of another script"),
    pytest.param("ﬀ.w[0,0]", NO_REF, id="letters beyond ASCII"),
    pytest.param("∂ℓ/∂w", NO_REF, id="a formula"),
    pytest.param("x\u0000[0,0]", NO_REF, id="a zero byte"),
    pytest.param("💥" * 200, NO_REF, id="200 characters of four bytes"),
    pytest.param("fc_1" + ".w" * 98, NO_REF, id="200 characters of parts"),
    pytest.param("[" * 200, NO_REF, id="200 brackets"),
    pytest.param("x[" + "0," * 98 + "0]", NO_REF, id="99 indices"),
    pytest.param("x[" + "9" * 197 + "]", NO_REF, id="an index of 197 digits"),
    pytest.param("a" * 200, NO_REF, id="a name that is too long for one"),
]


def problem(client: Client, document: Document, **wish: Any) -> dict[str, Any]:
    """The problem that a request causes, without the fields that were sent in it."""
    response = client.post("/api/explain", {"document": document, **wish})
    assert response.status_code == 422, response.text[:500]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert len(response.content) < 2_000
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize(("ref", "message"), BAD_REFS)
def test_an_unknown_ref_is_refused_with_suggestions_and_not_echoed(
    client: Client, chapter: Document, ref: str, message: str
) -> None:
    refused = problem(client, chapter, ref=ref)
    assert refused["where"] == "/ref"
    assert message in refused["detail"]
    # Some are parts of names that the answer must contain.
    assert len(ref) < 10 or ref not in refused["detail"]
    address = client.post("/api/networks", chapter).headers["Location"]
    stored = client.get(f"{address}/explain", params={"ref": ref})
    assert (stored.status_code, stored.json()) == (422, refused)


@pytest.mark.parametrize(
    ("wish", "where", "message"),
    [
        ({"ref": None}, "/ref", "expected a string, got null"),
        ({"ref": 7}, "/ref", "expected a string, got a number"),
        ({"ref": ["loss"]}, "/ref", "expected a string, got a list of 1"),
        ({"ref": "x" * 201}, "/ref", "MAX_REF_LENGTH (characters of a ref) is 200, got 201"),
        ({"notation": "music"}, "/notation", "expected 'scalar', 'chain', 'matrix', 'paths' or 'stable'"),
        ({"notation": None}, "/notation", "expected 'scalar', 'chain', 'matrix', 'paths' or 'stable'"),
        ({"notation": ["scalar"]}, "/notation", "expected 'scalar', 'chain', 'matrix', 'paths' or 'stable'"),
        ({"notation": 1}, "/notation", "expected 'scalar', 'chain', 'matrix', 'paths' or 'stable'"),
        ({"terms": 0}, "/terms", "must be at least 1"),
        ({"terms": -(10**30)}, "/terms", ""),
        ({"terms": 10**30}, "/terms", "MAX_EXPLAINED_TERMS"),
        ({"terms": 1.5}, "/terms", "expected a whole number"),
        ({"terms": "12"}, "/terms", "expected a whole number, got a string"),
        ({"terms": True}, "/terms", "expected a whole number, got true or false"),
        ({"terms": None}, "/terms", "expected a whole number, got null"),
        ({"terms": []}, "/terms", "expected a whole number, got a list of 0"),
        ({"room": 1}, "/room", "the fields are ref, notation, terms, document"),
    ],
)
def test_an_invalid_request_is_refused_with_place_and_reason(
    client: Client, chapter: Document, wish: Any, where: str, message: str
) -> None:
    refused = problem(client, chapter, **({"ref": "loss"} | wish))
    assert refused["where"] == where
    assert message in refused["detail"]


@pytest.mark.parametrize(
    ("wishes", "where", "message"),
    [
        ([], "/wishes", "at least 1"),
        ("loss", "/wishes", "expected a list"),
        ([{"ref": "loss"}, {}], "/wishes/1/ref", "this field is missing"),
        ([{"ref": "loss", "terms": 0}], "/wishes/0/terms", "at least 1"),
        ([{"ref": "loss", "document": {}}], "/wishes/0/document", "the fields are ref, notation, terms"),
    ],
)
def test_an_invalid_request_among_several_is_refused_with_place_and_reason(
    client: Client, chapter: Document, wishes: Any, where: str, message: str
) -> None:
    response = client.post("/api/explanations", {"document": chapter, "wishes": wishes})
    assert (response.status_code, response.json()["where"]) == (422, where)
    assert message in response.json()["detail"]


def test_an_invalid_document_is_refused_with_its_place_in_the_request(client: Client, chapter: Document) -> None:
    broken = chapter | {"y": [[0.0] * 3]}
    response = client.post("/api/explanations", {"document": broken, "wishes": [{"ref": "loss"}]})
    assert response.status_code == 422
    assert response.json()["where"].startswith("/document/y")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("field", ["ref", "notation", "terms"])
def test_a_nan_or_infinity_in_a_request_is_refused(client: Client, chapter: Document, field: str, word: str) -> None:
    wish = json.dumps({"ref": "loss", "notation": "scalar", "terms": 12} | {"document": chapter, field: "HERE"})
    response = client.post("/api/explain", content=wish.replace('"HERE"', word), headers=JSON)
    assert (response.status_code, response.json()["where"]) == (422, f"/{field}")


@pytest.mark.parametrize("notation", ["scalar", "chain", "matrix", "paths", "stable"])
@pytest.mark.parametrize("slug", ["two-layers", "xor"])
def test_a_step_that_is_not_finite_is_explained_with_null_where_it_is_not(
    client: Client, slug: str, notation: str
) -> None:
    document = client.post("/api/trace", example(slug)).json()["document"]
    document["layers"][0]["w"][0][0], document["x"][0][0] = 1e300, 1e300
    for ref in ("loss", "x.grad[0,0]", "y.grad[0,0]", *_refs_of(client, document)):
        response = client.post("/api/explain", {"document": document, "ref": ref, "notation": notation})
        assert response.status_code == 200, (ref, response.text[:500])
        answer = response.json()
        assert (answer["value"] is None) == ("/value" in {entry["path"] for entry in answer["nonfinite"]})


def _refs_of(client: Client, document: Document) -> list[str]:
    """The gradients and updates of the first weights, and all outputs of the first sample."""
    trace = client.post("/api/trace", document).json()
    refs = []
    for layer in trace["layers"]:
        refs += [f"{layer['output']}{kind}[0,0]" for kind in ("", ".grad")]
        refs += [f"{name}{kind}[0,0]" for name in layer["parameters"][:1] for kind in (".grad", ".next")]
    return refs


def test_more_than_2_to_the_64_paths_are_counted_exactly(client: Client, chapter: Document) -> None:
    layers = [{"type": "Linear", "output_dim": 38}] * 32
    document = chapter | {"layers": layers, "y": [[0.0] * 38], "seed": 1}
    response = client.post("/api/explain", {"document": document, "ref": "x.grad[0,0]", "notation": "paths"})
    assert response.status_code == 200
    answer = response.json()
    assert answer["paths"]["count"] == 38**32
    assert answer["expression"]["folded"]["count"] == 38**32 - 12
