"""The command runs the requested measurements, and names what is missing."""

from pathlib import Path

import pytest

from benchmarks import bench, playground
from benchmarks.bench import Pace, main, measure, parse, workloads
from benchmarks.memory import ROWS, Memory, measured
from benchmarks.scaling import Row, Scaling
from benchmarks.sides import pytorch
from benchmarks.task import dense

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["W1", "W2", "W5", "W6"])
def test_a_workload_is_measured_with_its_floors(name: str) -> None:
    for workload in workloads(name):
        result = measure(workload, Pace(2, 1e-6))
        present = {c.name for c in workload.competitors if c.make} | {floor.name for floor in workload.floors}
        assert result.times.keys() == present
        assert all(len(times) == 2 and min(times) > 0 for times in result.times.values())


@pytest.mark.parametrize("name", ["W3", "W4"])
def test_the_floors_of_larger_work_can_be_run(name: str) -> None:
    for workload in workloads(name):
        for floor in workload.floors:
            floor.run()


def test_times_of_many_networks_are_given_per_network(monkeypatch: pytest.MonkeyPatch) -> None:
    (stacked,) = (workload for workload in workloads("W2") if workload.per == 64)
    monkeypatch.setattr(bench, "interleaved", lambda timed, rounds, seconds: {name: [64.0] for name in timed})
    assert set(map(tuple, measure(stacked, Pace(1, 0)).times.values())) == {(1.0,)}


def test_without_pytorch_one_command_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pytorch, "INSTALLED", False)
    assert main(["--quick"]) == 1
    errors = capsys.readouterr().err
    assert f"bring it with: .venv/bin/python -m pip install torch=={pytorch.VERSION}" in errors


def test_the_version_of_pytorch_is_the_one_of_ci() -> None:
    assert f"torch=={pytorch.VERSION}" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_without_node_its_row_notes_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playground, "node", lambda: None)
    competitor = playground.training([dense((2, 1), "tanh", last=True, loss="mean_squared", batch=1, lr=0.1)])
    assert (competitor.make, competitor.missing) == (None, "node is not on this machine")


@pytest.mark.parametrize("words", [["--only", "W9"], ["--slow"], ["W3"]])
def test_words_that_would_be_ignored_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(words)


@pytest.mark.parametrize("words", [["--only", "W3"], ["--quick"]])
def test_part_of_the_measurements_is_never_written_down(
    words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pytorch, "INSTALLED", True)
    monkeypatch.setattr(bench, "WORKLOADS", {"W3": ()})
    monkeypatch.setattr(bench, "grow", lambda pace: None)
    monkeypatch.setattr(bench, "DOCUMENT", tmp_path / "benchmarks.md")
    assert main(words) == 0
    assert list(tmp_path.iterdir()) == []


def test_the_memory_of_training_is_counted_to_the_byte() -> None:
    memory = measured(ROWS["width"], 40)
    assert memory.parameters == 8 * (100 * 40 + 40 + 40 * 40 + 40 + 40 * 10 + 10)
    assert memory.activations == 8 * 32 * (100 + 4 * 40 + 10)
    # Parameters, their gradients and the activations all exist at the end of a step.
    assert memory.peak >= 2 * memory.parameters + memory.activations


def test_the_report_is_complete_and_notes_a_busy_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [Row(size, size * 1e-6, Memory(8 * size, 8, 40 * size)) for size in (10, 100, 1000)]
    monkeypatch.setattr(pytorch, "INSTALLED", True)
    monkeypatch.setattr(bench, "WORKLOADS", {})
    monkeypatch.setattr(bench, "grow", lambda pace: Scaling(rows, rows, 1.0, rows[0].memory))
    monkeypatch.setattr(bench, "DOCUMENT", tmp_path / "benchmarks.md")
    clock = iter([(1.0, 1.0), (2.0, 3.0)])
    monkeypatch.setattr(bench, "spent", lambda: next(clock))
    assert main([]) == 0
    assert "| share of its core that the run had | 50% |" in (tmp_path / "benchmarks.md").read_text("utf-8")
    assert "the run had 50% of its core; run it again when it is quiet" in capsys.readouterr().out
