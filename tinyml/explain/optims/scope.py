"""The context of the explanation of an update: one entry of a parameter with its gradient and state."""

from dataclasses import dataclass

from tinyml.core import Array, Index
from tinyml.explain.scope import written
from tinyml.explain.symbols import Symbols
from tinyml.expression import Expression, Leaf
from tinyml.parameter_trace import ParameterTrace


@dataclass(frozen=True, slots=True)
class UpdateScope:
    """One entry of a parameter in one update; `gradient` is the one that the update uses, which may be clipped, and
    `rate` the learning rate times the factor of the parameter."""

    layer: str
    parameter: str
    index: Index
    recorded: ParameterTrace
    symbols: Symbols
    rate: Expression
    value: Leaf
    gradient: Expression
    is_bias: bool = False

    def before(self, name: str) -> Leaf | None:
        """Return the state of a name before the update; None if there is none yet."""
        array = self.recorded.state.get(name)
        return None if array is None else self._leaf(name, array, new=False)

    def after(self, name: str) -> Leaf:
        """Return the same after the update."""
        return self._leaf(name, self.recorded.next_state[name], new=True)

    def _leaf(self, name: str, array: Array, new: bool) -> Leaf:
        index = self.index if array.shape == self.recorded.value.shape else (0,)
        ref = f"{self.layer}.{self.parameter}.{name}{'.next' if new else ''}{written(index)}"
        return Leaf(ref, self.symbols.state(self.layer, self.parameter, name, index, new), float(array[index]))
