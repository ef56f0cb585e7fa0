"""Bugs of real programs are each found at the line where they occur, not at a later line that they affect."""

import json

import pytest

from tests.support import wrong_steps
from tests.support.wrong_steps import Program
from tinyml.verify import Verdict, verify

# Each bug, the number in which it first shows, and the diagnosis, for bugs with a recognizable pattern.
BUGS: list[tuple[type[Program], str, str]] = [
    (wrong_steps.LayersReversed, "fc_2.w.grad[0,0]", ""),
    (wrong_steps.SlopeTwice, "fc_1.output.grad[0,0]", "as if the factor 1 − tanh_1.output[0,0]² were taken twice"),
    (wrong_steps.SlopeForgotten, "fc_1.output.grad[0,0]", "as if the factor 1 − tanh_1.output[0,0]² were left out"),
    (wrong_steps.SlopeOfTheSlope, "fc_1.output.grad[0,0]", ""),
    (wrong_steps.BiasTimesFanIn, "fc_1.output[0,0]", "as if term 4 were taken 3 times"),
    (wrong_steps.HalfLost, "loss", "as if the factor ½ were left out"),
    (wrong_steps.TwoLost, "fc_2.output.grad[0,0]", "1/2 of the expected value"),
    (wrong_steps.BatchMeanLost, "fc_2.output.grad[0,0]", "3 times the expected value"),
    (wrong_steps.WeightsTransposed, "tanh_1.output.grad[0,0]", ""),
    (wrong_steps.EdgesFromRandomNumbers, "fc_2.w.grad[0,0]", ""),
    (wrong_steps.AnimationConstants, "fc_1.w.next[0,0]", ""),
    (wrong_steps.StaleLoss, "loss", ""),
    (wrong_steps.BatchAxisForFeatures, "fc_2.b.grad[0]", ""),
    (wrong_steps.PenaltyReportedAsDataLoss, "loss", ""),
    (wrong_steps.ProductMissing, "fc_1.output[0,0]", "as if term 3 were left out"),
    (wrong_steps.StepUphill, "fc_1.w.next[0,0]", "as if term 2 were taken with the wrong sign"),
    (wrong_steps.BiasUpdatedOncePerInput, "fc_1.b.next[0]", "as if term 2 were taken 3 times"),
    (wrong_steps.GradientsAccumulate, "fc_2.w.grad[0,0]", "2 times the expected value"),
    (wrong_steps.LastSampleOnly, "fc_2.w.grad[0,0]", ""),
    (wrong_steps.WeightsUpdatedBeforeTheyAreUsed, "tanh_1.output.grad[0,0]", ""),
]


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error"])
def test_the_program_without_a_bug_holds(loss: str) -> None:
    program = Program()
    program.loss_type = loss
    lines = len(program.receipt()["lines"])
    assert verify(program.receipt()) == Verdict(True, lines)
    assert (
        lines == 3 * 9 + 1 + 4 * 9 + 2 * 2 * 12
    )  # outputs, the loss, their gradients; parameters' gradients and updates


@pytest.mark.parametrize(("bug", "ref", "diagnosis"), BUGS, ids=[bug.__name__ for bug, _, _ in BUGS])
def test_a_bug_is_caught_at_the_line_where_it_is_made(bug: type[Program], ref: str, diagnosis: str) -> None:
    record = json.loads(json.dumps(bug().receipt()))
    refs = [line["ref"] for line in record["lines"]]
    verdict = verify(record)
    assert not verdict.ok
    assert (verdict.ref, verdict.line) == (ref, refs.index(ref) + 1)
    assert verdict.found == record["lines"][refs.index(ref)]["value"]
    assert verdict.expected != pytest.approx(verdict.found)
    assert verdict.message is not None
    assert verdict.message.startswith(f"line {verdict.line}, {ref}: its terms add up to {verdict.expected!r}, got")
    assert verdict.message.endswith(f"{verdict.found!r}{', ' if diagnosis else ''}{diagnosis}.")


@pytest.mark.parametrize("bug", [bug for bug, _, _ in BUGS], ids=[bug.__name__ for bug, _, _ in BUGS])
def test_all_lines_before_the_bug_hold_and_what_follows_from_it_is_wrong_too(bug: type[Program]) -> None:
    wrong, right = bug().receipt()["lines"], true_program(bug).receipt()["lines"]
    first = next(i for i, (ours, theirs) in enumerate(zip(wrong, right, strict=True)) if ours != theirs)
    assert verify(bug().receipt()).line == first + 1


def true_program(bug: type[Program]) -> Program:
    """The program that had the bug."""
    program = Program()
    program.loss_type = bug.loss_type
    return program


def test_a_bug_that_names_its_own_factors_is_caught_by_their_names() -> None:
    record = wrong_steps.WeightsTransposed().receipt()
    for line in record["lines"]:
        if line["law"].startswith("Law 2"):
            line["terms"] = [[upstream, transposed(w)] for upstream, w in line["terms"]]
    verdict = verify(record)
    assert verdict.ref == "tanh_1.output.grad[0,0]"
    assert verdict.message == (
        f"line {verdict.line}, tanh_1.output.grad[0,0]: term 2 must be fc_2.output.grad[0,1] · fc_2.w[0,1], "
        "got fc_2.output.grad[0,1] · fc_2.w[1,0]."
    )


def transposed(ref: str) -> str:
    """The ref of the entry mirrored at the diagonal."""
    owner, _, index = ref.rstrip("]").partition("[")
    return f"{owner}[{','.join(reversed(index.split(',')))}]"
