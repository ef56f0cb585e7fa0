"""The order of a training step: computed by counting, and equal to an enumeration."""

from itertools import pairwise

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.support.networks import Document, build, documents
from tests.support.reaching import reaches
from tests.tinyml.test_trace import CHAPTER
from tinyml.steps import Grain, Stage, across, count, end_of, locate, move, phase_at, stages, steps_done, total

GRAINS: tuple[Grain, ...] = ("pass", "layer", "node", "term")


def plan_of(document: Document) -> tuple[Stage, ...]:
    return build(document).trace().stages


def ends(plan: tuple[Stage, ...], by: Grain) -> list[int]:
    """Every cursor at which a step of the grain ends, by enumeration, after the 0 before the first."""
    found = [0]
    for i, stage in enumerate(plan):
        after = plan[i + 1] if i + 1 < len(plan) else None
        for node in range(stage.nodes):
            for term in range(stage.terms):
                last_term = term == stage.terms - 1
                last_node = last_term and node == stage.nodes - 1
                last_of_layer = last_node and (
                    after is None or (after.phase, after.layer) != (stage.phase, stage.layer)
                )
                last_of_pass = last_node and (after is None or after.phase != stage.phase)
                if {"term": True, "node": last_term, "layer": last_of_layer, "pass": last_of_pass}[by]:
                    found.append(stage.start + node * stage.terms + term + 1)
    return found


def cursors(plan: tuple[Stage, ...], by: Grain) -> st.SearchStrategy[int]:
    """Any cursor of the training step; most often one within a step of the grain, after the first of them."""
    positions = ends(plan, by)
    inside = sorted(set(range(positions[1], total(plan))).difference(positions))
    anywhere = st.integers(0, total(plan))
    return (
        st.integers(0, 2).flatmap(lambda one: anywhere if one == 0 else st.sampled_from(inside)) if inside else anywhere
    )


def counts(most: int) -> st.SearchStrategy[int]:
    """The number of steps to take: mostly one or two, otherwise up to `most`, forward or back."""
    return st.sampled_from([-1, 1, -2, 2, -1, 1]) | st.integers(-most, most)


@given(documents(), st.sampled_from(GRAINS), st.data())
def test_moving_is_stepping_through_the_enumerated_ends(document: Document, by: Grain, data: st.DataObject) -> None:
    plan = plan_of(document)
    positions = ends(plan, by)
    cursor = data.draw(cursors(plan, by))
    count = data.draw(counts(2 * len(positions)))
    if count > 0:
        here = max(i for i, position in enumerate(positions) if position <= cursor)
        expected = positions[min(here + count, len(positions) - 1)]
    elif count < 0:
        here = min(i for i, position in enumerate(positions) if position >= cursor)
        expected = positions[max(here + count, 0)]
    else:
        expected = cursor
    assert move(plan, cursor, by, count) == expected
    if by != "term":  # which has no cursor within a step
        inside = cursor not in positions
        reaches(0.03, "back from within a step, not to the start", inside and count < 0 and expected > 0)
        reaches(0.03, "forward from within a step, not to the end", inside and count > 0 and expected < positions[-1])


@pytest.mark.parametrize(
    ("cursor", "by", "count", "expected"),
    [
        (4, "node", -1, 3),
        (4, "node", -2, 0),
        (4, "node", 1, 6),
        (4, "term", -1, 3),
        (4, "pass", -1, 0),
        (3, "node", -1, 0),
    ],
)
def test_from_within_a_step_one_goes_back_to_its_start(cursor: int, by: Grain, count: int, expected: int) -> None:
    # The chapter's first node ends at 3, its second at 6.
    assert move(plan_of(CHAPTER), cursor, by, count) == expected


@given(documents(), st.sampled_from(GRAINS), st.data())
def test_moving_across_training_steps_is_stepping_through_the_ends_of_all(
    document: Document, by: Grain, data: st.DataObject
) -> None:
    plan = plan_of(document)
    whole = total(plan)
    positions = [step * whole + end for step in range(-5, 6) for end in ends(plan, by)[1:]]
    cursor = data.draw(cursors(plan, by))
    count = data.draw(counts(3 * len(ends(plan, by))))
    if count > 0:
        here = max(i for i, position in enumerate(positions) if position <= cursor)
        expected = positions[here + count]
    else:
        here = min(i for i, position in enumerate(positions) if position >= cursor)
        expected = positions[here + count] if count else cursor
    crossed, there = across(plan, cursor, by, count)
    event(f"crossed: {crossed}")
    reaches(0.2, "across the end of a training step", crossed != 0)
    if by != "term":
        reaches(0.05, "back from within a step", cursor not in ends(plan, by) and count < 0)
    assert crossed * whole + there == expected
    assert 0 < there <= whole or count == 0
    # A billion training steps later the results are the same.
    steps = len(ends(plan, by)) - 1
    if count > 0:
        assert across(plan, cursor, by, count + 10**9 * steps) == (crossed + 10**9, there)
    if count < 0:
        assert across(plan, cursor, by, count - 10**30 * steps) == (crossed - 10**30, there)


@given(documents(), st.sampled_from(GRAINS))
def test_stepping_to_the_end_and_back_visits_the_same_places(document: Document, by: Grain) -> None:
    plan = plan_of(document)
    there, cursor = [0], 0
    while cursor < total(plan):
        cursor = move(plan, cursor, by, 1)
        there.append(cursor)
    back = [cursor]
    while cursor > 0:
        cursor = move(plan, cursor, by, -1)
        back.append(cursor)
    assert there == back[::-1] == ends(plan, by)


@given(documents())
def test_stages_follow_one_another_through_the_passes_in_order(document: Document) -> None:
    plan = plan_of(document)
    assert plan[0].start == 0
    assert all(before.end == after.start for before, after in pairwise(plan))
    reaches(0.3, "an update", plan[-1].phase == "update")
    reaches(0.05, "no update", plan[-1].phase != "update")
    phases = list(dict.fromkeys(stage.phase for stage in plan))
    trained = any(layer["type"] == "Linear" for layer in document["layers"])
    assert phases == ["forward", "loss", "backward", *(["update"] if trained else [])]
    names = [layer["name"] for layer in document["layers"]]
    assert [stage.layer for stage in plan if stage.phase == "forward"] == names
    backward = dict.fromkeys(stage.layer for stage in plan if stage.phase == "backward")
    assert list(backward) == ["loss", *reversed(names)]


@given(documents())
def test_the_phase_is_that_of_the_last_term_done(document: Document) -> None:
    plan = plan_of(document)
    assert phase_at(plan, 0) == "ready"
    for stage in plan:
        assert phase_at(plan, stage.start + 1) == phase_at(plan, stage.end) == stage.phase
        assert end_of(plan, stage.phase) >= stage.end
    assert phase_at(plan, end_of(plan, "forward")) == "forward"


def test_the_chapters_example_takes_its_products_one_by_one() -> None:
    counted = [(stage.phase, stage.layer, stage.computes, stage.nodes, stage.terms) for stage in plan_of(CHAPTER)]
    assert counted == [
        ("forward", "fc_1", "output", 2, 3),
        ("loss", "loss", "loss", 1, 2),
        ("backward", "loss", "loss_gradient", 2, 1),
        ("backward", "fc_1", "parameter_gradients", 2, 3),
        ("backward", "fc_1", "input_gradient", 2, 2),
        ("update", "fc_1", "next", 2, 3),
    ]


def test_a_network_of_a_million_weights_is_counted_not_enumerated() -> None:
    from tinyml.layers import Linear
    from tinyml.losses import mse_loss
    from tinyml.net import Sequential

    layers = [Linear("fc_1", 784, 1024), Linear("fc_2", 1024, 10)]
    plan = stages(layers, Sequential(layers).topology, (784,), 64, mse_loss)
    cursor = move(plan, 0, "term", 10_000_000)
    assert 0 < cursor == 10_000_000 < total(plan)
    place = locate(plan, "term", 10_000_000)
    assert place.node is not None
    assert place.term is not None
    assert place.before == place.stage.start + place.node * place.stage.terms + place.term == cursor
    assert move(plan, cursor, "node", -1) < cursor < move(plan, cursor, "node", 1)


@given(documents(), st.sampled_from(GRAINS))
def test_every_step_is_located_where_enumerating_finds_it(document: Document, by: Grain) -> None:
    plan = plan_of(document)
    positions = ends(plan, by)
    assert count(plan, by) == len(positions) - 1
    for number, (before, after) in enumerate(pairwise(positions)):
        place = locate(plan, by, number)
        assert (place.before, place.after) == (before, after)
        assert (place.stages[0].start, place.stages[-1].end) == (before, after) or by in ("node", "term")
        assert place.stage.start <= before < place.stages[-1].end
        # From the cursor back to the number, at any position in the step.
        assert {steps_done(plan, by, cursor) for cursor in range(before, after)} == {number}
    assert steps_done(plan, by, total(plan)) == count(plan, by)


@given(documents())
def test_a_term_knows_its_node_and_the_number_that_it_belongs_to(document: Document) -> None:
    plan = plan_of(document)
    number = 0
    for stage in plan:
        for node in range(stage.nodes):
            belongs = [
                (results.name, entry, term)
                for results in stage.results
                for entry in range(results.each)
                for term in range(results.terms)
            ]
            assert len(belongs) == stage.terms
            for i, expected in enumerate(belongs):
                place = locate(plan, "term", number)
                assert (place.stage, place.node, place.term) == (stage, node, i)
                results, entry, term = stage.part(i)
                assert (results.name, entry, term) == expected
                number += 1


def test_a_step_out_of_range_is_refused_with_their_number() -> None:
    plan = plan_of(CHAPTER)
    for number in (-1, 11):
        with pytest.raises(IndexError, match=f"no step {number} by node: there are 11, counted from 0"):
            locate(plan, "node", number)
    with pytest.raises(IndexError, match="has 3 terms"):
        plan[0].part(3)
