"""A topology states which layer takes whose output."""

import pytest

from tinyml.core import ShapeError
from tinyml.layers import Linear
from tinyml.layers.topology import Topology


def test_in_a_chain_each_layer_takes_the_output_before_it() -> None:
    assert Topology.chain(3).sources == (None, 0, 1)
    assert Topology.chain(3).order == (0, 1, 2)
    assert Topology.chain(0).order == ()


def test_the_layers_run_in_the_order_of_their_sources_wherever_they_are_in_the_list() -> None:
    topology = Topology((2, None, 1))
    assert topology.order == (1, 2, 0)
    assert topology.last == 0
    assert [topology.reader(source) for source in (None, 1, 2, 0)] == [1, 2, 0, None]


def test_shapes_follow_the_sources_and_are_given_in_the_order_of_the_list() -> None:
    layers = [Linear("last", 4, 1), Linear("first", 2, 3), Linear("between", 3, 4)]
    shapes = Topology((2, None, 1)).shapes(layers, (2,))
    assert shapes.inputs == [(4,), (2,), (3,)]
    assert shapes.outputs == [(1,), (3,), (4,)]


def test_an_output_with_two_readers_is_refused() -> None:
    with pytest.raises(ShapeError, match="several layers take the same output"):
        _ = Topology((None, 0, 0)).order


def test_layers_that_depend_on_their_own_outputs_are_refused() -> None:
    with pytest.raises(ShapeError, match="depend on their own outputs"):
        _ = Topology((None, 2, 1)).order
