"""All competitors are measured in turn, equally often."""

import gc

from benchmarks.timing import interleaved


def test_every_round_measures_all_and_begins_with_the_next_one() -> None:
    order: list[str] = []

    def timed(name: str) -> float:
        order.append(name)
        return 1.0

    samples = interleaved({name: lambda times, name=name: timed(name) for name in "abc"}, 3, 1.0)
    assert "".join(order[-9:]) == "abcbcacab"
    assert samples == {name: [1.0] * 3 for name in "abc"}


def test_a_sample_lasts_as_long_as_requested_and_is_given_per_run() -> None:
    requested: list[int] = []

    def timed(times: int) -> float:
        requested.append(times)
        return times * 1e-4

    samples = interleaved({"a": timed}, 2, 0.01)
    assert requested[-2:] == [100, 100]
    assert samples["a"] == [1e-4, 1e-4]


def test_garbage_is_collected_again_afterwards() -> None:
    seen: list[bool] = []

    def timed(times: int) -> float:
        seen.append(gc.isenabled())
        return 1.0

    interleaved({"a": timed}, 1, 1.0)
    assert not any(seen)
    assert gc.isenabled()
