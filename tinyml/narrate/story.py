"""The subjects of the sentences of a training step: its layers, its numbers with their symbols, and their terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tinyml.core import Index
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.explain.refs import parse
from tinyml.explain.tensors import StepTensors
from tinyml.expression import Condition, Expression
from tinyml.expression.text import conditions
from tinyml.layers import Layer
from tinyml.narrate.formulas import equation, plain
from tinyml.narrate.message import Formula, Message, Named, Value
from tinyml.narrate.sums import Sum, terms_of
from tinyml.narrate.wording import placeholders, wordings
from tinyml.steps import Stage
from tinyml.trace import LayerTrace, Trace

# The most items that a sentence lists one by one; of more it names the first and the count.
MOST_NAMED = 3
# An equation with more characters than the first limit is written without symbols; if it then has more than the
# second, it is left out.
MOST_WITH_SYMBOLS, MOST_CHARACTERS = 60, 110


class Story:
    """A recorded training step with the data that its messages need, for one sample."""

    def __init__(self, trace: Trace, sample: int = 0) -> None:
        self.trace = trace
        self.sample = sample
        self.batch = len(trace.x)
        self.last = trace.last.layer.name
        self._layers = {recorded.layer.name: recorded for recorded in trace.layers}
        self._sums: dict[tuple[str, int], Sum | None] = {}
        self._quantities = StepTensors(trace)
        self._tensors: dict[str, ExplainedTensor] = {}

    def layer(self, name: str) -> LayerTrace:
        """Return a layer of the training step."""
        return self._layers[name]

    def titled(self, name: str) -> Message:
        """Return the message that names a layer: its type, and its name."""
        layer = self.layer(name).layer
        return worded_for(layer, "type", [], {}, {"name": name, "type": layer.type})

    def terms(self, ref: str, count: int) -> Sum | None:
        """Return the terms of a number. They are cached, since many consecutive steps need the same ones."""
        parsed = (ref, count)
        if parsed not in self._sums:
            self._sums.clear()  # earlier numbers are not needed again
            self._sums[parsed] = terms_of(self.trace, ref, count)
        return self._sums[parsed]

    def value(self, ref: str) -> float:
        """Return the value of a ref."""
        tensor, index = self._find(ref)
        return float(tensor.values[index])

    def named(self, ref: str) -> Named:
        """Return the value of a ref with its symbol."""
        tensor, index = self._find(ref)
        return Named(ref, tensor.symbol(index), float(tensor.values[index]))

    def first(self, refs: Iterable[str], count: int) -> Message | tuple[Message, ...]:
        """Return a list of numbers with their values: the first of `count`, and how many others there are."""
        named = [Message("number", {"number": self.named(ref)}) for ref in refs]
        return listed(named, count)

    def _find(self, ref: str) -> tuple[ExplainedTensor, Index]:
        """Return the array that contains a number, cached, and the index of the number."""
        parsed, name = parse(ref), ref.partition("[")[0]
        if name not in self._tensors:
            self._tensors[name] = self._quantities.find(parsed)[0]
        return self._tensors[name], parsed.index


def listed(items: Sequence[Message], count: int) -> Message | tuple[Message, ...]:
    """Return the first of `count` items and how many others there are; `items` has at least those."""
    if count <= MOST_NAMED + 1 and count == len(items):
        return tuple(items)
    shown = tuple(items[:MOST_NAMED])
    return Message("list.more", values={"items": shown, "more": count - len(shown)})


def formula_of(expression: Expression) -> Formula | None:
    """Return the formula as an equation that fits into a sentence: in symbols, numbers and its value, or without the
    symbols; None if even that is too long.
    """
    for symbols, room in ((True, MOST_WITH_SYMBOLS), (False, MOST_CHARACTERS)):
        written = equation(expression, symbols)
        if written is not None and len(plain(written)) <= room:
            return written
    return None


def worded_for(
    layer: Layer, base: str, variants: Sequence[str], refs: Mapping[str, Named], values: Mapping[str, Value]
) -> Message:
    """Return the message with the most specific key: `base.<type>.<variant>` for the first variant that has a wording
    for this type of layer, for one of its base types, or for any type; otherwise without a variant, or as `long`,
    which needs no formula. A wording is used only if all its placeholders have values; the message has these values
    and no others.
    """
    words = wordings("en")
    owners = [*(f"{base}.{kind.__name__}" for kind in type(layer).__mro__), base]
    for variant in [*variants, "", "long"]:
        for key in (f"{owner}.{variant}".rstrip(".") for owner in owners):
            names = {name for name, _ in placeholders(words[key])} if key in words else None
            if names is not None and names <= refs.keys() | values.keys():
                return Message(
                    key,
                    {name: number for name, number in refs.items() if name in names},
                    {name: value for name, value in values.items() if name in names},
                )
    raise KeyError(f"{base} has no wording that needs no more than {', '.join([*refs, *values])}.")


def with_conditions(key: str, expression: Expression, values: dict[str, Value]) -> tuple[str, dict[str, Value]]:
    """Return the key and values of a message about a formula; if cases were taken in it, with their conditions and the
    key's variant for them.
    """
    held = conditions_of(expression)
    return (f"{key}.when", {**values, "when": held}) if held else (key, values)


def conditions_of(expression: Expression) -> tuple[Message, ...]:
    """Return the conditions of the cases that were taken in a formula."""
    return tuple(map(_condition, conditions(expression)))


def _condition(when: str | Condition) -> Message:
    """Return the message of a condition: the wording of one in words if it has any, and a comparison unchanged."""
    if isinstance(when, Condition) and f"when.{when.key}" in wordings("en"):
        return Message(f"when.{when.key}")
    return Message("when", values={"condition": str(when)})


def several_samples(story: Story, stage: Stage) -> bool:
    """Return whether there are several samples with separate numbers in a stage."""
    return story.batch > 1 and stage.results[0].sampled


def bare(ref: str) -> str:
    """Return the ref of the number whose gradient or next value a ref names."""
    return ref.replace(".grad", "", 1).replace(".next", "", 1)
