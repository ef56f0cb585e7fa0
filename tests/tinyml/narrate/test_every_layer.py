"""Each step of random networks, also those on images, has a sentence, and its terms sum to the recorded numbers."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.documents_at_random import KINDS
from tests.support.layer_cases import Case
from tests.support.networks import LOSSES
from tests.support.networks_at_random import networks
from tests.support.recorded import record
from tests.tinyml.layers.cases import ROWS
from tinyml.explain import explain
from tinyml.expression import evaluate
from tinyml.narrate import narrate, worded
from tinyml.narrate.sums import terms_of
from tinyml.optims import AdamOptimizer, Optimizer, RMSPropOptimizer, SGDOptimizer
from tinyml.steps import Place, count, locate, ref_of

OPTIMIZERS: list[Optimizer] = [
    SGDOptimizer(0.1),
    SGDOptimizer(0.1, 0.9, nesterov=True, weight_decay=0.1),
    RMSPropOptimizer(),
    AdamOptimizer(),
]


@settings(max_examples=40)
@given(networks(), st.sampled_from(sorted(LOSSES)), st.sampled_from(OPTIMIZERS), st.data())
def test_the_terms_of_any_number_add_up_to_the_recorded_value(
    cases: list[Case], loss: str, optimizer: Optimizer, data: st.DataObject
) -> None:
    recorded = record(cases, LOSSES[loss], optimizer)
    sample = data.draw(st.integers(0, len(recorded.x) - 1))
    for stage in recorded.stages:
        node = data.draw(st.integers(0, stage.nodes - 1))
        for results in stage.results:
            ref = ref_of(results, node, data.draw(st.integers(0, results.each - 1)), sample)
            if ref is None or not results.terms:
                continue
            found = terms_of(recorded, ref, results.terms)
            assert found is not None
            assert 0 < len(found.terms) <= results.terms
            size = max(abs(term.value) for term in found.terms)
            assert found.value == explain(recorded, ref).value
            if found.around is None:
                assert found.running[-1] == found.value
            else:
                assert math.isclose(evaluate(found.around), found.value, rel_tol=1e-9, abs_tol=1e-12 * size), ref


@settings(max_examples=40)
@given(networks(), st.sampled_from(["pass", "layer", "node", "term"]), st.data())
def test_any_step_of_any_network_is_narrated(cases: list[Case], by: str, data: st.DataObject) -> None:
    recorded = record(cases)
    grain = next(grain for grain in ("pass", "layer", "node", "term") if grain == by)
    number = data.draw(st.integers(0, count(recorded.stages, grain) - 1))  # type: ignore[arg-type]
    step = narrate(recorded, grain, number, data.draw(st.integers(0, len(recorded.x) - 1)))  # type: ignore[arg-type]
    assert worded(step.title)
    assert worded(step.sentence).endswith(".")
    for ref in step.refs:
        assert explain(recorded, ref).ref == ref
    if step.term is not None:
        assert step.term.index < step.term.count
        for factor in step.term.factors:
            assert explain(recorded, factor).ref == factor


CONV = Case(
    "Conv2D", {"input_dim": (1, 3, 3), "n_filter": 1, "h_filter": 2, "w_filter": 2, "stride": 1, "padding": 1},
    (1, 1, 3, 3),
)  # fmt: skip
POOL = Case("MaxPool2D", {"input_dim": (1, 2, 2), "size": (2, 2), "stride": 1}, (1, 1, 2, 2))
BATCH_NORM = Case("BatchNorm", {"features": 2}, (3, 2))


# Cases with long sums; of every other layer, its first case.
LONG = [
    Case("Linear", {"input_dim": 3, "output_dim": 2}, (4, 3)),
    Case("Conv1D", {"input_dim": (2, 6), "n_filter": 2, "w_filter": 3}, (2, 2, 6)),
    Case("Conv2D", {**CONV.arguments, "input_dim": (2, 4, 4), "n_filter": 2}, (2, 2, 4, 4)),
    Case("Deconv2D", {"input_dim": (2, 3, 3), "n_filters": 2, "h_filter": 3, "w_filter": 2, "stride": 1}, (2, 2, 3, 3)),
    Case("AvgPool2D", {"input_dim": (1, 4, 4), "size": (2, 2), "stride": 1}, (2, 1, 4, 4)),
    Case("MaxPool2D", {"input_dim": (1, 4, 4), "size": (3, 2), "stride": 1}, (2, 1, 4, 4)),
    Case("Softmax", {"axis": 1}, (2, 3, 2)),
    Case("BatchNorm", {"features": 2}, (3, 2, 2, 2)),
    Case("LayerNorm", {"input_dim": (2, 3)}, (3, 2, 3)),
    Case("Dropout", {"probability": 0.5}, (2, 3)),
    Case("Flatten", {}, (2, 3, 2)),
    Case("GELU", {}, (2, 3)),
]
EVERY_SUM = [*LONG, *(ROWS[kind].cases[0] for kind in KINDS if kind not in {case.kind for case in LONG})]


@pytest.mark.parametrize("case", EVERY_SUM, ids=lambda case: case.kind)
def test_the_numbers_with_the_most_terms_have_as_many_as_their_stage_counts(case: Case) -> None:
    recorded = record([case])
    for stage in recorded.stages:
        for results in stage.results:
            if not results.terms:
                continue
            refs = [ref_of(results, node, entry, 0) for node in range(stage.nodes) for entry in range(results.each)]
            found = [terms_of(recorded, ref, results.terms) for ref in refs if ref is not None]
            counted = {len(one.terms) for one in found if one is not None}
            # Only a weight that meets the padding at some position has fewer terms than there are positions.
            meets = bool(case.arguments.get("padding")) and results.name.endswith(".w.grad")
            most = max(counted) if meets else results.terms
            assert max(counted) == most <= results.terms, results.name


def place_of(cases: list[Case], computes: str, node: int) -> Place:
    recorded = record(cases)
    number = 0
    while (place := locate(recorded.stages, "node", number)).stage.computes != computes or place.node != node:
        number += 1
    return place


def test_at_the_border_of_an_image_the_last_terms_are_idle() -> None:
    recorded = record([CONV])
    corner = place_of([CONV], "output", 0)
    steps = [narrate(recorded, "term", corner.before + term) for term in range(5)]
    # One of the four taps is on the image, the others on the padding; then there is the bias.
    assert [step.term is None for step in steps] == [False, False, True, True, True]
    assert worded(steps[1].sentence).startswith("Term 2 of 2: b")
    assert worded(steps[4].sentence) == (
        "Nothing more flows into ŷ₁₁₁: its 2 terms are complete. Other numbers of this layer have more."
    )
    inside = place_of([CONV], "output", 5)
    assert all(narrate(recorded, "term", inside.before + term).term for term in range(5))


def test_a_window_is_walked_through_to_its_largest() -> None:
    recorded = record([POOL])
    steps = [narrate(recorded, "term", term) for term in range(4)]
    values = recorded.x.flatten().tolist()
    running = [step.term.running for step in steps if step.term]
    assert running == [max(values[: i + 1]) for i in range(4)]
    assert running[-1] == recorded.output.item()
    assert "; the largest so far is " in worded(steps[1].sentence)
    assert "; the largest of all 4 is ŷ₁₁₁ = " in worded(steps[3].sentence)


def test_a_normalization_gathers_its_mean_sample_by_sample() -> None:
    recorded = record([BATCH_NORM])
    steps = [narrate(recorded, "term", term) for term in range(3)]
    assert [step.term.sample for step in steps if step.term] == [0, 1, 2]
    assert worded(steps[1].sentence).startswith("Sample 2 of 3: ")
    assert steps[0].refs == ("batchnorm_0.mean[0]",)
    assert worded(narrate(recorded, "node", 0).title).startswith("Layer batchnorm_0: μ")
