"""An invalid gradient check is refused with its location, the expected value and a remedy; every limit holds."""

import json
from typing import Any

import pytest

from app import limits
from app.documents import build
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client
from tests.app.test_gradient_check import CHECK, CURVE, check, stored
from tests.app.test_limits import wide
from tests.support.networks import Document
from tinyml.gradient_check import check_cost

BAD = [
    pytest.param({"epsilon": 0}, "/epsilon", "epsilon: must be at least 1e-12; raise it", id="epsilon 0"),
    pytest.param({"epsilon": 9.9e-13}, "/epsilon", "must be at least 1e-12", id="epsilon below the least"),
    pytest.param({"epsilon": -0.01}, "/epsilon", "must be at least 1e-12", id="negative epsilon"),
    pytest.param({"epsilon": 1.0000001}, "/epsilon", "epsilon: must be at most 1", id="epsilon above the largest"),
    pytest.param({"epsilon": 1e300}, "/epsilon", "must be at most 1", id="huge epsilon"),
    pytest.param({"epsilon": 10**400}, "/epsilon", "", id="epsilon beyond float64"),
    pytest.param({"epsilon": "0.01"}, "/epsilon", "got a string", id="epsilon in quotes"),
    pytest.param({"epsilon": None}, "/epsilon", "got null", id="epsilon null"),
    pytest.param({"epsilon": True}, "/epsilon", "got true or false", id="epsilon true"),
    pytest.param({"tolerance": 0}, "/tolerance", "tolerance: must be more than 0.0; raise it", id="tolerance 0"),
    pytest.param({"tolerance": -1}, "/tolerance", "must be more than 0", id="negative tolerance"),
    pytest.param({"inputs": "no"}, "/inputs", "inputs: expected true or false, got a string", id="inputs"),
    pytest.param({"refs": []}, "/refs", "refs: needs at least 1, got 0; send more", id="no refs"),
    pytest.param({"refs": "x[0,0]"}, "/refs", "refs: expected a list, got a string", id="one ref without list"),
    pytest.param({"refs": [7]}, "/refs/0", "expected a string, got a number", id="a number for a ref"),
    pytest.param(
        {"refs": ["x" * 201]},
        "/refs/0",
        "MAX_REF_LENGTH (characters of a ref) is 200, got 201",
        id="a ref that is too long",
    ),
    pytest.param(
        {"refs": ["x[0,0]", "fc_1.w[0,0]", "fc_1.b[0]", "fc_1.w[2,0]"]},
        "/refs/3",
        "refs[3]: fc_1 has no such number to move; the check moves fc_1.w[j,k] (j < 2, k < 2), fc_1.b[k] (k < 2).",
        id="a ref out of range",
    ),
    pytest.param({"refs": ["fc_2.w[0,0]"]}, "/refs/0", "x[n,i] (n < 1, i < 2). Indices", id="an unknown layer"),
    pytest.param({"refs": ["fc_1.output[0,0]"]}, "/refs/0", "fc_1 has no such number to move", id="an output"),
    pytest.param({"refs": ["fc_1.w.grad[0,0]"]}, "/refs/0", "fc_1 has no such number to move", id="a gradient"),
    pytest.param({"refs": ["loss"]}, "/refs/0", "The check moves parameters and inputs", id="the loss"),
    pytest.param({"refs": ["lr"]}, "/refs/0", "The check moves parameters and inputs", id="the learning rate"),
    pytest.param({"refs": ["y[0,0]"]}, "/refs/0", "The check moves parameters and inputs", id="a target"),
    pytest.param({"refs": ["<b>"]}, "/refs/0", "That is not a ref; expected a name", id="no ref at all"),
    pytest.param({"colour": "red"}, "/colour", "the fields are document, epsilon, tolerance, refs", id="unknown field"),
]


@pytest.mark.parametrize(("wish", "where", "message"), BAD)
def test_an_invalid_request_is_refused_with_place_and_reason(
    client: Client, chapter: Document, wish: Any, where: str, message: str
) -> None:
    response = client.post(CHECK, {"document": chapter, **wish})
    assert (response.status_code, response.json()["where"]) == (422, where)
    assert message in response.json()["detail"]
    assert "<b>" not in response.text


@pytest.mark.parametrize("word", ["NaN", "Infinity", "1e999"])
def test_an_epsilon_that_is_not_a_number_is_refused(client: Client, chapter: Document, word: str) -> None:
    body = json.dumps({"document": chapter, "epsilon": 0.25}).replace("0.25}", f"{word}}}")
    assert word in body
    response = client.post(CHECK, content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["where"]) == (422, "/epsilon")


@pytest.mark.parametrize(
    ("wish", "where", "message"),
    [
        ({"ref": "fc_1.w[0,2]"}, "/ref", "ref: fc_1 has no such number to move; the check moves fc_1.w[j,k] (j < 2"),
        ({"ref": "loss"}, "/ref", "ref: The check moves parameters and inputs"),
        ({}, "/ref", "ref: this field is missing; add it"),
        ({"ref": "x[0,0]", "per_decade": 0}, "/per_decade", "per_decade: must be at least 1"),
        ({"ref": "x[0,0]", "per_decade": 1.5}, "/per_decade", "expected a whole number"),
        ({"ref": "x[0,0]", "epsilon": 0.1}, "/epsilon", "the fields are document, ref, per_decade"),
    ],
)
def test_an_invalid_curve_request_is_refused_with_place_and_reason(
    client: Client, chapter: Document, wish: Any, where: str, message: str
) -> None:
    response = client.post(CURVE, {"document": chapter, **wish})
    assert (response.status_code, response.json()["where"]) == (422, where)
    assert message in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "where", "message"),
    [
        ("epsilon=0", "/epsilon", "epsilon: must be at least 1e-12"),
        ("epsilon=2", "/epsilon", "epsilon: must be at most 1"),
        ("epsilon=nan", "/epsilon", "epsilon: expected a finite number"),
        ("epsilon=inf", "/epsilon", "epsilon:"),
        ("epsilon=small", "/epsilon", "epsilon: expected a finite number"),
        ("tolerance=0", "/tolerance", "tolerance: must be more than 0"),
        ("inputs=perhaps", "/inputs", "inputs: expected true or false, got a string"),
        (
            "ref=x[0,0]&ref=fc_1.w[0,9]",
            "/ref/1",
            "ref[1]: fc_1 has no such number to move; the check moves fc_1.w[j,k]",
        ),
        ("ref=", "/ref/0", "ref[0]: That is not a ref"),
        ("ref=" + "x" * 201, "/ref/0", "MAX_REF_LENGTH (characters of a ref) is 200, got 201"),
    ],
)
def test_an_invalid_query_is_refused_with_place_and_reason(
    client: Client, chapter: Document, query: str, where: str, message: str
) -> None:
    response = client.get(f"{stored(client, chapter)}/gradient-check?{query}")
    assert (response.status_code, response.json()["where"]) == (422, where)
    assert message in response.json()["detail"]


@pytest.mark.parametrize("address", [CHECK, CURVE])
def test_an_invalid_document_is_refused_with_its_place_in_the_body(
    client: Client, chapter: Document, address: str
) -> None:
    chapter["layers"][0]["b"] = [1, 2, 3]
    response = client.post(address, {"document": chapter} | ({"ref": "x[0,0]"} if address == CURVE else {}))
    assert (response.status_code, response.json()["where"]) == (422, "/document/layers/0/b")


def limit(response: Any) -> tuple[Any, ...]:
    problem = response.json()
    assert response.status_code == problem["status"] == 422
    return problem["where"], problem["limit"], problem["asked"], problem["allowed"]


def test_as_many_numbers_are_checked_as_the_limit_and_no_more(client: Client) -> None:
    # 73 · 136 parameters and 72 inputs are 10,000 numbers.
    assert len(check(client, wide(72, 136))["rows"]) == limits.MAX_CHECKED_NUMBERS
    beyond = wide(5, 1666)
    expected = ("MAX_CHECKED_NUMBERS", limits.MAX_CHECKED_NUMBERS + 1, limits.MAX_CHECKED_NUMBERS)
    assert limit(client.post(CHECK, {"document": beyond})) == ("/document", *expected)
    assert limit(client.get(f"{stored(client, beyond)}/gradient-check")) == ("/ref", *expected)
    assert len(check(client, beyond, refs=["x[0,3]"])["rows"]) == 1


def test_as_many_refs_are_checked_as_the_limit_and_no_more(client: Client, chapter: Document) -> None:
    most = ["x[0,0]"] * limits.MAX_CHECKED_REFS
    assert len(check(client, chapter, refs=most)["rows"]) == limits.MAX_CHECKED_REFS
    expected = ("MAX_CHECKED_REFS", limits.MAX_CHECKED_REFS + 1, limits.MAX_CHECKED_REFS)
    assert limit(client.post(CHECK, {"document": chapter, "refs": [*most, "x[0,0]"]})) == ("/refs", *expected)
    address = f"{stored(client, chapter)}/gradient-check"
    assert client.get(address, params={"ref": most}).status_code == 200
    assert limit(client.get(address, params={"ref": [*most, "x[0,0]"]})) == ("/ref", *expected)


def test_a_check_may_cost_as_much_as_the_limit_and_no_more(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = build(NetworkDocument.model_validate(chapter)).model
    cost = check_cost(model, (1, 2), 8)
    monkeypatch.setattr(limits, "MAX_CHECK_WORK", cost)
    check(client, chapter)
    address = stored(client, chapter)
    monkeypatch.setattr(limits, "MAX_CHECK_WORK", cost - 1)
    expected = ("MAX_CHECK_WORK", cost, cost - 1)
    assert limit(client.post(CHECK, {"document": chapter})) == ("/document", *expected)
    assert limit(client.get(f"{address}/gradient-check")) == ("/ref", *expected)
    assert limit(client.post(CHECK, {"document": chapter, "refs": ["x[0,0]"] * 8})) == ("/refs", *expected)
    check(client, chapter, refs=["x[0,0]"] * 7)
    assert limit(client.post(CURVE, {"document": chapter, "ref": "x[0,0]", "per_decade": 1}))[:2] == (
        "/document",
        "MAX_CHECK_WORK",
    )


def test_a_curve_may_have_as_many_points_as_the_limit_and_no_more(client: Client, chapter: Document) -> None:
    wish = {"document": chapter, "ref": "x[0,0]", "per_decade": limits.MAX_POINTS_PER_DECADE}
    assert len(client.post(CURVE, wish).json()["points"]) == 11 * limits.MAX_POINTS_PER_DECADE + 1
    wish["per_decade"] += 1
    assert limit(client.post(CURVE, wish)) == ("/per_decade", "MAX_POINTS_PER_DECADE", 21, 20)


def test_a_network_of_150_000_weights_is_checked_where_it_is_asked(client: Client) -> None:
    document = wide(499, 300)
    assert limit(client.post(CHECK, {"document": document}))[1:3] == ("MAX_CHECKED_NUMBERS", 150_000 + 499)
    (row,) = check(client, document, refs=["fc_1.w[498,299]"])["rows"]
    assert row["verdict"] == "agrees"
