"""The report is honest: it contains missed targets, and names what was not measured."""

import pytest

from benchmarks.competitor import Competitor, Floor, Reach, Workload
from benchmarks.measured import Measured
from benchmarks.memory import Memory
from benchmarks.report import amount, document, duration, row, verdicts, work_section
from benchmarks.scaling import Row, Scaling

FASTER, SHARE = Reach("other", 5), Reach("other", 0.75, faster=False)


def measured(ours: float | None, other: float | None, reach: Reach = FASTER) -> Measured:
    times = {"ours": ours, "other": other, "the floor": 1e-6}
    workload = Workload(
        "W0",
        "a test",
        (Competitor("ours", None, "it is not there yet"), Competitor("other", None, "node is not on this machine")),
        (reach,),
        (Floor("the floor", lambda: None),),
    )
    return Measured(workload, {name: [time] * 3 for name, time in times.items() if time is not None})


@pytest.mark.parametrize(
    ("reach", "ours", "ratio", "reached"),
    [
        (FASTER, 2e-6, "5 × faster", "yes"),
        (FASTER, 2.1e-6, "4.76 × faster", "no"),
        (SHARE, 7.5e-6, "0.75 of its time", "yes"),
        (SHARE, 7.6e-6, "0.76 of its time", "no"),
    ],
)
def test_a_figure_is_reached_or_not(reach: Reach, ours: float, ratio: str, reached: str) -> None:
    cells = row(measured(ours, 1e-5, reach), reach, str(reach))
    assert (cells[4], cells[7]) == (ratio, reached)
    assert cells[8] == "the floor 1 µs"


def test_what_was_not_measured_has_its_reason_and_meets_no_aim() -> None:
    ours_missing, other_missing = row(measured(None, 1e-5), FASTER, ""), row(measured(1e-6, None), FASTER, "")
    assert ours_missing[1] == "not measured: it is not there yet"
    assert other_missing[3] == "not measured: node is not on this machine"
    assert ours_missing[4:6] + ours_missing[7:8] == other_missing[4:6] + other_missing[7:8] == ("–", "–", "–")


def test_competitors_without_an_aim_are_for_information() -> None:
    result = measured(1e-6, 1e-5)
    extra = Workload("W0", "a test", (*result.workload.competitors, Competitor("third", None, "absent")), (FASTER,))
    text = work_section([Measured(extra, result.times)])
    aims, others = text.split("## For information")
    assert "third" not in aims
    assert "| third | not measured: absent |" in others


def test_the_document_has_all_parts_and_no_empty_table() -> None:
    rows = [Row(size, size * 1e-6, Memory(8 * size, 8, 40 * size)) for size in (10, 100, 1000)]
    page = document({"processor": "a fast one"}, [measured(1e-6, 1e-5)], Scaling(rows, rows, 1.0, rows[0].memory), 60)
    assert "| processor | a fast one |" in page
    for head in ("Against the figures to reach", "Scaling", "Memory of training", "How to read this"):
        assert f"\n## {head}\n" in page
    assert "For information" not in page
    assert "over 60 rounds" in " ".join(page.split())


def test_growth_is_linear_or_not() -> None:
    linear = [Row(size, size * 1e-6, Memory(8, 8, 40 * size)) for size in (10, 100, 1000)]
    square = [Row(size, size**2 * 1e-6, Memory(8, 8, 40 * size)) for size in (10, 100, 1000)]
    assert verdicts(linear) == "From 100 to 1,000: time p = 1.00 (linear), memory p = 1.00 (linear)."
    assert "time p = 2.00 (more than linear)" in verdicts(square)


def test_numbers_have_three_digits_and_a_unit() -> None:
    assert [duration(s) for s in (2.5, 0.0123, 123.4e-6, 4.56e-9)] == ["2.5 s", "12.3 ms", "123 µs", "4.56 ns"]
    assert [amount(b) for b in (98e6, 72_784, 5)] == ["98 MB", "72.8 kB", "5 B"]
