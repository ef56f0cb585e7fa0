"""Term by term, the numbers of a step are the engine's: products of recorded numbers, and sums that equal them."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import Document, build, documents
from tests.support.reaching import reaches
from tinyml.explain import explain
from tinyml.expression import Expression, Leaf, Operation, evaluate
from tinyml.narrate import Step, narrate, narrate_from, worded
from tinyml.narrate.sums import terms_of
from tinyml.steps import Grain, count, locate, steps_done
from tinyml.trace import Trace

GRAINS: tuple[Grain, ...] = ("pass", "layer", "node", "term")


def terms(recorded: Trace, sample: int) -> list[Step]:
    return list(narrate_from(recorded, "term", 0, count(recorded.stages, "term"), sample))


def close(found: float, expected: float, size: float) -> bool:
    return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12 * size)


@settings(max_examples=25)
@given(documents(), st.data())
def test_the_running_sum_grows_by_each_term_and_ends_at_the_recorded_number(
    document: Document, data: st.DataObject
) -> None:
    recorded = build(document).trace()
    sample = data.draw(st.integers(0, len(recorded.x) - 1))
    before, size = 0.0, 0.0
    for step in terms(recorded, sample):
        assert step.term is not None
        before, size = (0.0, 0.0) if step.term.index == 0 else (before, size)
        size = max(size, abs(step.term.value), 1e-300)
        assert close(step.term.running, before + step.term.value, size), step
        before = step.term.running
        if step.term.index < step.term.count - 1:
            continue
        (ref,) = step.refs
        found = terms_of(recorded, ref, step.term.count)
        assert found is not None
        assert found.running[-1] == before
        if found.around is None:
            assert before == explain(recorded, ref).value
        else:
            assert evaluate(found.around) == pytest.approx(explain(recorded, ref).value, rel=1e-9, abs=1e-12 * size)


@pytest.mark.slow
@settings(max_examples=25)
@given(documents(), st.data())
def test_a_product_is_that_of_its_two_recorded_factors(document: Document, data: st.DataObject) -> None:
    recorded = build(document).trace()
    for step in terms(recorded, data.draw(st.integers(0, len(recorded.x) - 1))):
        assert step.term is not None
        term = formula_of(recorded, step)
        match term:
            case Operation("product", (Leaf() as one, Leaf() as other)):
                assert step.term.factors in ((one.ref, other.ref), (one.ref,))  # a number may be squared
                assert step.term.value == explain(recorded, one.ref).value * explain(recorded, other.ref).value
            case _:
                assert close(step.term.value, evaluate(term), abs(term.value))


def formula_of(recorded: Trace, step: Step) -> Expression:
    assert step.term is not None
    found = terms_of(recorded, step.refs[0], step.term.count)
    assert found is not None
    return found.terms[step.term.index]


@settings(max_examples=25)
@given(documents())
def test_a_linear_layer_has_as_many_terms_as_its_formula_has_products(document: Document) -> None:
    recorded = build(document).trace()
    linear = {layer["name"] for layer in document["layers"] if layer["type"] == "Linear"}
    reaches(0.5, "a linear layer", bool(linear))
    for step in terms(recorded, 0):
        if step.layer in linear and step.computes != "next":
            formula = explain(recorded, step.refs[0]).expression
            several = isinstance(formula, Operation) and formula.op == "sum"
            assert step.term is not None
            assert step.term.count == (len(formula.args) if isinstance(formula, Operation) and several else 1)


@settings(max_examples=25)
@given(documents(), st.data())
def test_the_terms_of_a_parameters_gradient_go_through_the_batch(document: Document, data: st.DataObject) -> None:
    if data.draw(st.booleans()):  # by itself the generator draws few batches with parameters
        document |= {name: [*document[name], *document[name]] for name in ("x", "y") if name in document}
    recorded = build(document).trace()
    batch = len(recorded.x)
    steps = terms(recorded, data.draw(st.integers(0, batch - 1)))
    samples = [step.term.sample for step in steps if step.term and step.computes == "parameter_gradients"]
    reaches(0.2, "several samples and a parameter", batch > 1 and bool(samples))
    assert samples == ([None] * len(samples) if batch == 1 else list(range(batch)) * (len(samples) // batch))


@settings(max_examples=25)
@given(documents(), st.sampled_from(GRAINS), st.data())
def test_any_single_step_equals_the_one_in_the_list(document: Document, by: Grain, data: st.DataObject) -> None:
    recorded = build(document).trace()
    every = list(narrate_from(recorded, by, 0, 10**9))
    number = data.draw(st.integers(0, len(every) - 1))
    step = narrate(recorded, by, number)
    assert step == every[number]
    place = locate(recorded.stages, by, number)
    assert (step.number, step.start, step.cursor, step.phase) == (number, place.before, place.after, place.stage.phase)
    assert steps_done(recorded.stages, by, step.start) == number
    assert list(narrate_from(recorded, by, number, 2)) == every[number : number + 2]
    assert list(narrate_from(recorded, by, len(every), 2)) == []


@settings(max_examples=25)
@given(documents())
def test_every_step_has_a_title_and_a_whole_sentence(document: Document) -> None:
    recorded = build(document).trace()
    for by in GRAINS:
        titles = set()
        for step in narrate_from(recorded, by, 0, 10**9):
            title, sentence = worded(step.title), worded(step.sentence)
            assert sentence.endswith(".")
            text = f"{title} {sentence}"
            for layer in document["layers"]:
                text = text.replace(layer["name"], "")
            # No symbol keeps the notation that only the page can typeset, and no placeholder remains.
            assert not re.search(r"_\d|(?!e\^)\w\^\(\d+\)|\^\[\d|\.\.|None", text), text
            titles.add((step.phase, title))
        assert len(titles) == count(recorded.stages, by)


@pytest.mark.slow
@given(documents())
def test_the_numbers_computed_by_nodes_are_named_by_their_refs(document: Document) -> None:
    recorded = build(document).trace()
    for step in narrate_from(recorded, "node", 0, 10**9):
        assert len(step.refs) == step.computed
        for ref in step.refs:
            assert explain(recorded, ref).ref == ref
