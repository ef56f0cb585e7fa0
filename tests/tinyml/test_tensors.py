"""The tensors of a training step: exactly those that refs can name, each once."""

import numpy as np
from hypothesis import given

from tests.support.documents_at_random import documents
from tests.support.layer_cases import Case
from tests.support.networks import build
from tests.support.reaching import reaches
from tests.support.recorded import record, traces
from tests.support.ways import bits
from tinyml.explain.tensors import explained_tensors
from tinyml.tensors import tensors
from tinyml.trace import Trace

# Not arrays, or not used by any computation.
NOT_AMONG_THEM = {"loss", "loss.grad", "loss.penalty", "loss.objective", "lr", "y.grad"}


def sources(recorded: Trace) -> dict[str, str]:
    """The tensor that each layer's input is, by the name that its refs have."""
    return {
        f"{layer.layer.name}.input{kind}": f"{source}{kind}"
        for place, layer in enumerate(recorded.layers)
        for source in recorded.inputs(place)
        for kind in ("", ".grad")
    }


# Few random networks have running statistics.
NORMALIZED = documents(kinds=("BatchNorm", "LayerNorm", "Linear"), written=True).map(lambda one: build(one).trace())


@given(traces() | NORMALIZED)
def test_each_family_of_numbers_is_a_tensor_of_its_name(recorded: Trace) -> None:
    found, renamed = tensors(recorded), sources(recorded)
    named = set()
    for family in explained_tensors(recorded):
        if family.name in NOT_AMONG_THEM:
            continue
        tensor = found[renamed.get(family.name, family.name)]
        assert bits(tensor.values) == bits(family.values), family.name
        assert tensor.sampled == (family.axes.split(",")[0] == "n"), family.name
        if tensor.sampled:
            assert len(tensor.values) == len(recorded.x), family.name
        named.add(renamed.get(family.name, family.name))
    assert named == set(found)
    state = any(parameter.state for layer in recorded.layers for parameter in layer.parameters.values())
    reaches(0.03, "the optimizer has state", state)
    reaches(0.02, "running statistics", any(name.endswith(".running_mean") for name in found))
    reaches(0.1, "the loss has probabilities", "loss.p" in found)


@given(traces())
def test_no_array_is_there_twice_and_none_is_moved_by_looking(recorded: Trace) -> None:
    first, again = tensors(recorded), tensors(recorded)
    assert first.keys() == again.keys()
    places = [tensor.values.__array_interface__["data"][0] for tensor in first.values() if tensor.values.size]
    shared = [place for place in places if places.count(place) > 1]
    assert not shared
    for name, tensor in first.items():
        assert bits(tensor.values) == bits(again[name].values), name


def test_a_layer_takes_what_the_one_before_it_gives() -> None:
    recorded = record([Case("Linear", {"input_dim": 3, "output_dim": 2}, (2, 3)), Case("Tanh", {}, (2, 2))])
    assert [recorded.inputs(place) for place in range(2)] == [("x",), ("linear_0.output",)]
    assert list(tensors(recorded)) == [
        "x", "x.grad", "y",
        "linear_0.output", "linear_0.output.grad", "linear_0.one", "linear_0.one.grad",
        "linear_0.w", "linear_0.w.grad", "linear_0.w.next",
        "linear_0.b", "linear_0.b.grad", "linear_0.b.next",
        "tanh_1.output", "tanh_1.output.grad",
    ]  # fmt: skip
    np.testing.assert_array_equal(tensors(recorded)["linear_0.one"].values, [1, 1])
