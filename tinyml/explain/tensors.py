"""Every scalar of a training step by its ref, with its formula."""

from collections.abc import Callable, Iterator
from typing import Any

from tinyml.core import Array, Backend, Index, RefError, overflow_allowed
from tinyml.explain.explained_tensor import ExplainedTensor, axes, given_tensor
from tinyml.explain.layer_tensors import input_matrix, of_layer
from tinyml.explain.layers import layer_explanation
from tinyml.explain.losses import ProbabilityLossExplanation
from tinyml.explain.objective import penalty_tensors
from tinyml.explain.optims.schedules import explain_rate
from tinyml.explain.refs import Ref
from tinyml.explain.step_scope import StepScope
from tinyml.expression import PARTIAL, Explained, Folding, Law, Number, difference, quotient
from tinyml.trace import Trace

SCALED = {
    "standard": Law("law.scaled.standard", formula="x = (v − m) / s", value="v", mean="m", deviation="s"),
    "minmax": Law("law.scaled.minmax", formula="x = (v − m) / s", value="v", least="m", range="s"),
}


class StepTensors(StepScope):
    """All tensors that a ref can name, by owner: x, y, loss, lr, and the layers; they are created on demand."""

    def __init__(self, trace: Trace, folding: Folding | None = None) -> None:
        super().__init__(trace, folding or Folding())
        self._places = {recorded.layer.name: i for i, recorded in enumerate(trace.layers)}
        self._own: dict[str, Callable[[], Iterator[ExplainedTensor]]] = {
            "x": self._of_input,
            **({} if trace.y is None else {"y": self._of_truth}),
            "loss": self._of_loss,
            "lr": self._of_rate,
        }

    @property
    def owners(self) -> list[str]:
        """The names with which refs can begin."""
        return [*self._own, *self._places]

    def of(self, owner: str) -> Iterator[ExplainedTensor]:
        """Yield all tensors of one owner, in the order in which they are listed."""
        return self._own[owner]() if owner in self._own else of_layer(self, self._places[owner])

    def find(self, ref: Ref) -> tuple[ExplainedTensor, Index]:
        """Return the tensor that a ref belongs to and the index in it. Raises RefError with the valid refs."""
        if ref.owner not in self._own and ref.owner not in self._places:
            owners = ", ".join(self.owners)
            raise RefError(f"This network has no tensor of that name; refs begin with one of {owners}.")
        owned = []
        for tensor in self.of(ref.owner):
            if (tensor.part, tensor.kind) == (ref.part, ref.kind) and tensor.holds(ref.index):
                return tensor, ref.index
            owned.append(tensor)
        there = ", ".join(map(str, owned))
        raise RefError(f"{ref.owner} has no such number; it has {there}. Indices count from 0.")

    def _of_input(self) -> Iterator[ExplainedTensor]:
        x, symbols, reader = self.trace.x, self.symbols, self.trace.topology.first
        first = self.scope(reader)
        named = axes(x, "n", "i", "c,i,j")
        yield self._inputs(named)
        yield ExplainedTensor(
            "x", "", "grad", named, first.recorded.input_gradient,
            lambda at: PARTIAL + symbols.input(at[1:], at[0]),
            lambda at: layer_explanation(first.recorded.layer).explain_input_gradient(first, at),
            source=self.input_source(reader),
            matrix=input_matrix(first),
        )  # fmt: skip

    def _inputs(self, named: str) -> ExplainedTensor:
        x, scaled = self.trace.x, self.trace.scaled

        def symbol(at: Index) -> str:
            return self.symbols.input(at[1:], at[0])

        if scaled is None:
            return given_tensor("x", "", named, x, symbol)

        def explained(at: Index) -> Explained:
            column = at[1]
            value, center = Number(float(scaled.given[at]), "v"), Number(float(scaled.center[column]), "m")
            spread = Number(float(scaled.spread[column]), "s")
            return Explained(SCALED[scaled.kind], quotient(difference(value, center), spread))

        return ExplainedTensor("x", "", "value", named, x, symbol, explained)

    def _of_truth(self) -> Iterator[ExplainedTensor]:
        y, symbols, loss = self.trace.targets, self.symbols, self.trace.loss.loss
        named = axes(y, "n", "k", "f,r,s")
        yield given_tensor("y", "", named, y, lambda at: symbols.truth(at[1:], at[0]))
        with overflow_allowed():
            gradient = loss.truth_gradient(self.trace.output, y)
        yield ExplainedTensor(
            "y", "", "grad", named, gradient,
            lambda at: PARTIAL + symbols.truth(at[1:], at[0]),
            lambda at: self.loss_explanation.explain_truth_gradient(self.loss, at),
        )  # fmt: skip

    def _of_loss(self) -> Iterator[ExplainedTensor]:
        loss, explanation = self.trace.loss, self.loss_explanation
        own = explanation.of_probabilities
        yield ExplainedTensor(
            "loss", "", "value", "", Backend.asarray(loss.value),
            lambda _: "ℓ",
            lambda _: explanation.explain_value(self.loss),
            stable=None if own is None else lambda _: own.explain_stably(self.loss),
        )  # fmt: skip
        yield ExplainedTensor(
            "loss", "", "grad", "", Backend.asarray(1.0),
            lambda _: PARTIAL + "ℓ",
            lambda _: Explained(Law("law.start", formula="∂ℓ/∂ℓ = 1"), Number(1.0)),
        )  # fmt: skip
        if loss.given is not None:
            named = axes(loss.given, "n", "k", "f,r,s")
            yield given_tensor("loss", "g", named, loss.given, lambda at: self.symbols.given_gradient(at[1:], at[0]))
        if own is not None and loss.p is not None and loss.p_gradient is not None:
            yield from self._of_probabilities(own, loss.p, loss.p_gradient)
        yield from penalty_tensors(self)

    def _of_probabilities(
        self, loss: ProbabilityLossExplanation[Any], p: Array, gradient: Array
    ) -> Iterator[ExplainedTensor]:
        named, symbols = axes(p, "n", "k", "f,r,s"), self.symbols
        yield ExplainedTensor(
            "loss", "p", "value", named, p,
            lambda at: symbols.probability(at[1:], at[0]),
            lambda at: loss.explain_probability(self.loss, at),
            stable=lambda at: loss.explain_probability_stably(self.loss, at),
        )  # fmt: skip
        yield ExplainedTensor(
            "loss", "p", "grad", named, gradient,
            lambda at: PARTIAL + symbols.probability(at[1:], at[0]),
            lambda at: loss.explain_probability_gradient(self.loss, at),
            parts=lambda at: loss.explain_probability_parts(self.loss, at),
        )  # fmt: skip

    def _of_rate(self) -> Iterator[ExplainedTensor]:
        rate = self.trace.rate
        value = Backend.asarray(rate.value)
        if rate.schedule is None:
            yield given_tensor("lr", "", "", value, lambda _: "η")
        else:
            yield ExplainedTensor("lr", "", "value", "", value, lambda _: "η", lambda _: explain_rate(rate))


def explained_tensors(trace: Trace) -> Iterator[ExplainedTensor]:
    """Yield all tensors that a ref can name, in the order in which they are listed."""
    tensors = StepTensors(trace)
    for owner in tensors.owners:
        yield from tensors.of(owner)
