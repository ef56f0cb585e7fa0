"""Many numbers perturbed one by one: which network of which stack perturbs which, and their losses."""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.core import Array, Backend
from tinyml.gradient_check.passes import Forward
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.stack import Stacks

# A stack of moved networks has at most so many numbers, 32 MB of them (of complex ones half as many): more would not
# be faster.
MAX_STACKED = 4_000_000


class Moves:
    """Some numbers, each perturbed by each of some moves: one network each, sorted by where they join a stack, as many
    at a time as fit.
    """

    def __init__(self, stacks: Stacks, places: Places, moves: Sequence[complex]) -> None:
        self._stacks = stacks
        self._places, self._moves = places, tuple(moves)
        count = len(places.parameters) + len(places.inputs)
        size = count * len(moves)
        of_parameters = Backend.arange(count) < len(places.parameters)
        owners = Backend.zeros(count, dtype=int)
        owners[of_parameters] = stacks.plan.owners[places.parameters]
        groups = Backend.where(of_parameters & (owners >= stacks.first), owners - stacks.first + 1, 0)
        # Of those that have passes before the stack the last layers first: the passes of an earlier one write over what
        # a later one begins with.
        turns = Backend.where(groups == 0, -owners, groups)
        order = Backend.argsort(Backend.concatenate([turns] * len(moves)), kind="stable")
        which = order % max(count, 1)
        self._steps = Backend.array(moves).repeat(count)[order]
        self._numbers = Backend.concatenate([places.parameters, places.inputs])[which]
        self._owners, self._groups, self._of_inputs = owners[which], groups[which], ~of_parameters[which]
        self._parts = self._fitting()
        # Where the loss of each is among those of all stacks, the first of each being that of the network at rest.
        found = Backend.arange(size)
        for i, (part, _) in enumerate(self._parts):
            found[part] += i + 1
        back = Backend.empty_like(found)
        back[order] = found
        self._back = places.in_rows(back.reshape(len(moves), count))
        self._where: Array | None = None
        # What joins later needs a pass at rest, and so does what begins its own pass later than at the input.
        self._at_rest = bool(self._groups.any() or self._owners.any())

    def _fitting(self) -> list[tuple[slice, tuple[int, ...]]]:
        """The networks in parts that fit into a stack each, and how many of a part join where."""
        sizes, most = self._stacks.sizes_in_stack, MAX_STACKED * 8 // self._stacks.plan.dtype.itemsize
        ends = Backend.cumsum(Backend.array(sizes)[self._groups])
        parts: list[tuple[slice, tuple[int, ...]]] = []
        start = used = 0
        while start < len(ends) or not parts:
            stop = max(start + 1, int((ends <= used + most).sum()))
            part = slice(start, min(stop, len(ends)))
            parts.append((part, tuple(Backend.bincount(self._groups[part], minlength=len(sizes)).tolist())))
            start, used = stop, int(ends[part][-1]) if len(ends) else 0
        return parts

    @property
    def at_once(self) -> bool:
        """Whether all fit into one stack."""
        return len(self._parts) == 1

    def serves(self, places: Places, moves: Sequence[complex]) -> bool:
        """Whether these are the moves of these very places."""
        return places is self._places and tuple(moves) == self._moves

    def losses(self, by: Forward) -> Array:
        """The losses: (moves, rows). `by` makes the passes."""
        stacks, found = self._stacks, []
        input = stacks.input_of_stack(self._at_rest)
        for part, counts in self._parts:
            stack = stacks.stack_of(counts)
            stack.settle(input)
            start = part.start
            if stacks.first:
                # What lies before the stack runs one network at a time.
                start += counts[0]
                self._run_alone(slice(part.start, start), stack.input[1:], by)
            if self._where is None or not self.at_once:
                self._where = stack.where(self._groups[start : part.stop], self._numbers[start : part.stop])
            found.append(stack.losses(self._where, self._steps[start : part.stop], by))
        losses = found[0] if self.at_once else Backend.concatenate(found)
        rows: Array = losses[self._back]
        return rows

    def _run_alone(self, part: slice, outputs: Array, by: Forward) -> None:
        """Write the outputs of the layers before the stack, for each of these networks, to `outputs`."""
        columns = (self._numbers, self._steps, self._owners, self._of_inputs)
        listed = (column[part].tolist() for column in columns)
        for i, (number, step, owner, of_inputs) in enumerate(zip(*listed, strict=True)):
            outputs[i] = self._stacks.before_stack(number, step, owner, of_inputs, by)
