"""A value may differ by its rounding and no more: false values that were accepted once, and right ones."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.support.networks import Document
from tests.support.receipts import Record
from tinyml.verify import Step, verify
from tinyml.verify.lines import HALF, MINUS, Number, add_up

ADAM: Document = {"type": "adam", "lr": 0.1, "betas": [0.9, 0.999], "epsilon": 1e-8}


def network(layers: list[Document], x: Any, y: Any, **members: Any) -> Document:
    return {
        "format": "tinyml-network/1",
        "input_shape": list(np.shape(x)[1:]),
        "layers": layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "x": x,
        "y": y,
        **members,
    }


def linear(w: Any, b: Any, name: str = "fc_1") -> Document:
    return {"type": "Linear", "name": name, "output_dim": len(b), "w": w, "b": b}


def made_up(document: Document, lies: dict[str, Callable[[float], float]]) -> Record:
    """A receipt with some values replaced, and all that depends on them recomputed."""
    step, lines = Step(document), []
    for line in step.lines():
        value = add_up(line.terms, step.values).value
        step.values[line.ref] = value = lies.get(line.ref, float)(value)
        terms = [[f if isinstance(f, str) else {f.meaning: f.value} for f in term] for term in line.terms]
        lines.append({"ref": line.ref, "value": value, "law": line.law, "terms": terms})
    return {"format": "tinyml-receipt/2", "step": 1, "previous": None, "document": document, "lines": lines}


CANCELLING = network([linear([[1.0]], [0.0])], [[1.0], [1.0]], [[0.5], [1.5 - 1e-10]], optimizer=ADAM)
GATE = network([linear([[100.0], [-100.0]], [1e-8]), {"type": "ReLu", "name": "relu_1"}], [[1.0, 1.0]], [[1.0]])
LARGE = network([linear([[1e6], [-1e6]], [1e-4])], [[1.0, 1.0]], [[0.0]])
SMALL_STEP = network([linear([[1.0]], [0.0])], [[1.0]], [[1.0 - 5e-9]])
SMALL_RATE = network([linear([[1.0]], [0.0])], [[1.0]], [[0.5]], optimizer={"type": "sgd", "lr": 1e-9})
TINY = network([linear([[1e-305]], [0.0])], [[1.0]], [[0.0]])
PLAIN = network([linear([[0.3]], [0.2])], [[0.7]], [[0.1]])


@pytest.mark.parametrize(
    ("document", "lies"),
    [
        pytest.param(CANCELLING, {"fc_1.b.grad[0]": lambda g: -g}, id="a gradient that nearly cancels, negated"),
        pytest.param(GATE, {"fc_1.output[0,0]": lambda _: 0.0}, id="an open unit given as closed"),
        pytest.param(LARGE, {"fc_1.output[0,0]": lambda _: 0.002}, id="an output twenty times too large"),
        pytest.param(SMALL_STEP, {"fc_1.w.next[0,0]": lambda _: 1.0}, id="an update left out"),
        pytest.param(SMALL_RATE, {"fc_1.w.next[0,0]": lambda w: 2.0 - w}, id="an update negated"),
        pytest.param(TINY, {"fc_1.output[0,0]": lambda _: 9e-301}, id="1e-305 given as 9e-301"),
        pytest.param(PLAIN, {"fc_1.output[0,0]": lambda z: z * (1 + 9e-10)}, id="a value 9e-10 off"),
        pytest.param(PLAIN, {"loss": lambda z: z * (1 + 1e-14)}, id="a value 1e-14 off"),
        pytest.param(PLAIN, {"fc_1.w.grad[0,0]": lambda z: z * (1 + 1e-8)}, id="a factor of a sum 1e-8 off"),
    ],
)
def test_a_wrong_value_fails_at_its_own_line(document: Document, lies: dict[str, Callable[[float], float]]) -> None:
    assert verify(made_up(document, {})).ok
    verdict = verify(made_up(document, lies))
    assert (verdict.ok, verdict.ref) == (False, next(iter(lies)))


def test_a_number_under_its_meaning_is_held_to_its_last_digits() -> None:
    for off, holds in ((5e-16, True), (2e-15, False)):
        record = made_up(PLAIN, {})
        record["lines"][1]["terms"][0][0]["½"] = 0.5 * (1 + off)
        assert verify(record).ok == holds


def test_the_rounding_that_is_allowed_grows_with_the_terms_and_their_sizes() -> None:
    values = {"a": 3.0, "b": -2.0}
    assert add_up([("a", "b")], values).rounding == pytest.approx(5 * 2**-52 * 6, rel=1e-12)
    assert add_up([("a",), (MINUS, "a")], values).rounding == pytest.approx(6 * 2**-52 * 6, rel=1e-12)
    assert add_up([("a",)] * 96, values).rounding == pytest.approx(100 * 2**-52 * 288, rel=1e-12)
    assert add_up([(HALF, Number("1 − h²", 1e-9, size=1.0))], values).rounding == pytest.approx(5 * 2**-53, rel=1e-12)
    assert add_up([], values).rounding == 0


def test_below_the_range_of_float64_a_product_may_have_lost_what_it_cannot_hold() -> None:
    values = {"tiny": 1e-200, "large": 1e100}
    for factors in (("tiny", "tiny", "large"), ("large", "tiny", "tiny")):
        there = add_up([factors], values)
        assert abs(there.value - 1e-300) <= there.rounding < 1e-222
    there = add_up([("large", "tiny", "large", "tiny", "large", "large")], values)
    assert there.rounding == pytest.approx(5 * 2**-52, rel=1e-12)


def normalizing(mode: str) -> Document:
    x = [[0.3, -1.2], [0.5, 0.4], [-2.0, 1.1]]
    settings = {"epsilon": 1e-5, "momentum": 0.1, "running_mean": [0.0, 0.1], "running_variance": [1.0, 2.0]}
    layer = {"type": "BatchNorm", "name": "bn_1", **settings, "gamma": [1.5, -0.5], "beta": [0.1, 0.2]}
    return network([layer], x, [[0.2, 0.1], [0.0, 0.7], [1.0, -1.0]], mode=mode)


def allowed(document: Document) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """The rounding and the slack of each line; and all values."""
    step, rounding, slack = Step(document), {}, {}
    for line in step.lines():
        there = add_up(line.terms, step.values)
        step.values[line.ref], rounding[line.ref], slack[line.ref] = there.value, there.rounding, line.slack
    return rounding, slack, dict(step.values)


def test_only_what_a_batch_norm_sends_back_may_differ_by_the_rounding_of_two_sums() -> None:
    _, slack, values = allowed(normalizing("train"))
    assert [ref for ref in slack if slack[ref]] == [f"x.grad[{n},{f}]" for n in range(3) for f in range(2)]
    for n, f in np.ndindex(3, 2):
        upstream = np.array([values[f"bn_1.output.grad[{i},{f}]"] for i in range(3)])
        x = np.array([values[f"bn_1.normalized[{i},{f}]"] for i in range(3)])
        outer = abs(values[f"bn_1.gamma[{f}]"]) / (3 * np.sqrt(values[f"bn_1.variance[{f}]"] + 1e-5))
        sizes = np.abs(upstream).sum() + abs(x[n]) * np.abs(upstream * x).sum()
        assert slack[f"x.grad[{n},{f}]"] == pytest.approx((3 + 4) * 2**-52 * outer * sizes, rel=1e-9)
    for document in (normalizing("predict"), PLAIN):
        assert not any(allowed(document)[1].values())


@pytest.mark.parametrize(("share", "holds"), [(0.9, True), (1.1, False)])
def test_a_batch_norms_gradient_is_held_to_both_roundings(share: float, holds: bool) -> None:
    document, ref = normalizing("train"), "x.grad[0,0]"
    rounding, slack, _ = allowed(document)
    off = share * (rounding[ref] + slack[ref])
    verdict = verify(made_up(document, {ref: lambda z: z + off}))
    assert (verdict.ok, verdict.ref) == (holds, None if holds else ref)
