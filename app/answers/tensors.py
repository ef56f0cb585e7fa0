"""The tensors of a training step as JSON, each once: nested lists, or the bytes of its float64 where it is large."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Literal

from app import limits
from app.answers.numbers import Numbers
from tinyml.core import Array, Backend
from tinyml.progress import Progress
from tinyml.tensors import tensors
from tinyml.trace import Trace

Encoding = Literal["json", "base64"]
# With fewer numbers a list is about as short, and faster to read.
ENCODED_FROM = 500


class Tensors:
    """The tensors of a training step in an answer. Tensors with a row per sample have all rows or, above
    MAX_TRACED_ACTIVATIONS, only that of the shown sample; `sampled` names the latter.
    """

    def __init__(self, recorded: Trace, sample: int, encoding: Encoding = "json") -> None:
        found = tensors(recorded)
        only = slice(sample, sample + 1) if of_one_sample(recorded) else None
        self._only = only
        self.sampled = [name for name, tensor in found.items() if tensor.sampled] if only else []
        self._arrays = {
            name: tensor.values[only] if only and tensor.sampled else tensor.values for name, tensor in found.items()
        }
        self._encoding = encoding
        self._encoded = {name for name, array in self._arrays.items() if self._encodes(array)}

    def of_sample(self, array: Array) -> Array:
        """The rows in the answer of another array with a row per sample."""
        return array if self._only is None else array[self._only]

    @property
    def names(self) -> set[str]:
        """The names of the tensors."""
        return set(self._arrays)

    def answer(self, progress: Progress, numbers: Numbers) -> dict[str, Any]:
        """Each tensor by its name, with null for unknown numbers; null if none is known."""
        answer: dict[str, Any] = {}
        for name, array in self._arrays.items():
            known = progress.tensor(name)
            if name in self._encoded and (known is None or known.complete):
                answer[name] = encoded(array)
            else:
                answer[name] = numbers.tensor(array, f"/tensors/{name}", known)
        return answer

    def beside(self, field: str, arrays: Mapping[str, Array], numbers: Numbers) -> dict[str, Any]:
        """Complete arrays that are no tensors of the step, in another field of the answer, in the same encoding."""
        return {
            name: encoded(array) if self._encodes(array) else numbers.tensor(array, f"/{field}/{name}")
            for name, array in arrays.items()
        }

    def named_in(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """A document in which the numbers of its encoded parameters, and of the optimizer's state of them, are replaced
        by names: `{"tensor": "fc_1.w"}`.
        """
        if not self._encoded:
            return dict(document)
        optimizer = dict(document["optimizer"])
        if "state" in optimizer:
            optimizer["state"] = {name: self._named(name, state) for name, state in optimizer["state"].items()}
        layers = [self._named(layer["name"], layer) for layer in document["layers"]]
        return {**document, "layers": layers, "optimizer": optimizer}

    def _encodes(self, array: Array) -> bool:
        return self._encoding == "base64" and array.size >= ENCODED_FROM

    def _named(self, owner: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {
            field: {"tensor": f"{owner}.{field}"} if f"{owner}.{field}" in self._encoded else value
            for field, value in fields.items()
        }


def of_one_sample(recorded: Trace) -> bool:
    """Whether an answer has the rows of one sample only."""
    activations = recorded.x.size + sum(layer.output.size for layer in recorded.layers)
    return activations > limits.MAX_TRACED_ACTIVATIONS


def encoded(array: Array) -> dict[str, Any]:
    """Its shape, and its numbers as float64, the least significant byte first, row by row, in base64."""
    raw = Backend.asarray(array, dtype="<f8").tobytes()
    return {"shape": array.shape, "float64": b64encode(raw).decode()}
