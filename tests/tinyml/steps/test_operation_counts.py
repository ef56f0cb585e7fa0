"""The counts of each layer match its computation: which numbers a node computes, and from how many terms."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.networks_at_random import networks
from tests.support.reaching import reaches
from tests.support.recorded import record
from tinyml.core import ravel_index, unravel_index
from tinyml.explain import explain
from tinyml.explain.losses.rounding import is_from_scores
from tinyml.layers.windows import Windows
from tinyml.losses import Loss, binary_cross_entropy, half_squared_error
from tinyml.narrate.sums import leaves
from tinyml.optims import AdamOptimizer, Optimizer, SGDOptimizer
from tinyml.steps import Stage
from tinyml.trace import Trace


def arrays(recorded: Trace) -> dict[str, Any]:
    """Every computed array of a training step, by the name of its refs."""
    named: dict[str, Any] = {
        "loss": np.asarray(recorded.loss.value),
        "x.grad": recorded.layers[0].input_gradient,
    }
    if recorded.loss.p is not None:
        named["loss.p"] = recorded.loss.p
    for layer in recorded.layers:
        name = layer.layer.name
        named |= {f"{name}.output": layer.output, f"{name}.output.grad": layer.output_gradient}
        named |= {f"{name}.{part}": kept for part, kept in layer.saved.items()}
        for parameter, kept in layer.parameters.items():
            named |= {f"{name}.{parameter}.grad": kept.gradient, f"{name}.{parameter}.next": kept.next}
    return named


@given(networks(), st.sampled_from([half_squared_error, binary_cross_entropy]))
def test_the_nodes_of_all_stages_compute_every_number_once(cases: list[Case], loss: Loss) -> None:
    recorded = record(cases, loss)
    found: dict[str, list[str]] = {}
    for stage in recorded.stages:
        for sample in range(len(recorded.x)):
            for node in range(stage.nodes):
                for ref in stage.refs(node, sample):
                    found.setdefault(ref.partition("[")[0], []).append(ref)
    expected = arrays(recorded)
    assert found.keys() == expected.keys()
    for name, array in expected.items():
        refs = [f"{name}[{','.join(map(str, index))}]" if index else name for index in np.ndindex(array.shape)]
        times = 1 if sampled(recorded.stages, name) else len(recorded.x)
        assert sorted(found[name]) == sorted(refs * times), name


def sampled(stages: tuple[Stage, ...], name: str) -> bool:
    return next(results.sampled for stage in stages for results in stage.results if results.name == name)


@given(networks())
def test_the_node_of_a_number_is_the_one_that_computes_it(cases: list[Case]) -> None:
    for stage in record(cases).stages:
        for results in stage.results:
            for node in range(stage.nodes):
                for entry in range(results.each):
                    place = results.place(node, entry)
                    assert place is None or results.node(place) == node


LINEAR = Case("Linear", {"input_dim": 3, "output_dim": 2}, (4, 3))
CONV = Case("Conv2D", {"n_filter": 2, "h_filter": 3, "w_filter": 2, "stride": 1, "padding": 0}, (3, 2, 6, 5))
PADDED = CONV._replace(arguments={**CONV.arguments, "padding": 1})
STRIDED = CONV._replace(arguments={**CONV.arguments, "stride": 2}, shape=(2, 2, 7, 6))
SEQUENCE = Case("Conv1D", {"n_filter": 2, "w_filter": 3, "stride": 1, "padding": 0}, (3, 2, 6))
ALONG = SEQUENCE._replace(arguments={**SEQUENCE.arguments, "stride": 2, "padding": 1})
DECONV = Case(
    "Deconv2D", {"n_filters": 2, "h_filter": 3, "w_filter": 2, "stride": 2, "dilation": 1, "padding": 0}, (2, 3, 4, 4)
)
DILATED = DECONV._replace(arguments={**DECONV.arguments, "stride": 1, "dilation": 2})
CUT = DECONV._replace(arguments={**DECONV.arguments, "padding": 1})


@pytest.mark.parametrize(
    "case", [LINEAR, CONV, PADDED, STRIDED, SEQUENCE, ALONG, DECONV, DILATED, CUT], ids=lambda case: case.name
)
def test_a_sum_of_products_has_as_many_terms_as_ones_add_up_to(case: Case) -> None:
    """If every input, weight and upstream gradient is 1, each sum equals the number of its terms."""
    if case.kind != "Linear":
        case = case._replace(arguments={"input_dim": case.shape[1:], **case.arguments})
    layer, shape, batch = case.layer(), case.shape[1:], case.shape[0]
    for parameter in layer.parameters().values():
        parameter.tensor = np.ones(parameter.tensor.shape)
    output = layer.forward(np.ones(case.shape))
    input_gradient = layer.backward(np.ones(output.shape))
    (forward,) = layer.forward_counts(shape, batch)
    learning, returning = layer.backward_counts(shape, batch)
    assert forward.terms == output.max()
    assert returning.terms == input_gradient.max()
    for results, parameter in zip(learning.results, layer.parameters().values(), strict=True):
        # A weight that meets the padding somewhere has fewer terms than positions: the remaining ones are idle.
        meets_padding = results.name == "w.grad" and case.arguments.get("padding")
        most = np.max(parameter.gradient)
        assert most <= results.terms if meets_padding else most == results.terms, results.name


@pytest.mark.parametrize("kind", ["MaxPool2D", "AvgPool2D"])
@pytest.mark.parametrize(
    ("shape", "size", "stride", "over"),
    [((2, 8, 6), (2, 2), 2, 1), ((2, 7, 6), (3, 2), 1, 6), ((2, 7, 7), (3, 3), 2, 4)],
)
def test_a_pool_looks_at_its_whole_window_and_a_pixel_at_all_windows_over_it(
    kind: str, shape: tuple[int, ...], size: tuple[int, int], stride: int, over: int
) -> None:
    layer = Case(kind, {"input_dim": shape, "size": size, "stride": stride}, (4, *shape)).layer()
    (forward,), (returning,) = layer.forward_counts(shape, 4), layer.backward_counts(shape, 4)
    assert (forward.terms, returning.terms) == (size[0] * size[1], over)


@pytest.mark.parametrize(
    "windows",
    [
        Windows((h, w), stride, padding, dilation)
        for h in (1, 2, 3)
        for w in (1, 4)
        for stride in (1, 2, 3)
        for padding in (0, 1)
        for dilation in (1, 2, 3)
    ],
    ids=str,
)
def test_no_pixel_is_in_more_windows_than_counted_and_some_are_in_all(windows: Windows) -> None:
    shape = (19, 23)
    counts = windows.counts(shape, "here")
    over = np.zeros(shape, int)
    for place in windows.places(shape, *map(range, counts)):
        over[place.pixels] += 1
    assert over.max() == windows.most_over_a_pixel(counts)


def test_a_normalization_gathers_its_mean_and_variance_before_its_outputs() -> None:
    batch_norm = Case("BatchNorm", {"features": 2}, (3, 2, 4, 5)).layer()
    counted = [(counts.computes, counts.nodes, counts.terms) for counts in batch_norm.forward_counts((2, 4, 5), 3)]
    assert counted == [("mean", 2, 60), ("variance", 2, 60), ("output", 40, 3)]
    batch_norm.training = False  # the running numbers exist already
    assert [counts.computes for counts in batch_norm.forward_counts((2, 4, 5), 3)] == ["output"]
    layer_norm = Case("LayerNorm", {"input_dim": (2, 4)}, (3, 2, 4)).layer()
    counted = [(counts.computes, counts.nodes, counts.terms) for counts in layer_norm.forward_counts((2, 4), 3)]
    assert counted == [("mean", 1, 8), ("variance", 1, 8), ("output", 8, 3)]


def test_softmax_shares_along_its_own_axis_only() -> None:
    (counts,) = Case("Softmax", {"axis": 1}, (3, 2, 4)).layer().forward_counts((2, 4), 3)
    assert (counts.nodes, counts.terms) == (8, 2)
    (counts,) = Case("Softmax", {"axis": 0}, (3, 2, 4)).layer().forward_counts((2, 4), 3)
    assert (counts.nodes, counts.terms) == (8, 3)


def test_places_in_a_row_and_indices_are_each_others_inverse() -> None:
    shape = (2, 3, 4)
    assert [unravel_index(place, shape) for place in range(24)] == list(np.ndindex(shape))
    assert [ravel_index(index, shape) for index in np.ndindex(shape)] == list(range(24))
    assert (ravel_index((), ()), unravel_index(0, ())) == (0, ())


@pytest.mark.slow
@settings(max_examples=60)
@given(
    networks(),
    st.sampled_from([SGDOptimizer(0.1), AdamOptimizer()]),
    st.sampled_from([half_squared_error, binary_cross_entropy]),
)
def test_a_stage_reads_the_values_that_its_formulas_are_made_of(
    cases: list[Case], optimizer: Optimizer, loss: Loss
) -> None:
    recorded = record(cases, loss, optimizer)
    before, own = "x", dict[str, set[str]]()
    for layer in recorded.layers:
        name = layer.layer.name
        own[name] = {before, *(f"{name}.{parameter}" for parameter in layer.parameters)}
        before = f"{name}.output"
    own["loss"] = {before, "loss.p", "y"}
    compared = 0
    for stage in recorded.stages:
        refs = [ref for node in range(stage.nodes) for ref in stage.refs(node, 0)]
        explanations = [explain(recorded, ref) for ref in refs]
        if any(is_from_scores(one.law) for one in explanations):
            continue
        formulas = [one.expression for one in explanations]
        made_of = {leaf.ref.partition("[")[0] for formula in formulas for leaf in leaves(formula)}
        computed = {results.name for results in stage.results}
        expected = {name for name in made_of & own.get(stage.layer, set()) if f"{name}.grad" not in computed}
        assert set(stage.reads) == expected, stage
        compared += bool(expected)
    reaches(0.8, "stages that read the values of their own layer", compared > 1)
