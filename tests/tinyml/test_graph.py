"""The picture of a network: the chapter's nodes and edges with the trace's numbers."""

import numpy as np
import pytest
from hypothesis import given

from tests.support.networks import Document, build, documents
from tests.support.reaching import reaches
from tests.tinyml.test_trace import CHAPTER
from tinyml.explain import explain
from tinyml.graph import count_edges, graph, products


def test_the_chapters_network_has_the_chapters_nodes() -> None:
    nodes = graph(build(CHAPTER).trace()).nodes
    assert [(node.id, node.role, node.layer, node.index) for node in nodes] == [
        ("x_0", "bias", 0, None),
        ("x_1", "input", 0, 0),
        ("x_2", "input", 0, 1),
        ("ŷ_1", "output", 1, 0),
        ("ŷ_2", "output", 1, 1),
    ]


def test_an_edge_carries_weight_gradient_update_and_product() -> None:
    edges = {edge.id: edge for edge in graph(build(CHAPTER).trace()).edges}
    assert edges.keys() == {f"fc_1.w[{j},{k}]" for j in (0, 1) for k in (0, 1)} | {"fc_1.b[0]", "fc_1.b[1]"}
    edge = edges["fc_1.w[0,1]"]
    assert (edge.source, edge.target, edge.label) == ("x_1", "ŷ_2", "w_12^(1)")
    np.testing.assert_allclose([edge.weight, edge.gradient, edge.next, edge.product], [0.2, -0.037, 0.2185, 0.02])


@pytest.mark.slow
@given(documents())
def test_every_number_of_the_picture_is_the_one_that_its_ref_explains(document: Document) -> None:
    recorded = build(document).trace()
    for sample in range(len(recorded.x)):
        picture = graph(recorded, sample)
        for node in picture.nodes:
            for part in filter(None, (node, node.pre)):
                assert explain(recorded, part.ref).value == part.value
                assert explain(recorded, part.ref.replace("[", ".grad[")).value == part.gradient
        for edge in picture.edges:
            if edge.ref:
                assert explain(recorded, edge.ref).value == edge.weight
                assert explain(recorded, edge.ref.replace("[", ".grad[")).value == edge.gradient
                assert explain(recorded, edge.ref.replace("[", ".next[")).value == edge.next


@given(documents())
def test_ids_are_unique_and_edges_join_nodes_of_neighbouring_columns(document: Document) -> None:
    picture = graph(build(document).trace())
    columns = {node.id: node.layer for node in picture.nodes}
    assert len(columns) == len(picture.nodes)
    assert len({edge.id for edge in picture.edges}) == len(picture.edges)
    assert all(columns[edge.target] == columns[edge.source] + 1 for edge in picture.edges)


@given(documents())
def test_products_into_a_unit_add_up_to_its_value_before_activation(document: Document) -> None:
    picture = graph(build(document).trace())
    for node in picture.nodes:
        products = [edge.product for edge in picture.edges if edge.target == node.id and edge.product is not None]
        if products:
            np.testing.assert_allclose(sum(products), (node.pre or node).value, rtol=1e-12, atol=1e-12)


@given(documents())
def test_the_products_of_a_sample_are_those_of_its_edges(document: Document) -> None:
    recorded = build(document).trace()
    layers = [layer for layer in recorded.layers if layer.layer.connects]
    reaches(0.1, "several samples go through a layer with weights", len(layers) > 0 and len(recorded.x) > 1)
    reaches(0.02, "a layer with weights takes hidden units", len(layers) > 1)
    for sample in range(len(recorded.x)):
        found = products(recorded, sample)
        entries = {
            f"{name}[{','.join(map(str, index))}]": float(value)
            for name, array in found.items()
            for index, value in np.ndenumerate(array)
        }
        edges = [edge for edge in graph(recorded, sample).edges if edge.ref is not None]
        # The products of a unit's sum, as its formula has them.
        assert entries == {edge.ref: edge.product for edge in edges}
        columns = {node.id: node.value for node in graph(recorded, sample).nodes}
        assert all(edge.product == (edge.weight or 0) * columns[edge.source] for edge in edges)


@given(documents())
def test_edges_are_counted_without_making_them(document: Document) -> None:
    recorded = build(document).trace()
    assert count_edges(recorded) == len(graph(recorded).edges)
