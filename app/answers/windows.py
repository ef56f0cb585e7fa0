"""Which windows an answer tells of: those that there is room for, layer by layer."""

from collections.abc import Mapping

from app import limits
from tinyml.layers.unrolled import Unrolled
from tinyml.trace import Trace


def sent_windows(recorded: Trace) -> dict[str, Mapping[str, Unrolled]]:
    """Where the windows of a layer lie, by its name; of layers without any that is nothing. Those for which, one after
    the other, no room is left in MAX_WINDOW_PLACES are not among them.
    """
    sent, room = dict[str, Mapping[str, Unrolled]](), limits.MAX_WINDOW_PLACES
    for layer in recorded.layers:
        windows = layer.layer.unrolled(layer.input.shape[1:], layer.output.shape[1:])
        places = sum(len(line) for where in windows.values() for lines in where.sides for line in lines)
        if places <= room:
            sent[layer.layer.name] = windows
            room -= places
    return sent
