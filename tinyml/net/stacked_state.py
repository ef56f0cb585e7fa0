"""The optimizer state of an ensemble: gathered into one state, and distributed again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tinyml.core import Array, Backend, Block, Parameter, ShapeError
from tinyml.optims.base import State

# For each network its parameters, each behind the stack's own that says where it is placed.
Rows = Sequence[Sequence[tuple[Parameter, Parameter]]]
# A vector of all parameters of all networks as blocks (networks, …).
Views = Callable[[Array], dict[Block, Array]]


def gathered(rows: Rows, values: Array, views: Views) -> State:
    """The states of all parameters as the state of one vector laid out as `values`. Missing state starts at 0, as for
    the optimizers. Raises ShapeError if step counts differ.
    """
    words = dict.fromkeys(word for row in rows for _, own in row for word in own.state)
    return {
        word: _for_each(word, rows, values, views) if _of_entries(word, rows) else _one(word, rows) for word in words
    }


def given_back(state: State, rows: Rows, values: Array, views: Views) -> None:
    """Copy to each trainable parameter its part of the state."""
    placed = {word: views(array) if array.shape == values.shape else None for word, array in state.items()}
    for number, row in enumerate(rows):
        for parameter, own in row:
            if state and own.require_grad:
                own.state = {
                    word: (state[word] if blocks is None else parameter.within(blocks[parameter.block])[number]).copy()
                    for word, blocks in placed.items()
                }


def _of_entries(word: str, rows: Rows) -> bool:
    """Whether the state has one number per entry rather than one for the whole parameter."""
    return all(own.state[word].shape == own.shape for row in rows for _, own in row if word in own.state)


def _for_each(word: str, rows: Rows, values: Array, views: Views) -> Array:
    vector: Array = Backend.zeros_like(values)
    blocks = views(vector)
    for number, row in enumerate(rows):
        for parameter, own in row:
            if word in own.state:
                parameter.within(blocks[parameter.block])[number] = own.state[word]
    return vector


def _one(word: str, rows: Rows) -> Array:
    """What all trainable parameters have in common."""
    learning = [own.state.get(word) for row in rows for _, own in row if own.require_grad]
    first = next((one for one in learning if one is not None), Backend.zeros(1))
    if any(one is None or not (one == first).all() for one in learning):
        raise ShapeError(
            f"Ensemble: the optimizer's {word} is not the same for all parameters of all networks; stack those that "
            "have taken equally many steps, or empty each parameter's state."
        )
    return first.copy()
