"""The claims of sentences hold in the recorded step: every number, every line with "=", every reported event."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.lines import equal, equations_in, in_figures, interval, meet, shown
from tests.support.narrated_optimizers import OPTIMIZERS
from tests.support.networks import ACTIVATIONS, LOSSES
from tests.support.networks_at_random import networks
from tests.support.recorded import record
from tests.tinyml.narrate.test_every_layer import BATCH_NORM, CONV, EVERY_SUM, POOL
from tinyml.explain import explain
from tinyml.expression import evaluate
from tinyml.narrate import (
    LANGUAGES,
    Figure,
    Language,
    Message,
    Step,
    Symbol,
    narrate,
    narrate_from,
    placeholders,
    worded,
    wordings,
)
from tinyml.narrate.formulas import plain
from tinyml.net import Sequential
from tinyml.optims import (
    Optimizer,
)
from tinyml.steps import Grain, count, locate
from tinyml.trace import Trace, trace

GRAINS: tuple[Grain, ...] = ("pass", "layer", "node", "term")
# The number of steps of each grain that are checked in one network.
LOOKED_AT = 12


def remembering(cases: list[Case], loss: str, optimizer: Optimizer, history: int) -> Trace:
    """A recorded step whose optimizer has a state that may point the other way."""
    first, signs = record(cases, LOSSES[loss], optimizer), {"velocity": history, "change": history, "mean": history}
    for recorded in first.layers:
        for name, parameter in recorded.layer.parameters().items():
            for word, values in recorded.parameters[name].next_state.items():
                parameter.state[word] = recorded.layer.in_notation(name, values * signs.get(word, 1))
    model = Sequential([recorded.layer for recorded in first.layers])
    return trace(model, first.loss.loss, first.optimizer, first.x, first.y)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(sorted(LOSSES)), st.sampled_from(OPTIMIZERS), st.sampled_from([1, -3]), st.data())
def test_every_sentence_is_true(
    cases: list[Case], loss: str, optimizer: Optimizer, history: int, data: st.DataObject
) -> None:
    recorded = remembering(cases, loss, optimizer, history)
    sample = data.draw(st.integers(0, len(recorded.x) - 1))
    for by in GRAINS:
        every = count(recorded.stages, by)
        some = range(every) if every <= LOOKED_AT else data.draw(
            st.lists(st.integers(0, every - 1), min_size=LOOKED_AT, max_size=LOOKED_AT, unique=True)
        )  # fmt: skip
        for number in some:
            step = narrate(recorded, by, number, sample)
            true(recorded, step, sample)


def linear(outputs: int, inputs: int = 2, batch: int = 1) -> Case:
    return Case("Linear", {"input_dim": inputs, "output_dim": outputs}, (batch, inputs))


ONE_OF_EACH = [
    *EVERY_SUM, CONV, POOL, BATCH_NORM, linear(1), linear(2), linear(2, batch=3), linear(1, 40),
    *(Case(kind, {}, (1, 3)) for kind in ACTIVATIONS),
    Case("LayerNorm", {"input_dim": 2}, (1, 2)), Case("BatchNorm", {"features": 2}, (2, 2)),
    Case("BatchNorm", {"features": 1}, (1, 1)), Case("Dropout", {"probability": 0.5}, (1, 2), training=False),
    linear(2)._replace(frozen=("b",)), linear(2)._replace(frozen=("w", "b")),
    Case("BatchNorm", {"features": 2}, (2, 2), frozen=("gamma",)),
    *(Case("Linear", {"input_dim": 2, "output_dim": 2, "bias": False}, (1, 2), frozen=of) for of in ((), ("w",))),
    Case("Conv1D", {"input_dim": (1, 3), "n_filter": 1, "w_filter": 2, "padding": 1}, (1, 1, 3)),
    Case("Conv1D", {"input_dim": (1, 1), "n_filter": 1, "w_filter": 1, "padding": 1, "bias": False}, (1, 1, 1)),
    Case("Conv2D", {"input_dim": (1, 1, 1), "n_filter": 1, "h_filter": 1, "w_filter": 1, "padding": 1, "bias": False},
         (1, 1, 1, 1)),
    Case("Deconv2D", {"input_dim": (1, 2, 2), "n_filters": 1, "h_filter": 1, "w_filter": 1, "stride": 2, "bias": False},
         (1, 1, 2, 2)),
]  # fmt: skip
# Kinds of messages that must occur, so that the check covers every kind of claim.
SAID = (
    "update.against", "update.with", "update.stays", "update.several", "count.against", "count.with",
    "change.stays", "term.last", "term.last.within", "term.last.within.long", "term.largest.last", "term.idle",
    "node.loss_gradient.when", "node.input_gradient.MaxPool2D.won0", "node.output.Conv2D.edge",
    "node.input_gradient.LayerNorm.gathered", "node.output.Dropout.predict", "node.mean.one", "place.both",
    "update.frozen", "update.several.frozen", "change.frozen", "count.frozen", "layer.update.frozen",
    "pass.update.frozen", "node.parameter_gradients.Linear.unbiased",
    "node.output.Conv1D.edge", "node.output.Conv1D.none", "node.output.Conv2D.none", "node.output.Deconv2D.none",
)  # fmt: skip


@pytest.mark.slow
def test_each_kind_of_layer_loss_and_update_has_a_true_sentence() -> None:
    keys, equations = Counter[str](), Counter[Language]()
    for number, case in enumerate(ONE_OF_EACH):
        loss = sorted(LOSSES)[number % len(LOSSES)] if len(case.shape) == 2 else "huber"
        for optimizer in OPTIMIZERS if case.kind == "Linear" else OPTIMIZERS[:1]:
            recorded = remembering([case], loss, optimizer, -3)
            for by in GRAINS:
                for step in narrate_from(recorded, by, 0, 30, len(recorded.x) - 1):
                    keys.update(message.key for message in messages(step.sentence))
                    found = true(recorded, step, len(recorded.x) - 1)
                    equations.update(found)
                    # Within a batch the symbols have the number of their sample, unless the sample is given.
                    for language in LANGUAGES if len(recorded.x) > 1 else ():
                        assert equations_in(worded(step.sentence, language)) == found[language]
    # An equation is found in both languages: it ends at different punctuation in each.
    assert equations["en"] == equations["zh"] > 1000
    for start in SAID:
        assert any(key.startswith(start) for key in keys), f"none has said {start}"


def true(recorded: Trace, step: Step, sample: int) -> dict[Language, int]:
    """Check all claims of a step, and its wording. Returns how many equations the sentence has in each language."""
    equations = {language: equations_in(worded(step.sentence, language, sample)) for language in LANGUAGES}
    for message in messages(step.sentence):
        for named in message.refs.values():
            assert same(named.value, value_of(recorded, named.ref)), (message.key, named)
            assert named.symbol == explain(recorded, named.ref).symbol
        for formula in (value for value in message.values.values() if is_formula(value)):
            line = plain(formula)  # type: ignore[arg-type]
            assert equal(line), (message.key, line)
            for part in formula:  # type: ignore[union-attr]
                if isinstance(part, Figure | Symbol) and part.ref is not None:
                    explanation = explain(recorded, part.ref)
                    assert (
                        same(part.value, explanation.value)
                        if isinstance(part, Figure)
                        else part.symbol == explanation.symbol
                    )
            last = line.split(" = ")[-1]
            if "out" in message.refs and in_figures(last):
                assert meet(interval(last), shown(message.refs["out"].value)), (message.key, line)
        if message.key.startswith("update.") and "w" in message.refs:
            moved(message)
    if step.computes == "next":
        counted(recorded, step)
    if step.term is not None:
        summed(recorded, step, sample)
    return equations


def moved(message: Message) -> None:
    """The claims about one parameter match its update."""
    before, after, gradient = (message.refs[name].value for name in ("w", "next", "grad"))
    kind, _, cause = message.key.removeprefix("update.").partition(".")
    match kind:
        case "stays":
            assert before == after
            assert (gradient == 0) == (cause == "zero")
        case "frozen":
            assert before == after
        case "zero":
            assert gradient == 0
            assert before != after
        case "against" | "with":
            assert (after > before) == ((gradient > 0) == (kind == "with"))
            assert before != after
    if cause in ("velocity", "mean"):
        driver = message.refs["driver"]
        assert (driver.value > 0) == (after < before)
        assert driver.ref.partition("[")[0].endswith(f".{cause}.next")
    if cause == "change":
        assert (message.refs["driver"].value > 0) == (after > before)
    if cause == "decay":
        assert message.values["decay"] != 0


def counted(recorded: Trace, step: Step) -> None:
    """The counts of an update match its parameters one by one."""
    counts = step.sentence.values.get("counts")
    if not isinstance(counts, tuple):
        return
    stated = {part.key.split(".")[1]: part.values["count"] for part in counts if isinstance(part, Message)}
    expected: Counter[str] = Counter()
    place = locate(recorded.stages, step.grain, step.number)
    for stage in place.stages:
        for node in range(stage.nodes) if place.node is None else [place.node]:
            for ref in stage.refs(node, 0):
                own = ref.replace(".next", "")
                slope = own.replace("[", ".grad[" if recorded.objective is None else ".objective_grad[")
                before, after, gradient = (value_of(recorded, one) for one in (own, ref, slope))
                expected[
                    "frozen" if is_frozen(recorded, own) else "stays" if before == after else "zero" if gradient == 0
                    else "with" if (after > before) == (gradient > 0) else "against"
                ] += 1  # fmt: skip
    assert stated == dict(expected)


def is_frozen(recorded: Trace, ref: str) -> bool:
    owner, name = ref.partition("[")[0].split(".")
    layer = next(one.layer for one in recorded.layers if one.layer.name == owner)
    return not layer.parameters()[name].require_grad


def summed(recorded: Trace, step: Step, sample: int) -> None:
    """The running value is that of the terms so far; the last is the number, or gives it within its formula."""
    term = step.term
    assert term is not None
    assert term.of.ref == step.refs[0]
    assert close(evaluate(term.expression), term.value, term.value)
    if term.index:
        before = narrate(recorded, "term", step.number - 1, sample).term
        if before is not None and before.of.ref == term.of.ref:
            size = max(abs(term.value), abs(before.running))
            expected = max(before.running, term.value) if term.largest else before.running + term.value
            assert close(term.running, expected, size)
    if term.index == term.count - 1:
        if term.around is None:
            assert same(term.running, value_of(recorded, term.of.ref))
        else:
            assert close(evaluate(term.around), value_of(recorded, term.of.ref), size_of(term.around))


def size_of(expression: object) -> float:
    """The largest number within a formula, to which its rounding is relative."""
    value = abs(getattr(expression, "value", 0.0))
    return max([value if math.isfinite(value) else 0.0, *map(size_of, getattr(expression, "args", ()))])


def messages(message: Message) -> Iterator[Message]:
    """A message and all messages within it."""
    yield message
    for value in message.values.values():
        for part in value if isinstance(value, tuple) else [value]:
            if isinstance(part, Message):
                yield from messages(part)


def is_formula(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(part, Figure) for part in value)


def value_of(recorded: Trace, ref: str) -> float:
    return explain(recorded, ref).value


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def close(one: float, other: float, size: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)):
        return True
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-11 * max(abs(size), 1e-300))


def test_every_wording_is_there_in_every_language_and_names_the_same() -> None:
    english = wordings("en")
    for language in LANGUAGES:
        assert wordings(language).keys() == english.keys()
        for key, wording in wordings(language).items():
            assert set(placeholders(wording)) == set(placeholders(english[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=20, deadline=None)
@given(networks(), st.sampled_from(GRAINS), st.data())
def test_every_step_is_worded_in_every_language(
    language: Language, cases: list[Case], by: Grain, data: st.DataObject
) -> None:
    recorded = record(cases)
    step = narrate(recorded, by, data.draw(st.integers(0, count(recorded.stages, by) - 1)))
    for message, end in ((step.title, ""), (step.sentence, {"en": ".", "zh": "。"}[language])):
        written = worded(message, language)
        for recorded_layer in recorded.layers:
            written = written.replace(recorded_layer.layer.name, "layer")
        assert written
        assert written.endswith(end)
        assert not re.search(r"[{}]|_\d|\^\[\d|None", written), written
        if language == "zh":
            latin = r"layer|ReLU|Leaky|ELU|GELU|Sigmoid|Tanh|Softplus|Softmax|Dropout|softmax|tanh|sign|erf|max|min"
            assert not re.search(r"[A-Za-z]{3,}", re.sub(latin, "", written)), written
