"""A document that the service knows can be requested by its hash, with the same answers as if it had been sent."""

import json
from hashlib import sha256
from typing import Any

import pytest

from app import limits
from app.canonical import canonical
from app.examples import SLUGS
from tests.app.conftest import Client, example
from tests.support.networks import Document

# Every request that takes a document, as its body without it.
ASKED: dict[str, dict[str, Any]] = {
    "/api/explain": {"ref": "loss"},
    "/api/explanations": {"wishes": [{"ref": "loss"}, {"ref": "nothing"}]},
    "/api/steps": {"by": "layer"},
    "/api/gradient-check": {"sample": {"seed": 1, "count": 5}},
    "/api/gradient-check/curve": {"ref": "loss"},
    "/api/gradient-flow": {},
    "/api/equations": {},
    "/api/rows": {},
    "/api/receipts": {"steps": 2},
    "/api/advance": {"steps": 3, "every": 1},
}
# Those whose body is the document.
BARE = ("/api/trace", "/api/receipt")
# Its answer is a file: tests/app/test_export.py.
FILES = "/api/export/{what}/{format}"
# The hash of a document with every parameter written out.
CHAPTER = sha256(canonical(example("chapter"))).hexdigest()


def body(path: str, document: Document) -> Document:
    return document if path in BARE else {"document": document, **ASKED[path]}


def test_nothing_else_takes_a_document(client: Client) -> None:
    described = client.get("/openapi.json").json()
    taking = [
        path
        for path, operations in described["paths"].items()
        if "409" in operations.get("post", {}).get("responses", {})
    ]
    assert {path for path in taking if "networks" not in path} == {*ASKED, *BARE, FILES}
    schemas = described["components"]["schemas"].items()
    assert sum("/DocumentHash" in str(schema) for name, schema in schemas) == len({*ASKED, FILES})


@pytest.mark.parametrize("slug", SLUGS)
def test_every_answer_is_that_of_the_document(client: Client, slug: str) -> None:
    document = example(slug)
    sent = client.post("/api/trace", document)
    digest = sent.json()["hash"]
    assert client.post("/api/trace", {"hash": digest}).json() == sent.json()
    assert client.post("/api/trace?edited=/x", {"hash": digest}).json() == sent.json()
    # Numbers are written as the service writes them, 1.0 for a 1 that was sent.
    known = json.loads(client.post("/api/trace", {"hash": digest}).content)["document"]
    assert known == sent.json()["document"]
    assert digest == sha256(canonical(known)).hexdigest()
    for path in ASKED:
        answers = [client.post(path, body(path, one)) for one in ({"hash": digest}, document)]
        assert len({(answer.status_code, answer.content) for answer in answers}) == 1, path


@pytest.mark.parametrize("path", [*ASKED, *BARE])
def test_an_unknown_hash_is_refused_and_asks_for_the_document(client: Client, chapter: Document, path: str) -> None:
    answer = client.post(path, body(path, {"hash": CHAPTER}))
    problem = answer.json()
    assert (answer.status_code, problem["key"]) == (409, "unknown_document")
    assert problem["where"] == ("/hash" if path in BARE else "/document/hash")
    assert "send the document" in problem["detail"]
    # A document sent afterwards is known, whichever request it was sent with.
    sent = client.post(path, body(path, chapter))
    assert client.post(path, body(path, {"hash": CHAPTER})).json() == sent.json()


@pytest.mark.parametrize(
    "hash", ["", CHAPTER[:-1], CHAPTER + "0", CHAPTER.upper(), CHAPTER[:-1] + "g", 5, None, "９" * 64]
)
@pytest.mark.parametrize("path", ["/api/explain", "/api/trace"])
def test_what_is_no_hash_does_not_fit(client: Client, path: str, hash: Any) -> None:
    answer = client.post(path, body(path, {"hash": hash}))
    assert answer.status_code == 422
    assert answer.json()["where"] == ("/hash" if path in BARE else "/document/hash")


def test_a_hash_stands_alone(client: Client, chapter: Document) -> None:
    client.post("/api/trace", chapter)
    both = client.post("/api/trace", {"hash": CHAPTER, "x": chapter["x"]}).json()
    assert (both["status"], both["where"]) == (422, "/x")
    document = client.post("/api/explain", {"document": {**chapter, "hash": CHAPTER}, "ref": "loss"}).json()
    assert (document["status"], document["where"]) == (422, "/document/hash")


def test_the_hash_of_another_document_is_that_document(client: Client, chapter: Document) -> None:
    other = {**chapter, "x": [[0.2, 0.5]]}
    hashes = [client.post("/api/trace", document).json()["hash"] for document in (chapter, other)]
    inputs = [client.post("/api/trace", {"hash": one}).json()["document"]["x"] for one in hashes]
    assert inputs == [chapter["x"], other["x"]]


def test_an_invalid_document_is_refused_as_if_nothing_were_cached(client: Client, chapter: Document) -> None:
    wrong = {**chapter, "x": [[0.1, 0.5, 0.9]]}
    questions: list[Document] = [
        {"document": wrong, "ref": "loss"},
        {"document": {**chapter, "seed": None}, "ref": "loss"},
    ]
    questions += [{"document": chapter, "ref": "loss", "terms": 0}, {"document": chapter, "ref": "nothing"}, {}]
    before = [client.post("/api/explain", question).content for question in questions]
    for document in (chapter, wrong):
        client.post("/api/trace", document)
    assert [client.post("/api/explain", question).content for question in questions] == before


@pytest.mark.parametrize("other", ["0", "0.1", "-0.0", "true", "1e999", "null", "NaN", '"0.1"', "[0.1]"])
def test_a_known_document_is_reused_only_for_an_equal_one(client: Client, other: str) -> None:
    def content(number: str) -> str:
        return (
            '{"input_shape": [1], "layers": [{"type": "Linear", "output_dim": 1, "w": [[0.0]], "b": [1]}],'
            f'"loss": {{"type": "huber"}}, "optimizer": {{"type": "sgd", "lr": 1}}, "x": [[{number}]], "y": [[1]]}}'
        )

    def answer(body: str) -> Any:
        return client.post("/api/trace", content=body, headers={"Content-Type": "application/json"}).content

    alone = answer(content(other))
    answer(content("0.0"))
    assert answer(content(other)) == alone


def test_a_document_that_was_made_to_fit_is_known(client: Client, chapter: Document) -> None:
    layers = [{**chapter["layers"][0], "output_dim": 3}]
    answer = client.post("/api/trace?edited=/layers/0/output_dim", {**chapter, "layers": layers})
    assert answer.json()["fitted"] != []
    again = client.post("/api/trace", {"hash": answer.json()["hash"]}).json()
    assert again == {**answer.json(), "fitted": []}


def test_that_of_a_stored_network_is_known_in_each_of_its_steps(client: Client, chapter: Document) -> None:
    address = client.post("/api/networks", chapter).headers["Location"]
    client.post(f"{address}/step", {"by": "pass", "count": 5})
    trace = client.get(f"{address}/trace").json()
    assert trace["hash"] != CHAPTER
    assert client.post("/api/trace", {"hash": trace["hash"]}).json()["document"] == trace["document"]


def test_questions_leave_the_next_answer_as_it_is(client: Client) -> None:
    document = example("vanishing")
    alone = {path: client.post(path, body(path, document)).content for path in reversed(ASKED)}
    digest = client.post("/api/trace", document).json()["hash"]
    for _ in range(2):
        for path, content in alone.items():
            assert client.post(path, body(path, {"hash": digest})).content == content, path


def test_a_document_is_kept_that_takes_all_the_memory_and_none_that_takes_more(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/api/trace", chapter)
    held = client.known.held
    for allowed, status in ((held, 200), (held - 1, 409)):
        monkeypatch.setattr(limits, "MAX_KNOWN_BYTES", allowed)
        fresh = Client(client.portal, client.data)
        assert fresh.post("/api/trace", chapter).status_code == 200
        assert fresh.post("/api/trace", {"hash": CHAPTER}).status_code == status
        assert fresh.known.held == (held if status == 200 else 0)
        fresh.close()
