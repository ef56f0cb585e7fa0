"""The mini-batches of an epoch."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.reaching import reaches
from tinyml.core import generator, permutation
from tinyml.data import BatchError, Batches, draw

SHARES = st.sampled_from([0.0, 0.2, 0.5, 0.9])


@st.composite
def divided(drawing: st.DrawFn) -> Batches:
    batch, samples = drawing(st.sampled_from([3, 7, 10, 1, "all"])), drawing(st.sampled_from([50, 20, 11, 10, 5, 2, 1]))
    held_out = drawing(SHARES)
    kept_apart = round(samples * held_out)
    if samples == kept_apart or (held_out and not kept_apart):
        held_out = kept_apart = 0
    if batch != "all":
        batch = min(batch, samples - kept_apart)
    return Batches(
        samples, batch, drawing(st.sampled_from(["shuffled", "given"])), held_out, drawing(st.integers(0, 9))
    )


@given(batches=divided(), epoch=st.integers(0, 2**40))
def test_an_epoch_has_every_training_row_once_and_none_that_is_held_out(batches: Batches, epoch: int) -> None:
    reaches(0.1, "a last mini-batch with fewer rows", bool(batches.count % batches.batch))
    reaches(0.3, "rows that are held out", bool(batches.kept_apart))
    seen: list[int] = []
    for step in range(batches.steps):
        rows = batches.rows(epoch, step).tolist()
        assert len(rows) == batches.size(step) == (batches.batch if step < batches.steps - 1 else len(rows))
        seen += rows
    assert sorted(seen) == batches.training.tolist()
    assert sorted([*seen, *batches.held_out.tolist()]) == list(range(batches.samples))
    assert len(batches.held_out) == batches.kept_apart
    # The same wherever one begins, and one epoch after the other.
    assert batches.rows(epoch, batches.steps - 1).tolist() == seen[-batches.size(batches.steps - 1) :]
    place = (epoch, 0)
    for _ in range(batches.steps):
        place = batches.after(*place)
    assert place == (epoch + 1, 0)


def test_epochs_and_seeds_have_other_orders_and_one_seed_the_same() -> None:
    batches = Batches(100, 10)
    first, second = (np.concatenate([batches.rows(epoch, step) for step in range(10)]) for epoch in (0, 1))
    assert (first != second).any()
    assert (Batches(100, 10, seed=1).rows(0, 0) != first[:10]).any()
    assert (Batches(100, 10, seed=0).rows(0, 3) == first[30:40]).all()
    held_out = Batches(100, 10, held_out=0.3).held_out.tolist()
    assert held_out == sorted(held_out) != list(range(70, 100))


def test_an_order_is_drawn_from_raw_numbers_of_pcg64_which_numpy_keeps() -> None:
    # Recorded: a link with a position must lead to the same rows with every version of numpy.
    assert permutation(10, 0, 0, 0).tolist() == RECORDED[0]
    assert Batches(10, 4, seed=7).rows(3, 2).tolist() == RECORDED[1]
    assert Batches(10, 4, held_out=0.3, seed=7).held_out.tolist() == RECORDED[2]


def test_the_order_has_nothing_to_do_with_the_numbers_that_the_seed_draws() -> None:
    # With one stream for both, the rows that are held out would be those with the least or the largest coordinates.
    for seed in range(5):
        x, _ = draw("xor", 300, 0.0, seed)
        apart = Batches(300, 10, held_out=0.2, seed=seed).held_out
        assert abs(np.corrcoef(np.isin(np.arange(300), apart), x[:, 0])[0, 1]) < 0.2
        assert permutation(300, seed, 0, 0).tolist() != generator(seed).random(300).argsort().tolist()


def test_given_rows_keep_their_order_and_the_last_are_held_out() -> None:
    batches = Batches(10, 3, "given", 0.2)
    assert [batches.rows(5, step).tolist() for step in range(3)] == [[0, 1, 2], [3, 4, 5], [6, 7]]
    assert batches.held_out.tolist() == [8, 9]


def test_a_mini_batch_of_all_rows_has_them_as_given() -> None:
    for batch in ("all", 5):
        assert Batches(5, batch).rows(9, 0).tolist() == [0, 1, 2, 3, 4]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "field", "message"),
    [
        ((10, 11), "batch", "there are 10"),
        ((10, 9, "given", 0.2), "batch", "there are 8"),
        ((10, "all", "given", 0.01), "held_out", "less than one row"),
        ((2, 1, "shuffled", 0.8), "held_out", "none to train on"),
    ],
)
def test_rows_that_cannot_be_divided_are_refused(arguments: Any, field: str, message: str) -> None:
    with pytest.raises(BatchError, match=message) as caught:
        Batches(*arguments)
    assert caught.value.field == field
    with pytest.raises(IndexError, match="an epoch has 3 steps"):
        Batches(10, 4).rows(0, 3)


RECORDED = [[9, 7, 2, 0, 4, 3, 5, 6, 1, 8], [7, 0], [1, 4, 9]]
