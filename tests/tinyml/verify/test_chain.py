"""A chain of receipts: each holds by itself and starts from the result of the previous one."""

import copy
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.support.receipts import Record
from tests.support.wrong_steps import Program, document
from tests.tinyml.test_receipt import recorded_step
from tinyml.receipt import receipt
from tinyml.verify import Budget, ReceiptError, TooMuchError, Verdict, digest, verify, verify_chain

LINES = 112


def chained(length: int = 4, first: int = 1) -> list[Record]:
    """The receipts of consecutive training steps with plain gradient descent, so the weights are the only state."""
    written, previous, chain = document(), None, []
    for step in range(first, first + length):
        made = receipt(written, recorded_step(written), number=step, previous=previous)
        chain.append(json.loads(json.dumps(made)))
        previous, written = digest(made), updated(written, made)
    return chain


def updated(written: dict[str, Any], made: Record) -> dict[str, Any]:
    """The document after the step that a receipt is about."""
    after = copy.deepcopy(written)
    values = {line["ref"]: line["value"] for line in made["lines"]}
    for layer in after["layers"]:
        if "w" in layer:
            layer["w"] = [
                [values[f"{layer['name']}.w.next[{j},{k}]"] for k in range(len(row))]
                for j, row in enumerate(layer["w"])
            ]
            layer["b"] = [values[f"{layer['name']}.b.next[{k}]"] for k in range(len(layer["b"]))]
    return after


CHAIN = chained()


def chain() -> list[Record]:
    return copy.deepcopy(CHAIN)


def test_a_chain_holds_in_every_form() -> None:
    holds = Verdict(True, 4 * LINES, receipts=4)
    assert verify({"receipts": chain()}) == verify(json.dumps({"receipts": chain()})) == holds
    assert verify_chain(chain()) == verify_chain(iter(chain())) == holds


def test_each_receipt_of_it_holds_by_itself_and_so_does_any_part_of_the_chain() -> None:
    for first in range(4):
        assert verify(chain()[first]) == Verdict(True, LINES)
        for last in range(first, 4):
            part = chain()[first : last + 1]
            assert verify_chain(part) == Verdict(True, len(part) * LINES, receipts=len(part))


def test_a_chain_may_begin_at_any_training_step() -> None:
    assert verify_chain(chained(2, first=7)) == Verdict(True, 2 * LINES, receipts=2)
    assert [made["step"] for made in chained(2, first=7)] == [7, 8]


def test_the_hash_does_not_depend_on_how_numbers_and_keys_are_written() -> None:
    def rewritten(value: Any) -> Any:
        match value:
            case float() if value.is_integer():
                return int(value)  # as JavaScript writes it
            case dict():
                return {key: rewritten(value[key]) for key in reversed(value)}
            case list():
                return list(map(rewritten, value))
        return value

    other = rewritten(chain())
    assert json.dumps(other) != json.dumps(chain())
    assert verify_chain(other).ok


def wrong(damage: Callable[[list[Record]], object]) -> Verdict:
    damaged = chain()
    changed = damage(damaged)
    verdict = verify_chain(changed if isinstance(changed, list) else damaged)
    assert verdict == verify({"receipts": changed if isinstance(changed, list) else damaged})
    assert not verdict.ok
    assert verdict.receipts == (verdict.receipt or 0) - 1
    return verdict


def failure(damage: Callable[[list[Record]], object]) -> tuple[int | None, int | None, str]:
    verdict = wrong(damage)
    return verdict.receipt, verdict.line, verdict.message or ""


def test_a_missing_receipt_fails() -> None:
    message = "receipt 2: its training step is 3, but 2 follows here."
    assert failure(lambda chain: chain.pop(1)) == (2, None, message)


def test_two_exchanged_receipts_fail() -> None:
    assert failure(lambda chain: [chain[0], chain[2], chain[1], chain[3]])[0] == 2
    assert failure(lambda chain: [chain[1], chain[0]]) == (
        2,
        None,
        "receipt 2: its training step is 1, but 3 follows here.",
    )


def test_a_repeated_receipt_fails() -> None:
    assert failure(lambda chain: [chain[0], chain[0]])[:2] == (2, None)


def test_wrong_step_numbers_fail_though_all_else_holds() -> None:
    def count(chain: list[Record]) -> None:
        chain[2]["step"] = 4

    assert failure(count) == (3, None, "receipt 3: its training step is 4, but 3 follows here.")


def test_an_edited_value_fails_at_its_line_of_its_receipt() -> None:
    def edit(chain: list[Record]) -> None:
        chain[2]["lines"][27]["value"] *= 2

    verdict = wrong(edit)
    assert (verdict.receipt, verdict.line, verdict.ref, verdict.lines) == (3, 28, "loss", 2 * LINES + 27)
    assert (verdict.message or "").startswith("receipt 3: line 28, loss: its terms add up to")


def relinked(chain: list[Record]) -> None:
    """Give each receipt the hash of the previous one, as a forger of a chain would."""
    for before, after in pairwise(chain):
        after["previous"] = digest(before)


@pytest.mark.parametrize("relink", [True, False])
def test_a_weight_that_is_not_the_updated_one_fails_with_its_ref(relink: bool) -> None:
    def edit(chain: list[Record]) -> None:
        edited = chain[2]["document"]
        edited["layers"][2]["w"][1][0] += 0.25
        chain[2]["lines"] = receipt(edited, recorded_step(edited))["lines"]
        if relink:
            relinked(chain)

    verdict = wrong(edit)
    due = chain()[2]["document"]["layers"][2]["w"][1][0]
    assert (verdict.receipt, verdict.line, verdict.ref) == (3, None, "fc_2.w[1,0]")
    assert (verdict.expected, verdict.found) == (due, due + 0.25)
    assert verdict.message == (
        "receipt 3: its document is not what the receipt before leads to: "
        f"fc_2.w[1,0] is {due!r} there, but {due + 0.25!r} here."
    )


def test_the_last_bit_of_a_weight_counts() -> None:
    def edit(chain: list[Record]) -> None:
        row = chain[1]["document"]["layers"][0]["w"][0]
        row[0] = row[0] * (1 + 2**-52)

    assert wrong(edit).ref == "fc_1.w[0,0]"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda it: it["x"][1].__setitem__(2, 9.0), "x[1,2]"),
        (lambda it: it["y"].pop(), "y"),
        (lambda it: it["optimizer"].__setitem__("lr", 0.25), "optimizer.lr"),
        (lambda it: it["optimizer"].__setitem__("momentum", 0.5), "optimizer.an unknown field"),
        (lambda it: it["loss"].__setitem__("type", "huber"), "loss.type"),
        (lambda it: it.__setitem__("mode", "predict"), "an unknown field"),
        (lambda it: it["layers"][1].__setitem__("type", "Sigmoid"), "tanh_1.type"),
        (lambda it: it["layers"].pop(), "layers"),
        (lambda it: it["layers"][0].__setitem__("name", "other"), "fc_1.name"),
        (lambda it: it["layers"][0].__setitem__("<b>", 1), "fc_1.an unknown field"),
        (lambda it: it.__setitem__("format", "tinyml-network/2"), "format"),
        (lambda it: it.pop("x"), "x"),
        (lambda it: it["layers"][0]["b"].__setitem__(1, True), "fc_1.b[1]"),
        (lambda it: it["layers"][0].__setitem__("w", None), "fc_1.w"),
    ],
)
def test_any_other_difference_between_documents_fails(change: Callable[[Any], object], name: str) -> None:
    def edit(chain: list[Record]) -> None:
        change(chain[1]["document"])
        relinked(chain)

    verdict = wrong(edit)
    assert (verdict.receipt, verdict.line, verdict.ref) == (2, None, name)
    assert "<" not in (verdict.message or "")


def test_another_network_is_no_continuation() -> None:
    class Other(Program):
        loss_type = "mean_squared_error"

    def exchange(chain: list[Record]) -> None:
        chain[1] = {**Other().receipt(), "step": 2, "previous": digest(chain[0])}

    assert wrong(exchange).receipt == 2


def test_a_wrong_previous_hash_fails() -> None:
    def edit(chain: list[Record]) -> None:
        chain[2]["previous"] = "0" * 64

    due = digest(chain()[1])
    message = f"receipt 3: the receipt before has the SHA-256 {due}, but another is named as `previous`."
    assert failure(edit) == (3, None, message)

    def leave_out(chain: list[Record]) -> None:
        chain[2]["previous"] = None

    assert failure(leave_out)[2].endswith("but none is named as `previous`.")


def test_what_only_the_hash_covers_fails_at_the_hash() -> None:
    def forge(chain: list[Record]) -> None:
        chain[0]["document"]["name"] = "another"
        chain[1]["document"]["name"] = "another"

    assert failure(forge)[0] == 2


@pytest.mark.parametrize(
    ("records", "where", "message"),
    [
        ({"receipts": []}, ("receipts",), "expected at least one receipt"),
        ({"receipts": {}}, ("receipts",), "expected a list of receipts"),
        ({"receipts": chain(), "lines": []}, ("receipts",), "no other field"),
        ({"receipts": [chain()[0], 7]}, ("receipts", 1, "format"), "receipt 2: format: expected"),
        ({"receipts": [chain()[0], {**chain()[1], "step": 0}]}, ("receipts", 1, "step"), "whole number from 1 on"),
        ({"receipts": [{**chain()[0], "step": True}]}, ("receipts", 0, "step"), "whole number from 1 on"),
        ({"receipts": [{**chain()[0], "step": 1.0}]}, ("receipts", 0, "step"), "whole number from 1 on"),
        ({"receipts": [{**chain()[0], "previous": "0" * 64}]}, ("receipts", 0, "previous"), "has no previous receipt"),
        ({"receipts": [{**chain()[1], "previous": "A" * 64}]}, ("receipts", 0, "previous"), "64 hexadecimal"),
        ({"receipts": [{**chain()[1], "previous": 7}]}, ("receipts", 0, "previous"), "64 hexadecimal"),
        ({"receipts": [{**chain()[0], "more": 7}]}, ("receipts", 0), "and no others"),
    ],
)
def test_what_is_no_chain_is_refused(records: Any, where: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(ReceiptError, match=message) as caught:
        verify(records)
    assert caught.value.where == where


def first_format(record: Record) -> Record:
    return {
        "format": "tinyml-receipt/1",
        **{name: value for name, value in record.items() if name not in ("format", "step", "previous")},
    }


def test_a_receipt_of_the_first_format_is_still_checked_but_is_no_part_of_a_chain() -> None:
    first = first_format(chain()[0])
    assert verify(first) == verify(chain()[0]) == Verdict(True, LINES)
    for records in ([first, chain()[1]], [chain()[0], first], [first, first]):
        with pytest.raises(ReceiptError, match="2: format: a 'tinyml-receipt/1' does not name the previous receipt"):
            verify_chain(records)


def test_the_fields_of_the_second_format_do_not_fit_the_first() -> None:
    with pytest.raises(ReceiptError, match="has the fields format, document, lines and no others") as caught:
        verify({**first_format(chain()[0]), "step": 1})
    assert caught.value.where == ("step",)
    for missing in ("step", "previous"):
        record = {name: value for name, value in chain()[0].items() if name != missing}
        with pytest.raises(ReceiptError, match=f"{missing}: expected"):
            verify(record)


def test_a_budget_is_for_all_receipts_together() -> None:
    work = sum(len(term) for made in chain() for line in made["lines"] for term in line["terms"])
    assert verify_chain(chain(), Budget(4 * LINES, work, 4)).ok
    for budget, what in (
        (Budget(4 * LINES - 1, work, 4), "lines"),
        (Budget(4 * LINES, work - 1, 4), "factors"),
        (Budget(4 * LINES, work, 3), "receipts"),
    ):
        with pytest.raises(TooMuchError, match=what):
            verify_chain(chain(), budget)


def test_of_a_long_chain_only_what_follows_is_kept() -> None:
    made = chain()
    taken: list[int] = []

    def endless() -> Any:
        while True:
            taken.append(1)
            yield made[(len(taken) - 1) % 2]

    assert verify_chain(endless()).receipt == 3
    assert len(taken) == 3
