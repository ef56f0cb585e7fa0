"""Targets are adapted to the hinge loss, which takes −1 and +1 only."""

import pytest

from app.problems import Problem
from tests.app.conftest import example
from tests.app.test_fitting import fitted, keys


def test_the_hinge_loss_turns_chances_into_sides_and_new_targets_are_one_of_them() -> None:
    document = example("xor") | {"loss": {"type": "hinge"}}
    made = fitted(document, "/loss")
    assert made.changes == [{"key": "targets_sides", "where": "/y", "values": {"middle": 0.5}}]
    assert made.document.y == [[-1.0], [1.0], [1.0], [-1.0]]
    document = {**document, "y": made.document.y}
    document["layers"][2]["output_dim"] = 2
    wider = fitted(document, "/layers/2/output_dim")
    assert wider.document.y == [[row[0], -1.0] for row in made.document.y]
    assert "targets_sides" not in keys(wider)
    more = fitted({**example("xor"), "loss": {"type": "hinge"}, "x": [[0.0, 1.0]] * 2, "y": [[1.0]]}, "/x")
    assert more.document.y == [[1.0], [-1.0]]


@pytest.mark.parametrize(("y", "edited"), [([[0], [3], [1], [0]], "/loss"), ([[0.3], [1], [1], [-1]], "/y/0/0")])
def test_targets_that_may_mean_anything_are_refused_by_the_hinge_loss(y: list[list[float]], edited: str) -> None:
    with pytest.raises(Problem, match="a target must be −1 or \\+1, got another number; write −1 for one") as raised:
        fitted(example("xor") | {"loss": {"type": "hinge"}, "y": y}, edited)
    assert (raised.value.where, raised.value.key) == (("y", 0, 0), "target_not_allowed")
    assert raised.value.values == {"targets": "−1, +1"}


def test_new_data_with_other_targets_set_another_loss() -> None:
    document = example("xor") | {"loss": {"type": "hinge"}, "y": [[0.0], [1.0], [1.0], [0.0]]}
    assert keys(fitted(document, "/data")) == ["loss"]
