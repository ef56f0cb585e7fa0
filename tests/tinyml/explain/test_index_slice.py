"""A slice of a batch computes its indices without a list of them."""

import numpy as np
import pytest

from tinyml.explain.index_slice import IndexSlice

BATCH = np.arange(3 * 2 * 2 * 4).reshape(3, 2, 2, 4)


@pytest.mark.parametrize(
    ("fixed", "numbers"),
    [
        ((1,), BATCH[1].reshape(-1)),
        ((None, 1), BATCH[:, 1].reshape(-1)),
        ((None, 1, 0, 2), BATCH[:, 1, 0, 2]),
        ((2, 1, 0, 3), BATCH[2, 1, 0, 3].reshape(-1)),
    ],
)
def test_places_and_numbers_come_in_the_same_order_and_places_are_found_again(
    fixed: tuple[int | None, ...], numbers: np.ndarray
) -> None:
    places = IndexSlice(fixed, BATCH.shape)
    assert places.of(BATCH).tolist() == numbers.tolist()
    assert [BATCH[places.at(i)] for i in range(places.count)] == numbers.tolist()
    assert [places.number(places.at(i)) for i in range(places.count)] == list(range(places.count))
