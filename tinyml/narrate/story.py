"""What the sentences of a training step speak of: its layers, its numbers with their symbols, and their terms."""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.explain.family import Family
from tinyml.explain.quantities import Quantities
from tinyml.explain.refs import parse
from tinyml.expression.plain import symbol_plain
from tinyml.layers.work import Index
from tinyml.narrate.sums import Sum, terms_of
from tinyml.steps import Stage
from tinyml.trace import LayerTrace, Trace


class Story:
    """A recorded training step as it is told for one sample."""

    def __init__(self, trace: Trace, sample: int = 0) -> None:
        self.trace = trace
        self.sample = sample
        self.batch = len(trace.x)
        self._layers = {recorded.layer.name: recorded for recorded in trace.layers}
        self._order = list(self._layers)
        self._sums: dict[str, Sum | None] = {}
        self._quantities = Quantities(trace)
        self._families: dict[str, Family] = {}

    def layer(self, name: str) -> LayerTrace:
        """A layer of the training step."""
        return self._layers[name]

    def before(self, name: str) -> str | None:
        """The layer before a layer."""
        i = self._order.index(name)
        return self._order[i - 1] if i else None

    def after(self, name: str) -> str | None:
        """The layer after a layer."""
        i = self._order.index(name)
        return self._order[i + 1] if i + 1 < len(self._order) else None

    def terms(self, ref: str, count: int) -> Sum | None:
        """The terms of a number; looked for once, since many steps in a row ask for the same."""
        if ref not in self._sums:
            self._sums.clear()  # the steps go on and do not return
            self._sums[ref] = terms_of(self.trace, ref, count)
        return self._sums[ref]

    def value(self, ref: str) -> float:
        """The number that a ref names."""
        family, index = self._find(ref)
        return float(family.values[index])

    def symbol(self, ref: str) -> str:
        """The symbol of a number, as plain text."""
        family, index = self._find(ref)
        return self.plain(family.symbol(index))

    def _find(self, ref: str) -> tuple[Family, Index]:
        """The array that a number stands in, looked for once, and its place there."""
        asked, name = parse(ref), ref.partition("[")[0]
        if name not in self._families:
            self._families[name] = self._quantities.find(asked)[0]
        return self._families[name], asked.index

    def plain(self, symbol: str, sample: int | None = None) -> str:
        """A symbol as plain text. The sample that is told, the story's unless another is given, goes without saying."""
        said = self.sample if sample is None else sample
        return symbol_plain(symbol).removesuffix(f" of sample {said + 1}")

    def of_sample(self, stage: Stage) -> str:
        """Which sample a title is about, where each has its own numbers and there are several."""
        several = self.batch > 1 and stage.results[0].sampled
        return f" (sample {self.sample + 1} of {self.batch})" if several else ""

    def subject(self, ref: str) -> str:
        """A number as the subject of a sentence: ŷ₂, the gradient of w₁₂, the new w₁₂."""
        of = ref.replace(".grad", "", 1)
        return self.symbol(of) if of == ref else f"the gradient of {self.symbol(of)}"


def capital(text: str) -> str:
    """The text with a capital first letter; a symbol keeps its own."""
    return text[:1].upper() + text[1:] if text.startswith(("the ", "as ")) else text


def listed(parts: Sequence[str]) -> str:
    """The parts as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def several(count: int, what: str) -> str:
    """1 output, 2 outputs."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
