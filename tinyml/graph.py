"""The graph of a traced network: nodes and weighted edges as the chapter draws them, for one sample.

A unit is a Linear layer's output together with the activations after it: one node, with the output of the last
activation as its value. If the loss computes probabilities p from scores, these are the nodes of one more column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tinyml.core import Array
from tinyml.explain.symbols import Symbols
from tinyml.trace import LayerTrace, Trace

Role = Literal["input", "bias", "hidden", "output", "probability"]


def _of(ref: str, what: str) -> str:
    return ref.replace("[", f".{what}[", 1)


class Quantity(NamedTuple):
    """A number with its symbol, gradient and ref."""

    label: str
    value: float
    gradient: float
    ref: str

    @property
    def gradient_ref(self) -> str:
        """The ref of the gradient."""
        return _of(self.ref, "grad")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `layer` is its column, counted from 0 for the inputs, and `index` its position there (None for a bias).

    `pre` is z, the unit's value before its activation; None for a unit without activation.
    """

    id: str
    role: Role
    label: str
    layer: int
    index: int | None
    value: float
    gradient: float
    ref: str
    pre: Quantity | None

    @property
    def gradient_ref(self) -> str:
        """The ref of the gradient."""
        return _of(self.ref, "grad")


class Edge(NamedTuple):
    """A weight (or bias) between two nodes, with the product w · x that it carries.

    `target_ref` names the sum that contains the product: z if the target has an activation. For an edge without a
    weight, into an activation or the loss, all fields except the two ends are None.
    """

    id: str
    source: str
    target: str
    ref: str | None
    label: str | None
    weight: float | None
    gradient: float | None
    next: float | None
    product: float | None
    target_ref: str

    @property
    def gradient_ref(self) -> str | None:
        """The ref of the weight's gradient."""
        return None if self.ref is None else _of(self.ref, "grad")

    @property
    def next_ref(self) -> str | None:
        """The ref of the updated weight."""
        return None if self.ref is None else _of(self.ref, "next")


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes and edges of one sample."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def is_flat(trace: Trace) -> bool:
    """Return whether all layers have rows of units as output, which can be drawn as nodes; images cannot."""
    return trace.x.ndim == 2 and all(layer.output.ndim == 2 for layer in trace.layers)


def count_edges(trace: Trace) -> int:
    """Return the number of edges of the graph, without building it."""
    edges = 0
    for unit in _units(trace):
        inputs, outputs = unit.first.input.shape[1], unit.last.output.shape[1]
        if unit.first.layer.connects:
            edges += (inputs + unit.first.layer.biased) * outputs
        else:
            edges += outputs if unit.elementwise else inputs * outputs
    own = trace.loss.loss.of_probabilities
    if own is not None:
        outputs = trace.last.output.shape[1]
        edges += outputs if own.elementwise else outputs**2
    return edges


def graph(trace: Trace, sample: int = 0) -> Graph:
    """Return the graph of a traced network for one sample, counted from 0."""
    symbols = Symbols(trace)
    values, gradients = _row(trace.x, sample), _row(trace.input_gradient, sample)
    inputs = [
        Node(symbols.input((i,)), "input", symbols.input((i,)), 0, i, value, gradient, f"x[{sample},{i}]", None)
        for i, (value, gradient) in enumerate(zip(values, gradients, strict=True))
    ]
    # The column of each tensor that units take.
    columns = {"x": inputs}
    nodes, edges = list(inputs), []
    for unit in _units(trace):
        column, first = columns[unit.source], unit.first
        targets = _column(trace, symbols, unit, column[0].layer + 1, sample)
        if first.layer.connects:
            if first.layer.biased:
                bias = _bias_node(first, symbols, column[0].layer, sample)
                nodes.insert(nodes.index(column[0]), bias)
                edges += _weighted_edges(first, symbols, "b", [bias], targets, sample)
            edges += _weighted_edges(first, symbols, "w", column, targets, sample)
        else:
            edges += _plain_edges(column, targets, unit.elementwise)
        nodes += targets
        columns[unit.output] = targets
    own = trace.loss.loss.of_probabilities
    if own is not None:
        column = columns[f"{trace.last.layer.name}.output"]
        probabilities = _probabilities(trace, symbols, column[0].layer + 1, sample)
        nodes += probabilities
        edges += _plain_edges(column, probabilities, own.elementwise)
    return Graph(tuple(nodes), tuple(edges))


def products(trace: Trace, sample: int = 0) -> dict[str, Array]:
    """Return the products of one sample on all weighted edges, by parameter: w_jk · x_j at the place of w_jk, and the
    biases, which are multiplied by 1.
    """
    return {
        f"{layer.layer.name}.{parameter}": _products(layer, parameter, sample)
        for layer in trace.layers
        if layer.layer.connects
        for parameter in ("w", "b")
        if parameter in layer.parameters
    }


def _products(layer: LayerTrace, parameter: str, sample: int) -> Array:
    value = layer.parameters[parameter].value
    # Weights have a row for each input.
    return value if parameter == "b" else value * layer.input[sample][:, None]


def _plain_edges(sources: Sequence[Node], targets: Sequence[Node], elementwise: bool) -> list[Edge]:
    """Return edges without weights: from the source at the same position if `elementwise`, else from all sources."""
    return [
        Edge(f"{source.id}→{target.id}", source.id, target.id, None, None, None, None, None, None, target.ref)
        for target in targets
        for source in ([sources[target.index or 0]] if elementwise else sources)
    ]


def _probabilities(trace: Trace, symbols: Symbols, column: int, sample: int) -> list[Node]:
    """Return the nodes of p; none for a loss without probabilities."""
    p, gradient = trace.loss.p, trace.loss.p_gradient
    if p is None or gradient is None:
        return []
    labels = [symbols.probability((k,)) for k in range(p.shape[1])]
    return [
        Node(label, "probability", label, column, k, value, slope, f"loss.p[{sample},{k}]", None)
        for k, (label, value, slope) in enumerate(zip(labels, _row(p, sample), _row(gradient, sample), strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A layer with connections, followed by the layers without that take its output, the last of them `last`."""

    source: str
    first: LayerTrace
    last: LayerTrace
    elementwise: bool

    @property
    def output(self) -> str:
        return f"{self.last.layer.name}.output"


def _units(trace: Trace) -> list[_Unit]:
    """Return the units in the order in which they run."""
    units: dict[str, _Unit] = {}  # by the output of each so far
    for place in trace.topology.order:
        layer, (source,) = trace.layers[place], trace.inputs(place)
        unit, elementwise = units.get(source), layer.layer.elementwise
        if layer.layer.connects or unit is None:
            unit = _Unit(source, layer, layer, elementwise)
        else:
            del units[source]
            unit = _Unit(unit.source, unit.first, layer, unit.elementwise and elementwise)
        units[unit.output] = unit
    return list(units.values())


def _column(trace: Trace, symbols: Symbols, unit: _Unit, number: int, sample: int) -> list[Node]:
    first, last = unit.first, unit.last
    role: Role = "output" if last is trace.last else "hidden"
    values, gradients = _row(last.output, sample), _row(last.output_gradient, sample)
    pres: list[Quantity | None] = [None] * len(values)
    if first is not last:
        pres = [
            Quantity(
                symbols.output(first.layer.name, (k,)), value, gradient, f"{first.layer.name}.output[{sample},{k}]"
            )
            for k, (value, gradient) in enumerate(
                zip(_row(first.output, sample), _row(first.output_gradient, sample), strict=True)
            )
        ]
    nodes = []
    for k, (value, gradient, pre) in enumerate(zip(values, gradients, pres, strict=True)):
        label = symbols.output(last.layer.name, (k,))
        nodes.append(
            Node(label, role, label, number, k, value, gradient, f"{last.layer.name}.output[{sample},{k}]", pre)
        )
    return nodes


def _bias_node(layer: LayerTrace, symbols: Symbols, column: int, sample: int) -> Node:
    gradient = float(layer.one_gradient()[sample])
    label = symbols.one(layer.layer.name)
    return Node(label, "bias", label, column, None, 1.0, gradient, f"{layer.layer.name}.one[{sample}]", None)


def _weighted_edges(
    layer: LayerTrace, symbols: Symbols, parameter: str, sources: Sequence[Node], targets: Sequence[Node], sample: int
) -> list[Edge]:
    """Return the edges of a parameter: weights from the units of the previous column, or biases from the bias node."""
    name, recorded = layer.layer.name, layer.parameters[parameter]
    # As matrices with one row for each source: a bias is one row.
    arrays = (recorded.value, recorded.gradient, recorded.next, _products(layer, parameter, sample))
    rows = [array.reshape(-1, len(targets)).tolist() for array in arrays]
    edges = []
    for j, source in enumerate(sources):
        for k, target in enumerate(targets):
            index = (k,) if parameter == "b" else (j, k)
            ref = f"{name}.{parameter}[{','.join(map(str, index))}]"
            weight, gradient, following, product = (matrix[j][k] for matrix in rows)
            label = symbols.parameter(name, parameter, index)
            target_ref = target.ref if target.pre is None else target.pre.ref
            edges.append(Edge(ref, source.id, target.id, ref, label, weight, gradient, following, product, target_ref))
    return edges


def _row(array: Array, sample: int) -> list[float]:
    values: list[float] = array[sample].tolist()
    return values
