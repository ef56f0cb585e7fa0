"""A receipt with an inconsistent document is refused with the location."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.networks import Document
from tests.support.receipts import Record, of_document
from tests.support.wrong_steps import Program
from tinyml.verify import Budget, ReceiptError, TooMuchError, verify

SEQUENCE = {"type": "Conv1D", "name": "conv_1", "n_filter": 1, "w_filter": 1, "stride": 1, "padding": 0}
CONV = {"type": "Conv2D", "name": "conv_1", "n_filter": 1, "h_filter": 1, "w_filter": 1, "stride": 1, "padding": 0}
Change = Callable[[Document], object]


def changed(change: Change) -> Record:
    record = copy.deepcopy(Program().receipt())
    change(record["document"])
    return record


@pytest.mark.parametrize(
    ("record", "where", "message"),
    [
        ([], ("format",), "expected 'tinyml-receipt/2' or 'tinyml-receipt/1'"),
        ({}, ("format",), "expected 'tinyml-receipt/2'"),
        ({"format": "tinyml-receipt/3"}, ("format",), "expected 'tinyml-receipt/2'"),
        ({"format": "tinyml-receipt/1"}, ("document",), "expected a network document"),
        ({"format": "tinyml-receipt/1", "document": {}}, ("lines",), "expected a list of lines"),
        ({"format": "tinyml-receipt/1", "document": {}, "lines": []}, ("document", "loss"), "expected an object"),
    ],
)
def test_an_invalid_receipt_is_refused_with_its_place(record: Any, where: tuple[str, ...], message: str) -> None:
    with pytest.raises(ReceiptError, match=message) as caught:
        verify(record)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (lambda d: d["loss"].update(type=[]), ("loss", "type"), "expected one of half_squared_error"),
        (lambda d: d["layers"][0].update(type={}), ("layers", 0, "type"), "expected one of Linear, ReLu"),
        (lambda d: d["loss"].update(type="guess"), ("loss", "type"), "expected one of half_squared_error"),
        (
            lambda d: d["optimizer"].update(type="luck"),
            ("optimizer", "type"),
            "expected one of sgd, rmsprop, adagrad",
        ),
        (lambda d: d["optimizer"].update(lr="0.5"), ("optimizer", "lr"), "expected a finite number from 0 on"),
        (lambda d: d["optimizer"].update(state=[1]), ("optimizer", "state"), "an object for each parameter"),
        (lambda d: d.update(layers=[]), ("layers",), "expected at least one"),
        (lambda d: d["layers"][0].update(type="Magic"), ("layers", 0, "type"), "expected one of Linear, ReLu"),
        (lambda d: d["layers"][1].update(name="fc_1"), ("layers", 1, "name"), "a unique name"),
        (lambda d: d["layers"][1].update(name="loss"), ("layers", 1, "name"), "a unique name"),
        (lambda d: d["layers"][1].pop("name"), ("layers", 1, "name"), "a receipt has all of them"),
        (lambda d: d["layers"][0].pop("w"), ("layers", 0, "w"), "all parameters written out"),
        (lambda d: d["layers"][0].update(b=None), ("layers", 0, "b"), "all parameters written out"),
        (lambda d: d["layers"][0].update(frozen="b"), ("layers", 0, "frozen"), "of the layer, which has w, b"),
        (lambda d: d["layers"][0].update(frozen=["v"]), ("layers", 0, "frozen"), "of the layer, which has w, b"),
        (lambda d: d["layers"][0].update(frozen=[[]]), ("layers", 0, "frozen"), "of the layer, which has w, b"),
        (lambda d: d["layers"][1].update(frozen=["b"]), ("layers", 1), "it has type, name and no others"),
        (lambda d: d["layers"][0].update(bias=0), ("layers", 0, "bias"), "expected true or false"),
        (lambda d: d["layers"][0].update(bias=False), ("layers", 0, "b"), "has no bias, so it has no b either"),
        (lambda d: d["layers"][0].pop("output_dim"), ("layers", 0, "output_dim"), "this setting is missing"),
        (lambda d: d["layers"][0].update(output_dim="three"), ("layers", 0, "output_dim"), "a whole number from 1 on"),
        (lambda d: d["layers"][0]["w"].pop(), ("layers", 0, "w"), "fc_1.w: expected 3 × 3 numbers"),
        (lambda d: d["layers"][0]["w"][1].append(1.0), ("layers", 0, "w", 1), "one of the lists is of another length"),
        (lambda d: d["layers"][0]["w"].__setitem__(1, "abc"), ("layers", 0, "w", 1), "of another length"),
        (lambda d: d["layers"][0]["b"].__setitem__(1, None), ("layers", 0, "b", 1), "fc_1.b[1]: expected a finite"),
        (lambda d: d["layers"][0]["b"].__setitem__(1, 10**400), ("layers", 0, "b", 1), "expected a finite number"),
        (lambda d: d.update(x=[]), ("x",), "expected at least one sample"),
        (lambda d: d["x"][2].pop(), ("x", 2), "x: expected 3 × 3 numbers"),
        (lambda d: d["y"].pop(), ("y",), "y: expected 3 × 3 numbers"),
        (lambda d: d.update(y=[0, 1, 2]), ("y", 0), "of another length"),
        (lambda d: d.update(input_shape=["three"]), ("input_shape",), "whole numbers from 1 on"),
        (lambda d: d["layers"].__setitem__(1, SEQUENCE), ("layers", 1), "Conv1D 'conv_1': expects sequences"),
        (lambda d: d["layers"].__setitem__(1, CONV), ("layers", 1), "Conv2D 'conv_1': expects images"),
    ],
)
def test_an_inconsistent_document_is_refused_with_its_place(
    change: Change, where: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(ReceiptError) as caught:
        verify(changed(change))
    assert message in caught.value.detail
    assert caught.value.where == ("document", *where)


def test_classes_are_rows_with_a_one_at_the_class() -> None:
    document = Program().receipt()["document"] | {"loss": {"type": "softmax_cross_entropy"}}
    rows = document | {"y": [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]}
    record = of_document(rows)
    assert verify(record).ok
    record["document"]["y"] = [2, 0, 1]
    assert verify(record).ok
    record["document"]["y"] = [2, 0, 0]
    assert verify(record).ref == "loss"
    for y, where in (([2, 0], ("y",)), ([2, 0, 3], ("y", 2)), ([2, 0, -1], ("y", 2)), ([2, 0, True], ("y", 2))):
        record["document"]["y"] = y
        with pytest.raises(ReceiptError) as caught:
            verify(record)
        assert caught.value.where == ("document", *where)


def test_a_setting_missing_for_a_law_is_refused_with_a_message() -> None:
    record = changed(lambda d: d["layers"].__setitem__(1, {"type": "LeakyReLu", "name": "tanh_1"}))
    with pytest.raises(ReceiptError, match="After line 9 the law of the next number requires a setting"):
        verify(record)


def test_numbers_outside_the_domain_of_a_law_are_refused() -> None:
    document: Document = {
        "format": "tinyml-network/1",
        "input_shape": [1],
        "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[1.0]], "b": [0.0]}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "rmsprop", "lr": 0.1, "decay": 0.9, "epsilon": 1e-8},
        "x": [[0.0]],
        "y": [[0.0]],
    }
    record = of_document(document)
    # As far below 0 as rounding could make it, although a mean of squares cannot be negative.
    next(line for line in record["lines"] if line["ref"] == "fc_1.w.square.next[0,0]")["value"] = -5e-324
    with pytest.raises(ReceiptError, match="the law of the next number divides by 0, or leaves the range of float64"):
        verify(record)


def test_more_work_than_allowed_is_refused() -> None:
    record = Program().receipt()
    factors = sum(len(term) for line in record["lines"] for term in line["terms"])
    assert verify(record, Budget(factors=factors)).ok
    with pytest.raises(TooMuchError, match=f"more than {factors - 1} factors"):
        verify(record, Budget(factors=factors - 1))


def test_the_pixels_that_lost_count_as_work_too() -> None:
    document = {
        "format": "tinyml-network/1",
        "input_shape": [1, 400, 400],
        "layers": [{"type": "MaxPool2D", "name": "pool", "size": 200, "stride": 1}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 1.0},
        "x": [[[[0.0] * 400] * 400]],
        "y": [[[[0.0] * 201] * 201]],
    }
    line = {"ref": "pool.output[0,0,0,0]", "value": 0.0, "law": "y = the largest x of the window"}
    record = {"format": "tinyml-receipt/1", "document": document, "lines": [line | {"terms": [["x[0,0,0,0]"]]}]}
    assert verify(record).line == 2
    with pytest.raises(TooMuchError, match="more than 40,000 factors"):
        verify(record, Budget(factors=40_000))
