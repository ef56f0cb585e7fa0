"""What a request may cost, and which process answers it."""

import asyncio
import json
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, ClassVar

import pytest

from app import limits
from app.documents import build
from app.examples import examples
from app.problems import LimitProblem
from app.schemas.document import NetworkDocument
from app.work import Done, Elsewhere, Here, Job
from app.work.cost import Cost, explained_cost, longest_sum, trace_cost
from app.work.places import Turns
from app.work.pool import Pool
from app.work.process import Process
from app.work.stored import Question
from tests.app.conftest import Client
from tests.app.test_limits import wide
from tests.support.networks import Document


@pytest.mark.parametrize("name", ["MAX_WORK_MILLISECONDS", "MAX_ANSWER_BYTES", "MAX_WORK_BYTES"])
def test_an_estimate_holds_at_the_limit_and_one_beyond(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    request = {"document": chapter, "steps": 100}
    monkeypatch.setattr(limits, name, 1)
    asked = client.post("/api/advance", request).json()["asked"]
    monkeypatch.setattr(limits, name, asked)
    assert client.post("/api/advance", request).status_code == 200
    monkeypatch.setattr(limits, name, asked - 1)
    problem = client.post("/api/advance", request)
    assert problem.status_code == 422
    assert {key: problem.json()[key] for key in ("limit", "asked", "allowed")} == {
        "limit": name,
        "asked": asked,
        "allowed": asked - 1,
    }


def test_what_costs_too_much_is_not_computed(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(limits, "MAX_WORK_MILLISECONDS", 1)
    monkeypatch.setattr("app.routes.explain.explain", never)
    wishes = [{"ref": "loss", "notation": "paths", "terms": 5000}]
    assert client.post("/api/explanations", {"document": chapter, "wishes": wishes}).json()["limit"] == (
        "MAX_WORK_MILLISECONDS"
    )


def test_a_process_that_is_killed_just_after_its_answer_computes_no_other_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed: set[int] = set()
    job, answer = Job("GET", "/", b"", (), b"", "id"), Done(200, (), b"", None, 0)

    def serve(number: int, pipe: Connection) -> None:
        """A process that, once it is killed, still accepts a job, and ends without an answer."""
        with pipe, suppress(EOFError):
            while pipe.recv() and number not in killed:
                pipe.send(answer)

    def never(_: Question) -> None:
        raise AssertionError

    class Forks:
        count = 0

        def fork(self, niceness: int) -> tuple[int, Connection]:
            self.count += 1
            ours, theirs = Pipe()
            Thread(target=serve, args=(self.count, theirs), daemon=True).start()
            return self.count, ours

    async def answers() -> None:
        process = Process(forks)  # type: ignore[arg-type]  # a nursery whose processes are threads
        assert await process.ask(job, never) == answer
        process.kill()  # the client hung up while the answer was on its way
        assert await process.ask(job, never) == answer
        process.close()

    forks = Forks()
    monkeypatch.setattr("app.work.process._kill", killed.add)
    asyncio.run(answers())
    assert forks.count == 2


@pytest.mark.parametrize("encoding", ["json", "base64"])
@pytest.mark.parametrize(
    ("inputs", "outputs", "samples", "optimizer"),
    [(90, 80, 1, "sgd"), (90, 80, 1, "adam"), (3, 2, 1500, "sgd"), (40, 10, 3000, "sgd")],
)
def test_no_trace_is_longer_than_its_estimate(
    client: Client, encoding: str, inputs: int, outputs: int, samples: int, optimizer: str
) -> None:
    document = wide(inputs, outputs, samples) | {"optimizer": {"type": optimizer, "lr": 0.1}}
    document["x"] = [[-0.1234567890123456 * (1 + i + j) for i in range(inputs)] for j in range(samples)]
    answer = client.post(f"/api/trace?products=1&encoding={encoding}", document)
    known = client.known.find(answer.json()["hash"])
    assert known is not None
    estimate = trace_cost(known.experiment, encoding == "base64", products=True).answer
    assert estimate / 4 < len(answer.content) < estimate + 10_000


def test_no_explanation_is_longer_than_its_estimate(client: Client) -> None:
    document = wide(700, 1)
    for notation, sums, paths in (("scalar", [700], []), ("chain", [700], []), ("paths", [700], [700])):
        request = {"document": document, "ref": "fc_1.output[0,0]", "notation": notation, "terms": 700}
        answer = client.post("/api/explain", request)
        assert len(answer.content) < explained_cost(0, 1, sums, paths).answer


def longest(part: Any) -> int:
    """The most terms of a sum anywhere in an answer."""
    if isinstance(part, list):
        return max(map(longest, part), default=0)
    if not isinstance(part, dict):
        return 0
    terms = len(part["args"]) if part.get("op") == "sum" else 0
    return max([terms, *map(longest, part.values())])


def test_no_sum_of_an_explanation_is_longer_than_its_estimate(client: Client) -> None:
    shares = []
    for slug, shown in examples().items():
        document = shown["document"]
        if slug == "digits-cnn":  # it would take a minute
            continue
        tensors = client.post("/api/trace", document).json()["tensors"]
        refs = [ref for name, values in tensors.items() if (ref := first_of(name, values)) is not None]
        wishes = [{"ref": ref, "notation": notation, "terms": 5000} for ref in refs for notation in ("scalar", "chain")]
        answers = [
            client.post("/api/explanations", {"document": document, "wishes": wishes[start : start + 8]}).json()[
                "answers"
            ]
            for start in range(0, len(wishes), 8)
        ]
        bound = longest_sum(build(NetworkDocument.model_validate(document)))
        assert longest(answers) <= bound
        shares.append(longest(answers) / bound)
    assert max(shares) > 0.6


def first_of(name: str, values: Any) -> str | None:
    """The ref of the first number of a tensor; None if there is none yet."""
    places = 0
    while isinstance(values, list):
        values, places = values[0] if values else None, places + 1
    index = f"[{','.join('0' * places)}]" if places else ""
    return None if values is None else f"{name}{index}"


def test_explanations_of_a_small_network_are_quick_and_long_sums_are_not(chapter: Document) -> None:
    experiment = build(NetworkDocument.model_validate(chapter))
    assert explained_cost(0, 2, [longest_sum(experiment)] * 4, []).quick
    assert not explained_cost(0, 2, [longest_sum(experiment)] * 8, []).quick
    clipped = chapter | {"optimizer": {**chapter["optimizer"], "clip": {"norm": 1}}}
    whole = build(NetworkDocument.model_validate(clipped))
    assert longest_sum(whole) == whole.size


def test_only_what_takes_up_to_two_milliseconds_is_quick() -> None:
    assert Cost(2.0).quick
    assert not Cost(2.001).quick


def test_of_requests_that_arrive_at_once_one_is_read_in_each_round_of_the_event_loop() -> None:
    async def rounds() -> list[int]:
        turns, now, seen = Turns(), 0, list[int]()

        async def take() -> None:
            await turns.next()
            seen.append(now)

        taking = asyncio.gather(*[take() for _ in range(5)])
        while not taking.done():
            await asyncio.sleep(0)
            now += 1
        return seen

    taken = asyncio.run(rounds())
    assert len(taken) == len(set(taken)) == 5


class Computing:
    """A process whose jobs end when a test ends them."""

    asked: ClassVar[list["Computing"]] = []

    def __init__(self, _: object, *, long: bool = False) -> None:
        self.long = long

    def ask(self, job: Job, reply: object) -> "asyncio.Future[Done]":
        self.job, self.done = job, asyncio.get_running_loop().create_future()
        self.asked.append(self)
        return self.done


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setattr("app.work.pool.Nursery", lambda _: None)
    monkeypatch.setattr("app.work.pool.Process", Computing)
    monkeypatch.setattr("app.work.pool.SMALL_BYTES", 0)
    monkeypatch.setattr(Computing, "asked", [])
    return Pool(lambda _: None, 2, 1)


JOB, DONE = Job("GET", "/", b"", (), b"", "id"), Done(200, (), b"", None, 0)


@pytest.mark.parametrize(("together", "begun"), [(100, 1), (199, 1), (200, 2)])
def test_a_job_for_which_there_is_not_enough_memory_waits(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, together: int, begun: int
) -> None:
    monkeypatch.setattr(limits, "MAX_WORKING_BYTES", together)

    async def two() -> None:
        running = [asyncio.ensure_future(pool.run(JOB, Cost(5, 0, 100), lambda _: None)) for _ in range(2)]
        await asyncio.sleep(0)
        assert len(Computing.asked) == begun
        for process in Computing.asked:  # to which the second is added
            process.done.set_result(DONE)
            await asyncio.sleep(0.001)
        assert await asyncio.gather(*running) == [DONE, DONE]

    asyncio.run(two())


def test_an_answer_without_room_beside_those_that_are_not_read_is_refused_before_it_is_computed(pool: Pool) -> None:
    pool._room = lambda: 1_000

    async def most() -> Cost:
        running = asyncio.ensure_future(pool.run(JOB, Cost(5), lambda _: None))
        await asyncio.sleep(0)
        [process] = Computing.asked
        process.done.set_result(DONE)
        await running
        assert process.job.most is not None
        return process.job.most

    here = Here(asyncio.run(most()))
    here.admit(Cost(1, 1_000), Elsewhere())
    with pytest.raises(LimitProblem) as refused:
        here.admit(Cost(1, 1_001), Elsewhere())
    answer = json.loads(bytes(refused.value.response().body))
    asked = limits.MAX_ANSWERS_IN_FLIGHT + 1
    assert (answer["status"], answer["limit"], answer["asked"]) == (503, "MAX_ANSWERS_IN_FLIGHT", asked)


def test_a_job_that_turns_out_to_be_long_is_computed_by_another_process(pool: Pool) -> None:
    beyond = Cost(limits.MAX_SHORT_MILLISECONDS + 1, 0, 100)

    async def one() -> None:
        running = asyncio.ensure_future(pool.run(JOB, Cost(0), lambda _: None))
        await asyncio.sleep(0)
        [short] = Computing.asked
        assert short.job.most is not None
        assert beyond.exceeds(short.job.most)
        short.done.set_result(Done(503, (), b"", None, 0, beyond))
        await asyncio.sleep(0.001)
        long = Computing.asked[1]
        assert (short.long, long.long) == (False, True)
        assert long.job.most is not None
        assert not beyond.exceeds(long.job.most)
        long.done.set_result(DONE)
        assert await running == DONE

    asyncio.run(one())
