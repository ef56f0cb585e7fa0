"""The least rate of a connection, in any period and not only in those that follow each other."""

import pytest

from app import limits
from app.wire.pace import Pace

PERIOD, LEAST = limits.MAX_STALL_SECONDS, limits.MIN_STALL_BYTES


def cut_off(seconds: int, received: list[int]) -> int | None:
    """The second at which a connection stalls that has received so many bytes after each second; None if it never
    does.
    """
    pace = Pace()
    return next((now for now in range(seconds) if pace.stalls(now, received[min(now, len(received) - 1)])), None)


@pytest.mark.parametrize("busy", [1, 5, 9, 11, 19])
def test_one_that_stops_is_cut_off_a_period_later_whenever_it_stops(busy: int) -> None:
    received = [second * LEAST for second in range(busy + 1)]
    assert cut_off(100, received) == busy + PERIOD


def test_one_at_the_least_rate_goes_on_and_one_below_it_does_not() -> None:
    rate = LEAST // PERIOD
    assert cut_off(100, [second * rate for second in range(100)]) is None
    assert cut_off(100, [second * (rate - 1) for second in range(100)]) == PERIOD


def test_the_period_begins_again_when_something_is_expected_again() -> None:
    pace = Pace()
    assert not pace.stalls(0, 0)
    pace.stop()
    assert not pace.stalls(PERIOD + 5, 0)
    assert not pace.stalls(2 * PERIOD + 4, 0)
    assert pace.stalls(2 * PERIOD + 5, 0)
