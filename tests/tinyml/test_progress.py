"""The known numbers at a cursor: they increase with it, in the order of the passes, node by node."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.reaching import reaches
from tests.support.recorded import record, traces
from tinyml.explain.tensors import explained_tensors
from tinyml.optims import AdamOptimizer
from tinyml.progress import Progress
from tinyml.steps import Stage, end_of, move, total
from tinyml.tensors import tensors
from tinyml.trace import Trace


def refs(recorded: Trace) -> list[str]:
    return [
        family.ref(tuple(size - 1 for size in family.values.shape) if corner else (0,) * family.values.ndim)
        for family in explained_tensors(recorded)
        for corner in (False, True)
    ]


@given(traces(), st.data())
def test_what_is_known_stays_known(recorded: Trace, data: st.DataObject) -> None:
    end = total(recorded.stages)
    within = st.sets(st.integers(1, end - 1), min_size=2, max_size=2)
    anywhere = st.tuples(*[st.integers(0, end)] * 2)
    earlier, later = sorted(data.draw(within if data.draw(st.sampled_from([True, True, False])) else anywhere))
    before, after = Progress(recorded.stages, earlier), Progress(recorded.stages, later)
    reaches(0.5, "both within the training step", 0 < earlier < later < end)
    for ref in refs(recorded):
        assert after.knows(ref) or not before.knows(ref), ref


@pytest.mark.slow
@given(traces())
def test_each_pass_brings_its_numbers_and_no_others(recorded: Trace) -> None:
    plan = recorded.stages
    known = {
        phase: {ref for ref in refs(recorded) if Progress(plan, end_of(plan, phase)).knows(ref)}
        for phase in ("ready", "forward", "loss", "backward")
    }
    everything = set(refs(recorded))
    probabilities = {ref for ref in everything if ref.startswith("loss.p[")}
    for phase, later in (("ready", ("grad", ".next", ".output")), ("forward", ("grad", ".next"))):
        assert not any(part in ref for ref in known[phase] for part in later)
        assert known[phase].isdisjoint({"loss", "loss.penalty", "loss.objective"} | probabilities)
    penalized = {"loss.penalty", "loss.objective"} if recorded.objective else set()
    assert known["loss"] - known["forward"] == {"loss", "loss.grad"} | penalized | probabilities
    assert everything - known["backward"] == {ref for ref in everything if ".next" in ref}
    assert all(Progress(plan, total(plan)).knows(ref) for ref in everything)


@given(traces(), st.data())
def test_a_number_is_known_once_its_node_is_done(recorded: Trace, data: st.DataObject) -> None:
    stage: Stage = data.draw(st.sampled_from(recorded.stages))
    node = data.draw(st.integers(0, stage.nodes - 1))
    end = stage.start + (node + 1) * stage.terms
    sample = data.draw(st.integers(0, len(recorded.x) - 1))
    for ref in stage.refs(node, sample):
        assert Progress(recorded.stages, end).knows(ref), ref
        assert not Progress(recorded.stages, end - 1).knows(ref), ref


@given(traces(), st.data())
def test_the_known_entries_of_an_array_are_those_whose_refs_are_known(recorded: Trace, data: st.DataObject) -> None:
    progress = Progress(recorded.stages, data.draw(st.integers(0, total(recorded.stages) - 1)))
    partly = False
    for family in explained_tensors(recorded):
        name = family.ref(())
        known = progress.known(name)
        if known is None:
            continue
        entries: Any = known.entries(family.values)
        assert entries.shape == family.values.shape
        for index in np.ndindex(family.values.shape):
            assert entries[index] == progress.knows(family.ref(index)) == known.holds(index), family.ref(index)
        partly |= 0 < np.count_nonzero(entries) < entries.size
    reaches(0.3, "an array that is partly known", partly)


@given(traces(), st.data())
def test_the_known_entries_of_a_tensor_are_those_whose_refs_are_known(recorded: Trace, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, total(recorded.stages)))
    progress, partly = Progress(recorded.stages, cursor), False
    for name, tensor in tensors(recorded).items():
        known, shape = progress.tensor(name), tensor.values.shape
        entries = np.ones(shape, dtype=bool) if known is None else known.entries(tensor.values)
        assert entries.shape == shape
        for index in np.ndindex(shape):
            assert entries[index] == progress.knows(f"{name}[{','.join(map(str, index))}]"), (name, index)
        if cursor == total(recorded.stages):
            assert known is None, name
        partly |= 0 < np.count_nonzero(entries) < entries.size
    reaches(0.3, "a tensor that is partly known", partly)


CONV = Case(
    "Conv2D", {"input_dim": (2, 4, 4), "n_filter": 3, "h_filter": 2, "w_filter": 2, "stride": 1, "padding": 0},
    (2, 2, 4, 4),
)  # fmt: skip
FLATTEN = Case("Flatten", {}, (2, 3, 3, 3))
DECONV = Case(
    "Deconv2D", {"input_dim": (2, 2, 2), "n_filters": 3, "h_filter": 2, "w_filter": 2, "stride": 2}, (1, 2, 2, 2)
)
BATCH_NORM = Case("BatchNorm", {"features": 3}, (4, 3))


def after(recorded: Trace, nodes: int, *, before: str, layer: str) -> Progress:
    """The known numbers when a given number of nodes of a stage is done."""
    plan = recorded.stages
    stage = next(stage for stage in plan if (stage.layer, stage.computes) == (layer, before))
    return Progress(plan, move(plan, stage.start, "node", nodes))


def test_the_outputs_of_an_image_come_row_by_row_in_each_sample() -> None:
    progress = after(record([CONV, FLATTEN]), 5, before="output", layer="conv2d_0")
    assert progress.outputs("conv2d_0") == 5
    assert progress.knows("conv2d_0.output[0,0,1,1]")
    assert progress.knows("conv2d_0.output[1,0,1,1]")
    assert not progress.knows("conv2d_0.output[0,0,1,2]")
    assert not progress.knows("flatten_1.output[0,0]")
    assert progress.knows("flatten_1.input[1,0,1,1]")
    assert not progress.knows("flatten_1.input[1,0,1,2]")


@pytest.mark.parametrize(
    ("case", "known", "unknown"),
    [
        (CONV, ["w.grad[0,1,1,1]", "w.grad[1,0,0,1]", "b.grad[1]"], ["w.grad[2,0,0,0]", "b.grad[2]"]),
        (DECONV, ["w.grad[1,1,0,1]", "w.grad[0,0,1,1]", "b.grad[1]"], ["w.grad[0,2,0,0]", "b.grad[2]"]),
        (BATCH_NORM, ["gamma.grad[1]", "beta.grad[1]"], ["gamma.grad[2]", "beta.grad[2]"]),
    ],
    ids=lambda value: value.kind if isinstance(value, Case) else "",
)
def test_the_parameters_of_a_filter_or_feature_come_together(case: Case, known: list[str], unknown: list[str]) -> None:
    name = f"{case.kind.lower()}_0"
    progress = after(record([case]), 2, before="parameter_gradients", layer=name)
    assert all(progress.knows(f"{name}.{ref}") for ref in known)
    assert not any(progress.knows(f"{name}.{ref}") for ref in unknown)


def test_a_normalizations_mean_is_known_before_its_outputs() -> None:
    progress = after(record([BATCH_NORM]), 3, before="variance", layer="batchnorm_0")
    assert progress.knows("batchnorm_0.mean[2]")
    assert progress.knows("batchnorm_0.variance[2]")
    assert not progress.knows("batchnorm_0.normalized[0,0]")
    assert not progress.knows("batchnorm_0.output[0,0]")


def test_a_mask_is_drawn_with_the_outputs() -> None:
    dropout = Case("Dropout", {"probability": 0.5}, (2, 3))
    progress = after(record([dropout]), 1, before="output", layer="dropout_0")
    assert progress.knows("dropout_0.mask[1,0]")
    assert not progress.knows("dropout_0.mask[1,1]")


def test_what_the_optimizer_remembers_comes_with_the_update() -> None:
    progress = after(
        record([Case("Linear", {"input_dim": 3, "output_dim": 2}, (2, 3))]), 1, before="next", layer="linear_0"
    )
    assert progress.knows("linear_0.w.next[2,0]")
    assert not progress.knows("linear_0.w.next[2,1]")
    assert progress.known("linear_0.w.next") is not None
    assert progress.known("linear_0.w") is None


def test_a_count_of_updates_comes_with_the_first_number_that_is_updated() -> None:
    linear = Case("Linear", {"input_dim": 3, "output_dim": 3}, (2, 3))
    for nodes in (0, 1, 2):
        progress = after(record([linear], optimizer=AdamOptimizer(0.1)), nodes, before="next", layer="linear_0")
        known = progress.tensor("linear_0.w.count.next")
        assert known is not None
        assert known.entries(np.ones(1)).tolist() == [nodes > 0] == [progress.knows("linear_0.w.count.next[0]")]
        assert progress.knows("linear_0.w.mean.next[0,1]") == (nodes > 1)
