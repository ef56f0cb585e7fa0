"""Every derivative a second time, by moving one number at a time: the witness against the backward pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tinyml.core import Array, Backend, compiled, run
from tinyml.layers import Layer
from tinyml.layers.plan import Plan, parts
from tinyml.layers.site import Shape, samples_first
from tinyml.losses import Loss, LossSite
from tinyml.net import Sequential
from tinyml.net.training_plan import TrainingPlan

DEFAULT_EPSILON = 1e-5
TOLERANCE = 1e-4
# A stack of moved networks has at most so many numbers, 32 MB of them: more would not be faster.
MAX_STACKED = 4_000_000


@dataclass(frozen=True, slots=True)
class GradientRow:
    """One derivative both ways: by the backward pass (`analytic`) and from the losses to the `left` and `right`."""

    ref: str
    analytic: float
    left: float
    right: float
    numeric: float

    @property
    def relative_error(self) -> float:
        """|analytic − numeric| / max(|analytic|, |numeric|, 1e-8)."""
        return abs(self.analytic - self.numeric) / max(abs(self.analytic), abs(self.numeric), 1e-8)

    @property
    def ok(self) -> bool:
        """Whether the two agree to TOLERANCE."""
        return self.relative_error < TOLERANCE


class GradientCheck:
    """The derivatives of one training step both ways, in the order of the refs; iterating gives them as rows.

    `analytic`       by the backward pass.
    `left`, `right`  the losses with the number moved down and up by ε.
    `numeric`        (right − left) / 2ε.
    """

    def __init__(self, names: Sequence[tuple[str, Shape]], epsilon: float, analytic: Array, losses: Array) -> None:
        self.epsilon = epsilon
        self.analytic = analytic
        self.left, self.right = losses
        self.numeric = (self.right - self.left) / (2 * epsilon)
        self._names = names

    @cached_property
    def refs(self) -> list[str]:
        """What was moved: every parameter, then every input, counted in the notation's orientation."""
        return [
            f"{name}[{','.join(map(str, index))}]" for name, shape in self._names for index in Backend.ndindex(shape)
        ]

    @cached_property
    def relative_error(self) -> Array:
        """|analytic − numeric| / max(|analytic|, |numeric|, 1e-8) of each."""
        size = Backend.maximum(Backend.abs(self.analytic), Backend.abs(self.numeric))
        error: Array = Backend.abs(self.analytic - self.numeric) / Backend.maximum(size, 1e-8)
        return error

    @property
    def ok(self) -> bool:
        """Whether all agree to TOLERANCE."""
        return bool((self.relative_error < TOLERANCE).all())

    def __len__(self) -> int:
        return len(self.analytic)

    def __iter__(self) -> Iterator[GradientRow]:
        columns = (self.analytic, self.left, self.right, self.numeric)
        return map(GradientRow, self.refs, *(column.tolist() for column in columns))


def gradient_check(
    model: Sequential, loss: Loss, x: Array, y: Array, epsilon: float = DEFAULT_EPSILON, *, inputs: bool = True
) -> GradientCheck:
    """Central differences (ℓ(v + ε) − ℓ(v − ε)) / 2ε for every parameter, and every input unless told otherwise, next
    to the backward pass.

    The truncation error is of order ε², the rounding error of order 1e-16 / ε; ε near 1e-5 keeps both small. Each pass
    leaves the network as it found it, so that every one meets the same masks and the same running statistics. The
    moved networks run side by side, as one stack, where all layers can.
    """
    x = x if Backend.issubdtype(x.dtype, Backend.floating) else x.astype(float)
    plan = model.planned("check", x, CheckPlan, loss)
    analytic = plan.analytic(x, y, inputs)
    moved = [plan.parameter_losses(epsilon)]
    if inputs:
        moved.append(plan.input_losses(epsilon))
    names = [*plan.names, ("x", x.shape)] if inputs else plan.names
    return GradientCheck(names, epsilon, analytic, Backend.concatenate(moved, axis=1))


class CheckPlan(TrainingPlan):
    """A training plan, whose backward pass is on trial, and a stack of the same network, whose losses are the witness.

    Nothing but the layers' forward programs is shared between the two.
    """

    def __init__(self, loss: Loss, layers: Sequence[Layer], input_shape: Shape, batch: int, dtype: Any) -> None:
        super().__init__(loss, layers, input_shape, batch, dtype)
        self.names: list[tuple[str, Shape]] = []
        order = []
        numbers = self.parts(Backend.arange(self.gradients.size))
        for layer in layers:
            for name, parameter in layer.parameters().items():
                places = layer.in_notation(name, parameter.within(numbers[parameter.block]))
                self.names.append((f"{layer.name}.{name}", places.shape))
                order.append(places.reshape(-1))
        self._stackable = all(layer.stackable and not layer.overrides_passes for layer in layers)
        # Where each row's number lies in the vector of all parameters.
        self._order = Backend.concatenate(order) if order else Backend.zeros(0, dtype=int)
        count = self.sites[0].input.size
        self._input_order = samples_first(Backend.arange(count).reshape(self.sites[0].input.shape)).reshape(-1)
        # And where the block begins in which it lies, and how long that is.
        sizes = Backend.array([block.size for block in self.blocks], dtype=int)
        self._starts = Backend.repeat(Backend.array(list(self.layout.values()), dtype=int), sizes)
        self._sizes = Backend.repeat(sizes, sizes)
        self._stacks: dict[tuple[int, bool], _Stack] = {}

    def place_in_stack(self, networks: Array, places: Array) -> Array:
        """Where numbers of the parameter vector lie in a vector of stacked blocks, one of each network."""
        starts = self._starts[places]
        found: Array = len(networks) * starts + networks * self._sizes[places] + places - starts
        return found

    def analytic(self, x: Array, y: Array, inputs: bool) -> Array:
        """The gradients by the backward pass, in the order of the rows."""
        self.feed(x)
        self.feed_truth(y)
        with self.looking():
            self.step_to_input()
        gradients: Array = self.gradients[self._order]
        if not inputs:
            return gradients
        of_inputs = samples_first(self.sites[0].input_gradient).reshape(-1)
        both: Array = Backend.concatenate([gradients, of_inputs])
        return both

    def parameter_losses(self, epsilon: float) -> Array:
        """The losses with each parameter moved to the left and to the right: (2, count)."""
        return self._losses(self._order, epsilon, of_inputs=False)

    def input_losses(self, epsilon: float) -> Array:
        """The losses with each input moved, (2, count)."""
        return self._losses(self._input_order, epsilon, of_inputs=True)

    def _losses(self, places: Array, epsilon: float, of_inputs: bool) -> Array:
        """The numbers at `places`, of the parameters or the input, moved one by one, as many at a time as fit."""
        if not self._stackable:
            return self._losses_one_by_one(places, epsilon, of_inputs)
        numbers = self.sites[0].input.size if of_inputs else self.gradients.size
        each = numbers + sum(site.output.size for site in self.sites)
        at_once = max(1, MAX_STACKED // (2 * each))
        found = [
            self._stack(len(some), of_inputs).losses(some, epsilon)
            for some in (places[start : start + at_once] for start in range(0, len(places), at_once))
        ]
        return Backend.concatenate(found, axis=1) if found else Backend.zeros((2, 0))

    def _stack(self, count: int, of_inputs: bool) -> _Stack:
        key = (count, of_inputs)
        if key not in self._stacks:
            self._stacks[key] = _Stack(self, count, of_inputs)
        return self._stacks[key]

    def _losses_one_by_one(self, places: Array, epsilon: float, of_inputs: bool) -> Array:
        """The same with the network itself, for layers that have no stack."""
        numbers = self.sites[0].input.reshape(-1) if of_inputs else self.vector.values
        losses = Backend.empty((2, len(places)))
        for i, place in enumerate(places.tolist()):
            kept = numbers[place].item()  # a number: what cupy gives for an index is a view
            for side, by in enumerate((-epsilon, epsilon)):
                numbers[place] = kept + by
                try:
                    with self.looking():
                        self.forward()
                        losses[side, i] = self.compare()
                finally:
                    numbers[place] = kept
        return losses


class _Stack:
    """A network 2·count times side by side; in each one number is moved, to the left in the first half."""

    def __init__(self, checked: CheckPlan, count: int, of_inputs: bool) -> None:
        self._checked = checked
        self._count = count
        self._of_inputs = of_inputs
        many = 2 * count
        self._networks = Backend.arange(many)
        self._sides = Backend.where(self._networks < count, -1.0, 1.0)
        # Where inputs are moved all networks have the same parameters: views that repeat them.
        self._own = Backend.empty(0 if of_inputs else many * checked.gradients.size, dtype=checked.dtype)
        if of_inputs:
            stacked = {block: Backend.broadcast_to(block.array, (many, *block.shape)) for block in checked.blocks}
        else:
            stacked = parts(checked.layout, self._own, (many,))
        self._blocks = stacked
        self._plan = Plan(
            checked.layers,
            checked.shapes[0],
            checked.batch,
            checked.dtype,
            stacked=stacked,
            inputs=many if of_inputs else None,
        )
        output = self._plan.sites[-1].output
        self._at = LossSite(output, checked.truth, Backend.empty_like(output))
        self._compare = compiled(checked.loss.gradient_program(self._at))

    def losses(self, places: Array, epsilon: float) -> Array:
        """The losses with the numbers at `places` moved, (2, count)."""
        networks = self._networks
        places = Backend.concatenate([places, places])
        moves = self._sides * epsilon
        site = self._plan.sites[0]
        site.input[...] = self._checked.sites[0].input
        if self._of_inputs:
            site.input_with_one.reshape(len(networks), -1)[networks, places] += moves
        else:
            for block, own in self._blocks.items():
                own[...] = block.array
            self._own[self._checked.place_in_stack(networks, places)] += moves
        with self._checked.looking():
            self._plan.forward()
            run(self._compare)
            losses: Array = Backend.asarray(self._checked.loss.value(self._at)).reshape(2, -1)
        return losses
