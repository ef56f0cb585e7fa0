"""A correct receipt holds, for any network; a single change is found at its line."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.mutations import KINDS, mutations
from tests.support.networks import LOSSES, documents, with_clip
from tests.support.networks_at_random import networks
from tests.support.reaching import reaches
from tests.support.receipts import Network, Record, of_document
from tests.support.wrong_steps import Program
from tinyml.optims import AdagradOptimizer, AdamOptimizer, AdamWOptimizer, RMSPropOptimizer, SGDOptimizer
from tinyml.verify import FORMAT, Verdict, verify

BETAS = (0.9, 0.99)
# The optimizers as documents write them, beside the engine's own.
RULES: list[tuple[dict[str, Any], Callable[[], Any]]] = [
    ({"type": "sgd", "lr": 0.1}, lambda: SGDOptimizer(0.1)),
    ({"type": "sgd", "lr": 0.1, "weight_decay": 0.2}, lambda: SGDOptimizer(0.1, weight_decay=0.2)),
    ({"type": "sgd", "lr": 0.1, "momentum": 0.9}, lambda: SGDOptimizer(0.1, 0.9)),
    (
        {"type": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.2},
        lambda: SGDOptimizer(0.1, 0.9, nesterov=True, weight_decay=0.2),
    ),
    (
        {"type": "sgd", "lr": 0.1, "momentum": 0.9, "momentum_form": "previous_change"},
        lambda: SGDOptimizer(0.1, 0.9, momentum_form="previous_change"),
    ),
    ({"type": "rmsprop", "lr": 0.1, "decay": 0.9, "epsilon": 1e-8}, lambda: RMSPropOptimizer(0.1, 0.9)),
    (
        {"type": "rmsprop", "lr": 0.1, "decay": 0.9, "epsilon": 1e-8, "weight_decay": 0.2},
        lambda: RMSPropOptimizer(0.1, 0.9, weight_decay=0.2),
    ),
    (
        {"type": "sgd", "lr": 0.1, "weight_decay": 0.2, "clip": {"norm": 0.05}},
        lambda: with_clip(SGDOptimizer(0.1, weight_decay=0.2), "norm", 0.05),
    ),
    (
        {"type": "adam", "lr": 0.1, "betas": list(BETAS), "epsilon": 1e-8, "clip": {"value": 0.05}},
        lambda: with_clip(AdamOptimizer(0.1, BETAS), "value", 0.05),
    ),
    ({"type": "adagrad", "lr": 0.1, "epsilon": 1e-10}, lambda: AdagradOptimizer(0.1)),
    (
        {"type": "adagrad", "lr": 0.1, "lr_decay": 0.2, "initial_sum": 0.5, "epsilon": 0.01, "weight_decay": 0.2},
        lambda: AdagradOptimizer(0.1, lr_decay=0.2, initial_sum=0.5, epsilon=0.01, weight_decay=0.2),
    ),
    ({"type": "adam", "lr": 0.1, "betas": list(BETAS), "epsilon": 1e-8}, lambda: AdamOptimizer(0.1, BETAS)),
    (
        {"type": "adam", "lr": 0.1, "betas": list(BETAS), "epsilon": 1e-8, "weight_decay": 0.2},
        lambda: AdamOptimizer(0.1, BETAS, weight_decay=0.2),
    ),
    (
        {"type": "adamw", "lr": 0.1, "betas": list(BETAS), "epsilon": 1e-8, "weight_decay": 0.2},
        lambda: AdamWOptimizer(0.1, BETAS, weight_decay=0.2),
    ),
    (
        {"type": "adamw", "lr": 0.1, "betas": list(BETAS), "epsilon": 0.1, "bias_correction": False},
        lambda: AdamWOptimizer(0.1, BETAS, epsilon=0.1, weight_decay=0.0, bias_correction=False),
    ),
]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Receipts of networks of all layers, losses and optimizers, before the first step and after some."""
    written, rule = draw(st.sampled_from(RULES))
    loss, steps = draw(st.sampled_from(sorted(LOSSES))), draw(st.integers(0, 2))
    return Network(draw(networks()), loss, written, rule(), steps, draw(st.booleans())).receipt()


@given(documents())
def test_the_receipt_of_every_document_holds(document: Any) -> None:
    record = of_document(document)
    assert verify(record) == Verdict(True, len(record["lines"]))


@pytest.mark.slow
@given(records())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_receipt_of_every_network_holds(record: Record) -> None:
    assert verify(record) == Verdict(True, len(record["lines"]))


def caught(record: Record, data: st.DataObject) -> None:
    """Three kinds of change per receipt: drawn one by one, hypothesis would repeat some and never draw others."""
    kinds, first = set(), data.draw(st.integers(0, len(KINDS) - 1))
    for step in (0, 5, 9):
        changed = data.draw(mutations(record, KINDS[(first + step) % len(KINDS)]))
        verdict = verify(changed.record)
        assert (verdict.ok, verdict.line) == (False, changed.line), (changed.kind, verdict)
        kinds.add(changed.kind)
    for kind in KINDS:
        reaches(0.01, kind, kind in kinds)


@pytest.mark.slow
@given(documents(), st.data())
def test_whatever_is_changed_is_caught_at_its_line(document: Any, data: st.DataObject) -> None:
    caught(of_document(document), data)


@pytest.mark.slow
@given(records(), st.data())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_and_so_it_is_with_all_layers_and_optimizers(record: Record, data: st.DataObject) -> None:
    caught(record, data)


def test_every_number_that_a_step_computes_has_its_line() -> None:
    refs = [line["ref"] for line in Program().receipt()["lines"]]
    owners = list(dict.fromkeys(ref.partition("[")[0] for ref in refs))
    assert owners == [
        *("fc_1.output", "tanh_1.output", "fc_2.output", "loss"),
        *("fc_2.output.grad", "fc_2.w.grad", "fc_2.b.grad", "tanh_1.output.grad"),
        *("fc_1.output.grad", "fc_1.w.grad", "fc_1.b.grad", "x.grad"),
        *("fc_1.w.next", "fc_1.b.next", "fc_2.w.next", "fc_2.b.next"),
    ]
    assert len(set(refs)) == len(refs)


def change(line: int, **members: Any) -> Record:
    record = Program().receipt()
    record["lines"][line] |= members
    return record


def message(record: Record) -> str:
    verdict = verify(record)
    assert verdict.message is not None
    return verdict.message


def test_a_wrong_factor_is_named_beside_the_right_one() -> None:
    terms = Program().receipt()["lines"][0]["terms"]
    wrong = [terms[0], [terms[1][0], "fc_1.w[0,1]"], *terms[2:]]
    assert message(change(0, terms=wrong)) == (
        "line 1, fc_1.output[0,0]: term 2 must be x[0,1] · fc_1.w[1,0], got x[0,1] · fc_1.w[0,1]."
    )
    assert message(change(0, terms=terms[:3])).endswith("4 terms are expected, got 3; the first missing is fc_1.b[0].")
    assert message(change(0, terms=[*terms, terms[0]])).endswith("4 terms are expected, got 5.")


def test_a_different_law_fails() -> None:
    assert message(change(0, law="Ŷ = wX + b")).endswith("the law here is “Ŷ = Xw + b”, but the line names another.")


def test_a_misplaced_line_fails_with_its_place() -> None:
    record = Program().receipt()
    record["lines"][2], record["lines"][5] = record["lines"][5], record["lines"][2]
    assert message(record) == (
        "line 3, fc_1.output[0,2]: this number is expected here, but the line is about fc_1.output[1,2]; the "
        "expected one is at line 6."
    )
    del record["lines"][5]
    assert message(record).endswith("the expected one is not in the receipt.")


def test_a_record_that_is_cut_is_wrong_at_the_first_line_that_is_missing() -> None:
    record = Program().receipt()
    record["lines"] = record["lines"][:27]
    verdict = verify(record)
    assert (verdict.line, verdict.ref, verdict.found) == (28, "loss", None)
    assert verdict.expected == Program().receipt()["lines"][27]["value"]
    assert verdict.message == "line 28, that of loss, is missing: the receipt ends with line 27."


def test_a_record_that_goes_on_is_wrong_at_the_first_line_too_many() -> None:
    record = Program().receipt()
    record["lines"] += record["lines"][:2]
    verdict = verify(record)
    assert (verdict.line, verdict.ref, verdict.expected) == (113, None, None)
    assert verdict.message == "line 113: the training step ends with line 112, but the receipt continues."


@pytest.mark.parametrize("value", [None, "0.5", True, float("nan"), float("inf"), 10**400, [0.5]])
def test_a_value_that_is_not_a_number_fails(value: Any) -> None:
    verdict = verify(change(4, value=value))
    assert (verdict.line, verdict.found) == (5, None)
    assert message(change(4, value=value)).endswith("the value must be a finite number.")


@pytest.mark.parametrize(
    "terms", [None, "x", [None], [["x[0,0]", None]], [[[]]], [[{}]], [[{"½": 0.5, "2": 2.0}]], [[{"½": None}]], {}]
)
def test_invalid_terms_fail(terms: Any) -> None:
    assert verify(change(4, terms=terms)).line == 5


@pytest.mark.parametrize("line", [None, [], "line", {}, {"ref": "loss"}])
def test_an_invalid_line_fails(line: Any) -> None:
    record = Program().receipt()
    record["lines"][4] = line
    assert message(record).endswith(
        "a line is an object with exactly the fields ref, value, law and terms, and it is not."
    )


def test_input_is_not_echoed_unless_it_is_a_ref() -> None:
    assert message(change(0, ref="<script>")).count("script") == 0
    assert message(change(0, terms=[["<script>"]])).count("script") == 0
    assert message(change(0, law="<script>")).count("script") == 0


def test_numbers_beyond_float64_are_no_reason_to_stop() -> None:
    record = Program().receipt()
    record["document"]["layers"][0]["w"][0][0] = 1e308
    record["document"]["x"][0] = [1e308, 1e308, 1e308]
    verdict = verify(record)
    assert (verdict.line, verdict.expected) == (1, None)


def test_the_format_names_its_version() -> None:
    assert Program().receipt()["format"] == FORMAT == "tinyml-receipt/2"
