"""The figure of a subject, with its title and its description in words."""

from __future__ import annotations

import re
import unicodedata

from app.export.figure import maps, network
from app.export.figure.palette import INK
from app.export.figure.shapes import Drawing, Group, Text
from app.export.subject import Subject
from app.problems import Problem
from tinyml.expression import short, symbol_text
from tinyml.graph import graph, is_flat
from tinyml.progress import Progress

WORDS = {
    "en": {
        "unnamed": "Network",
        "title": "{name}: sample {sample} of {samples}",
        "none": "The structure of the network.",
        "values": "Values and weights.",
        "gradients": "Gradients of the loss.",
        "loss": "Loss: {loss}.",
        "more": "{count} further numbers.",
    },
    "zh": {
        "unnamed": "网络",
        "title": "{name}：第 {sample} 个样本，共 {samples} 个",
        "none": "网络的结构。",
        "values": "数值与权重。",
        "gradients": "损失的梯度。",
        "loss": "损失：{loss}。",
        "more": "另有 {count} 个数。",
    },
}
# With more parts, the description has only these many.
MOST_DESCRIBED = 200
# What no text of a file may have: controls, and marks that turn the direction of the text after them.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def drawn(subject: Subject) -> Drawing:
    """The figure of a training step. Raises a Problem if the batch has no such sample."""
    recorded, wish, words = subject.recorded, subject.request.figure, WORDS[subject.request.language]
    if wish.sample >= len(recorded.x):
        detail = f"The batch has {len(recorded.x):,} samples; samples are counted from 0."
        raise Problem(422, detail, ("figure", "sample"), key="no_such_sample")
    progress = subject.progress
    if is_flat(recorded):
        made = graph(recorded, wish.sample)
        # In words in English; a Chinese sentence has the symbol itself.
        spoken = symbol_text if subject.request.language == "en" else str
        width, height, groups = network.laid_out(made, network.Showing(wish, lambda ref: known(progress, ref), spoken))
    else:
        width, height, groups = maps.laid_out(recorded, wish, progress)
    said = [words[wish.numbers]]
    if wish.numbers != "none" and progress.loss:
        value = short(recorded.loss.value)
        said.append(words["loss"].format(loss=value))
        height += 16
        groups.append(Group("loss", value, (Text(width / 2, height - 8, 12, f"ℓ = {value}", "number", INK),)))
    parts = list(dict.fromkeys(group.says for group in groups if group.says and group.ref and group.ref != "loss"))
    said += parts[:MOST_DESCRIBED]
    if len(parts) > MOST_DESCRIBED:
        said.append(words["more"].format(count=len(parts) - MOST_DESCRIBED))
    name = shown(subject.document.name) or words["unnamed"]
    title = words["title"].format(name=name, sample=wish.sample + 1, samples=len(recorded.x))
    return Drawing(width, height, title, "\n".join(said), subject.request.language, tuple(groups))


def known(progress: Progress, ref: str) -> bool:
    """Whether the number of a ref is computed."""
    name, _, index = ref.partition("[")
    found = progress.known(name)
    return found is None or found.holds(tuple(map(int, re.findall(r"\d+", index))))


def shown(name: str) -> str:
    """A name without the characters that are not shown."""
    return "".join(" " if character in "\r\n\t" else character for character in name if not _hidden(character)).strip()


def _hidden(character: str) -> bool:
    return character not in "\r\n\t" and unicodedata.category(character) in HIDDEN
