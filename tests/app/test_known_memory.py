"""Known documents never take more memory than allowed, for any number of requests and of concurrent clients."""

import copy
import gc
import json
import threading
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from app import limits
from app.documents import Experiment
from app.known import KnownDocument, KnownDocuments
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tests.support.networks import Document
from tinyml.gradient_check import gradient_check
from tinyml.trace import Trace


def wide(seed: int = 0, inputs: int = 300, batch: int = 4) -> Document:
    rng = np.random.default_rng(seed)
    return {
        "input_shape": [inputs],
        "layers": [
            {"type": "Linear", "name": "fc_1", "output_dim": 60, "w": rng.normal(size=(inputs, 60)).tolist()},
            {"type": "ReLu"},
            {"type": "Linear", "output_dim": 10},
        ],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "adam", "lr": 0.1},
        "x": rng.normal(size=(batch, inputs)).tolist(),
        "y": rng.integers(0, 10, batch).tolist(),
    }


def thin() -> Document:
    """A document with as many lists as numbers."""
    x = [[[[0.5]] * 20]] * 100
    return {**wide(), "input_shape": [1, 20, 1], "layers": [{"type": "Flatten"}, {"type": "Linear", "output_dim": 2}],
            "x": x, "y": [0] * 100}  # fmt: skip


def deep() -> Document:
    layers = [layer for _ in range(20) for layer in ({"type": "Linear", "output_dim": 2}, {"type": "Tanh"})]
    return {**example("chapter"), "layers": layers}


def remembered() -> Document:
    document = wide(batch=1)
    shape = np.shape(document["layers"][0]["w"])
    state = {"fc_1.w": {"velocity": np.ones(shape).tolist()}}
    return {**document, "optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.9, "state": state}}


def drag(step: int) -> Document:
    document = example("chapter")
    document["x"] = [[0.1, step / 10_000]]
    return document


DOCUMENTS: list[Callable[[], Document]] = [
    lambda: example("chapter"),
    lambda: example("digits-cnn"),
    lambda: example("batch-of-three"),
    wide,
    thin,
    deep,
    remembered,
]


@pytest.mark.parametrize("made", DOCUMENTS, ids=["chapter", "digits", "batch", "wide", "thin", "deep", "remembered"])
def test_what_a_document_holds_is_counted_and_no_plan_is_kept(made: Callable[[], Document]) -> None:
    content = json.dumps(made())

    def analysed() -> KnownDocument:
        known = KnownDocument(NetworkDocument.model_validate_json(content))
        known.trace()
        with known.network() as experiment:
            parts = experiment.model, experiment.loss, experiment.x, experiment.y
            gradient_check(*parts, refs=["x" + "[0" + ",0" * (experiment.x.ndim - 1) + "]"])
        return known

    analysed()  # objects created once and shared belong to no document
    held = [analysed()]
    gc.collect()
    tracemalloc.start()
    held = [analysed() for _ in range(5)]
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] / len(held)
    tracemalloc.stop()
    assert taken <= held[0].held <= 1.6 * taken


def test_under_pressure_no_more_is_held_than_may_be(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = 3_000_000
    monkeypatch.setattr(limits, "MAX_KNOWN_BYTES", allowed)
    client.post("/api/trace", wide(inputs=100))
    documents = [wide(seed, inputs=100) for seed in range(1, 30)]
    gc.collect()
    before = client.known.held
    tracemalloc.start()
    hashes = [client.post("/api/trace", document).json()["hash"] for document in documents]
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert 0.5 * allowed < client.known.held <= allowed
    assert taken + before <= 1.2 * allowed
    known = [client.post("/api/trace", {"hash": one}).status_code == 200 for one in hashes]
    assert known[-1]
    assert not known[0]
    assert known == sorted(known)  # the earliest ones were dropped, the latest ones kept


def test_edits_on_the_way_do_not_push_out_what_is_asked_about(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.post("/api/trace", drag(0)).json()["hash"]
    monkeypatch.setattr(limits, "MAX_KNOWN_BYTES", 10 * client.known.held)
    client.post("/api/explain", {"document": {"hash": first}, "ref": "loss"})
    latest = [client.post("/api/trace", drag(step)).json()["hash"] for step in range(1, 200)][-1]
    assert client.known.held <= limits.MAX_KNOWN_BYTES
    assert len(client.known) >= 5
    for one in (first, latest):
        assert client.post("/api/trace", {"hash": one}).status_code == 200


def test_many_that_are_asked_about_make_room_for_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownDocuments()
    parsed = [NetworkDocument.model_validate(drag(step)) for step in range(40)]
    first = known.add(parsed[0])
    first.trace()
    monkeypatch.setattr(limits, "MAX_KNOWN_BYTES", 5 * first.held)
    hashes = []
    for document in parsed:
        one = known.add(document)
        one.trace()
        assert one.hash is not None
        hashes.append(one.hash)
        for _ in range(2):
            assert known.find(one.hash) is one
        assert known.held <= limits.MAX_KNOWN_BYTES
    assert len(known) == 5
    assert [known.find(one) is not None for one in hashes] == [False] * 35 + [True] * 5


def test_so_many_documents_are_known_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KNOWN_DOCUMENTS", 6)
    known = KnownDocuments()
    keys = [str(step).encode() for step in range(7)]
    parsed = [NetworkDocument.model_validate(drag(step)) for step in range(7)]
    for document, key in zip(parsed[:6], keys, strict=False):
        known.add(document, key)
    assert all(known.find(key) for key in keys[:6])
    known.add(parsed[6], keys[6])
    assert len(known) == 6
    assert [known.find(key) is None for key in keys] == [True] + [False] * 6


def test_two_documents_with_one_hash_are_forgotten_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    # As one that is sent, and then stored, which has another key.
    monkeypatch.setattr(limits, "MAX_KNOWN_DOCUMENTS", 4)
    known, document = KnownDocuments(), NetworkDocument.model_validate(drag(0))
    sent, stored = known.add(document, b"sent"), known.add(document, b"stored")
    for one in (sent, stored):
        one.trace()
    assert sent.hash == stored.hash
    assert known.find(b"sent") is sent  # so that the other one, which has taken the hash, is forgotten first
    for step in range(1, 13):
        known.add(NetworkDocument.model_validate(drag(step)), str(step).encode()).trace()
        assert known.find(str(step).encode()) is not None
    assert [known.find(key) for key in (b"sent", b"stored", sent.hash or "")] == [None] * 3
    assert len(known) == 4


def test_a_trace_that_is_known_cannot_be_changed() -> None:
    recorded = KnownDocument(NetworkDocument.model_validate(example("chapter"))).trace()
    for array in (recorded.x, recorded.layers[0].output, recorded.layers[0].parameters["w"].next):
        with pytest.raises(ValueError, match="read-only"):
            array += 1


def test_many_who_ask_at_once_have_it_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known, document = KnownDocuments(), NetworkDocument.model_validate(wide())
    recorded, plain = list[Trace](), Experiment.trace

    def counted(experiment: Experiment) -> Trace:
        recorded.append(plain(experiment))
        return recorded[-1]

    monkeypatch.setattr(Experiment, "trace", counted)
    together = threading.Barrier(8)

    def ask(_: int) -> Trace:
        together.wait()
        return known.add(document, b"key").trace()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(recorded) == len(known) == 1
    assert all(one is found[0] for one in found)


def test_many_threads_get_the_answers_that_one_gets(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [wide(seed, inputs=40) for seed in range(6)] + [example("xor"), example("digits-cnn")]
    hashes = [client.post("/api/trace", document).json()["hash"] for document in documents]
    questions: list[tuple[str, dict[str, Any]]] = [
        ("/api/explain", {"ref": "loss"}),
        ("/api/gradient-flow", {}),
        ("/api/gradient-check", {"sample": {"seed": 1, "count": 3}}),
        ("/api/advance", {"steps": 2}),
    ]

    def ask(place: int, path: str, more: dict[str, Any], *, by_hash: bool) -> bytes:
        document = {"hash": hashes[place]} if by_hash else copy.deepcopy(documents[place])
        answer = client.post(path, {"document": document, **more})
        if answer.status_code == 409:
            answer = client.post(path, {"document": documents[place], **more})
        assert answer.status_code == 200
        return answer.content

    expected = {(place, path): ask(place, path, more, by_hash=False) for place in range(8) for path, more in questions}
    # Enough for only a few of them.
    monkeypatch.setattr(limits, "MAX_KNOWN_BYTES", client.known.held // 3)
    client.post("/api/trace", drag(0))

    def some(seed: int) -> None:
        rng = np.random.default_rng(seed)
        for _ in range(20):
            place, number, by_hash = int(rng.integers(8)), int(rng.integers(len(questions))), bool(rng.integers(2))
            path, more = questions[number]
            assert ask(place, path, more, by_hash=by_hash) == expected[place, path]
            assert client.known.held <= limits.MAX_KNOWN_BYTES

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(some, range(8)))
