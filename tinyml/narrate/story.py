"""What the sentences of a training step speak of: its layers, its numbers with their symbols, and their terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tinyml.core import Index
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.explain.refs import parse
from tinyml.explain.tensors import StepTensors
from tinyml.expression import Expression
from tinyml.expression.text import conditions
from tinyml.layers import Layer
from tinyml.narrate.formulas import equation, plain
from tinyml.narrate.message import Formula, Message, Named, Value
from tinyml.narrate.sums import Sum, terms_of
from tinyml.narrate.wording import placeholders, wordings
from tinyml.steps import Stage
from tinyml.trace import LayerTrace, Trace

# So many things a sentence names one by one; of more it names the first and says how many there are.
MOST_NAMED = 3
# An equation of more characters than the first, its symbols among them, is written in numbers alone; of more than the
# second in these, it is left out.
MOST_WITH_SYMBOLS, MOST_CHARACTERS = 60, 110


class Story:
    """A recorded training step with what its messages need, for one sample."""

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
        """A layer of the training step."""
        return self._layers[name]

    def titled(self, name: str) -> Message:
        """A layer as a sentence names it: its type, and its name."""
        layer = self.layer(name).layer
        return worded_for(layer, "type", [], {}, {"name": name, "type": layer.type})

    def terms(self, ref: str, count: int) -> Sum | None:
        """The terms of a number; looked for once, since many steps in a row ask for the same."""
        parsed = (ref, count)
        if parsed not in self._sums:
            self._sums.clear()  # the steps go on and do not return
            self._sums[parsed] = terms_of(self.trace, ref, count)
        return self._sums[parsed]

    def value(self, ref: str) -> float:
        """The number that a ref names."""
        tensor, index = self._find(ref)
        return float(tensor.values[index])

    def named(self, ref: str) -> Named:
        """The number that a ref names, with its symbol."""
        tensor, index = self._find(ref)
        return Named(ref, tensor.symbol(index), float(tensor.values[index]))

    def first(self, refs: Iterable[str], count: int) -> Message | tuple[Message, ...]:
        """Numbers in a row, each with its value: the first of `count`, and how many there are beside them."""
        named = [Message("number", {"number": self.named(ref)}) for ref in refs]
        return listed(named, count)

    def _find(self, ref: str) -> tuple[ExplainedTensor, Index]:
        """The array that a number is in, looked for once, and its place there."""
        parsed, name = parse(ref), ref.partition("[")[0]
        if name not in self._tensors:
            self._tensors[name] = self._quantities.find(parsed)[0]
        return self._tensors[name], parsed.index


def listed(items: Sequence[Message], count: int) -> Message | tuple[Message, ...]:
    """The first of `count` items, which are given at least, and how many there are beside them."""
    if count <= MOST_NAMED + 1 and count == len(items):
        return tuple(items)
    shown = tuple(items[:MOST_NAMED])
    return Message("list.more", values={"items": shown, "more": count - len(shown)})


def formula_of(expression: Expression) -> Formula | None:
    """The formula as an equation that fits into a sentence: in symbols, numbers and its value, or without the symbols;
    None where even that is too long.
    """
    for symbols, room in ((True, MOST_WITH_SYMBOLS), (False, MOST_CHARACTERS)):
        written = equation(expression, symbols)
        if written is not None and len(plain(written)) <= room:
            return written
    return None


def worded_for(
    layer: Layer, base: str, variants: Sequence[str], refs: Mapping[str, Named], values: Mapping[str, Value]
) -> Message:
    """The message under the key that says most: `base.<type>.<variant>` for the first variant that has a wording for
    this kind of layer, for a kind that it is made from, or for any; in the end without a variant, or as `long`, which
    needs no formula. A wording counts only where all that it names is there; the message holds what it names and no
    more.
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
    """The key and values of a message about a formula; with the conditions of the cases taken in it, where there are
    any, under the key's variant for them.
    """
    held = conditions_of(expression)
    return (f"{key}.when", {**values, "when": held}) if held else (key, values)


def conditions_of(expression: Expression) -> tuple[Message, ...]:
    """The conditions of the cases that were taken in a formula."""
    return tuple(map(_condition, conditions(expression)))


def _condition(when: str) -> Message:
    """A condition: a comparison as it is, or a word that has a wording."""
    key = f"when.{when.replace(' ', '_')}"
    return Message(key) if key in wordings("en") else Message("when", values={"condition": when})


def several_samples(story: Story, stage: Stage) -> bool:
    """Whether each sample of several has its own numbers in a stage."""
    return story.batch > 1 and stage.results[0].sampled


def bare(ref: str) -> str:
    """The ref of the number itself, whose gradient or next value a ref names."""
    return ref.replace(".grad", "", 1).replace(".next", "", 1)
