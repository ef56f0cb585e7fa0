"""A layer's descriptor agrees with its passes."""

from collections.abc import Iterator

import numpy as np
import pytest

from tests.support.layer_cases import Array, Case
from tests.tinyml.layers.cases import ROWS
from tinyml.layers import Layer
from tinyml.layers.descriptor import Axes, Window

Index = tuple[int, ...]
# In training, Dropout draws another mask in each pass.
CASES = [
    case
    for kind, row in ROWS.items()
    for case in row.cases
    if kind != "MaxUnpool2D" and not case.ties and not (kind == "Dropout" and case.training)
]


def reaches(layer: Layer, input_shape: Index, output_shape: Index, here: Index, there: Index) -> bool:
    """Whether the descriptor states that the output `there` of a sample is computed from the input `here`."""
    found = layer.descriptor(layer.parameters())
    match found.connects:
        case "place":
            return int(np.ravel_multi_index(here, input_shape)) == int(np.ravel_multi_index(there, output_shape))
        case "axis":
            return all(i == j for axis, (i, j) in enumerate(zip(here, there, strict=True)) if axis != found.axis)
        case "channel":
            return here[0] == there[0]
        case "window":
            assert found.window is not None
            return (found.window.across or here[0] == there[0]) and meets(found.window, here[1:], there[1:])
    return True


def meets(window: Window, here: Index, there: Index) -> bool:
    """Whether an input is in the window of an output, or the reverse for a transposed layer."""
    pixel, place = (there, here) if window.transposed else (here, there)
    return all(
        any(place[axis] * window.stride - window.padding + i * window.dilation == pixel[axis] for i in range(size))
        for axis, size in enumerate(window.size)
    )


def changes(layer: Layer, x: Array) -> Iterator[tuple[Index, Array]]:
    """Each input of the first sample with the outputs of that sample that change with it."""
    before = np.array(layer.forward(x))[0]
    for here in np.ndindex(x.shape[1:]):
        changed = np.zeros(before.shape, dtype=bool)
        for by in (0.37, -0.41, 50.0):
            moved = x.copy()
            moved[(0, *here)] += by
            changed |= ~np.isclose(np.array(layer.forward(moved))[0], before, rtol=1e-12, atol=1e-14)
        yield here, changed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_output_depends_on_the_inputs_that_it_is_connected_to_and_no_others(case: Case) -> None:
    layer, x = case.layer(), case.x()
    shape = layer.output_shape(x.shape[1:])
    connected = {}
    for here, changed in changes(layer, x):
        for there in np.ndindex(shape):
            connected[here, there] = reaches(layer, x.shape[1:], shape, here, there)
            assert connected[here, there] or not changed[there], (here, there)
            if connected[here, there] and case.kind not in ("ReLu", "MaxPool2D"):
                assert changed[there], (here, there)
    if layer.elementwise:
        assert all(
            sum(found for (_, there), found in connected.items() if there == one) == 1 for one in np.ndindex(shape)
        )


def test_the_axes_of_parameters_are_those_of_units_and_inputs() -> None:
    made = {kind: row.cases[0].layer() for kind, row in ROWS.items()}
    found = {kind: layer.descriptor(layer.parameters()).axes for kind, layer in made.items()}
    assert found["Linear"] == {"w": Axes(1, 0), "b": Axes(0, None)}
    assert found["Conv2D"] == {"w": Axes(0, 1), "b": Axes(0, None)}
    assert found["Deconv2D"] == {"w": Axes(1, 0), "b": Axes(0, None)}
    assert found["ReLu"] == {}
