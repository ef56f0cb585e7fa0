"""The windows in an answer: those of the layers that fit into its limit."""

from collections.abc import Mapping

from app import limits
from tinyml.layers.unrolled import Unrolled
from tinyml.trace import Trace


def sent_windows(recorded: Trace) -> dict[str, Mapping[str, Unrolled]]:
    """The windows of each layer, by its name; layers without windows have none. Layers whose windows exceed the rest
    of MAX_WINDOW_PLACES are left out.
    """
    sent, room = dict[str, Mapping[str, Unrolled]](), limits.MAX_WINDOW_PLACES
    for layer in recorded.layers:
        windows = layer.layer.unrolled(layer.input.shape[1:], layer.output.shape[1:])
        places = sum(len(line) for where in windows.values() for lines in where.sides for line in lines)
        if places <= room:
            sent[layer.layer.name] = windows
            room -= places
    return sent
