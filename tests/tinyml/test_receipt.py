"""A receipt is the engine's record in a form that others can verify."""

import json
from typing import Any

import numpy as np
import pytest

from tests.support.networks import build
from tests.support.receipts import of_document
from tests.support.wrong_steps import Program, document
from tinyml.layers import Tanh
from tinyml.receipt import receipt
from tinyml.verify import Budget, ReceiptError, TooMuchError, verify


def test_the_values_are_the_engines_to_the_last_digit() -> None:
    written = document()
    recorded = recorded_step(written)
    values = {line["ref"]: line["value"] for line in receipt(written, recorded)["lines"]}
    assert values["loss"] == recorded.loss.value
    for layer in recorded.layers:
        name = layer.layer.name
        for (n, k), value in np.ndenumerate(layer.output):
            assert values[f"{name}.output[{n},{k}]"] == value
        for part, kept in layer.parameters.items():
            for at, value in np.ndenumerate(kept.next):
                assert values[f"{name}.{part}.next[{','.join(map(str, at))}]"] == value


def test_the_engine_agrees_with_a_program_in_plain_numpy() -> None:
    theirs, ours = Program().receipt()["lines"], of_document(document())["lines"]
    assert [line["ref"] for line in ours] == [line["ref"] for line in theirs]
    assert [line["value"] for line in ours] == pytest.approx([line["value"] for line in theirs], rel=1e-12)


def test_it_is_json_as_it_is() -> None:
    made = receipt(document(), recorded_step(document()))
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_a_non_finite_number_is_named_by_its_ref() -> None:
    written = document()
    written["layers"][2]["w"][0][1] = 1e308
    written["layers"][2]["b"][1] = 1e308
    with pytest.raises(
        ReceiptError, match=r"fc_2\.output\[\d,1\] is not finite, but a receipt can only contain finite"
    ):
        receipt(written, recorded_step(written))


def test_a_bug_in_the_engine_would_show(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Tanh.slope_program

    def twice(self: Tanh, at: Any, parts: Any = ()) -> Any:
        return [*right(self, at, parts), (np.multiply, at.slope, at.slope, at.slope)]

    monkeypatch.setattr(Tanh, "slope_program", twice)
    verdict = verify(of_document(document()))
    assert verdict.ref == "fc_1.output.grad[0,0]"
    assert verdict.message is not None
    assert verdict.message.endswith("as if the factor 1 − tanh_1.output[0,0]² were taken twice.")


def test_more_lines_or_factors_than_allowed_are_refused() -> None:
    written = document()
    recorded = recorded_step(written)
    lines = receipt(written, recorded)["lines"]
    factors = sum(len(term) for line in lines for term in line["terms"])
    assert receipt(written, recorded, Budget(len(lines), factors))["lines"] == lines
    with pytest.raises(TooMuchError, match=f"more than {len(lines) - 1} lines"):
        receipt(written, recorded, Budget(len(lines) - 1, factors))
    with pytest.raises(TooMuchError, match=f"more than {factors - 1} factors"):
        receipt(written, recorded, Budget(len(lines), factors - 1))


def recorded_step(written: dict[str, Any]) -> Any:
    """The recorded step."""
    return build(written).trace()
