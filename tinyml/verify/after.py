"""The document after a training step, and the first difference between two documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tinyml.verify import batch
from tinyml.verify.lines import Shape, named
from tinyml.verify.settings import finite
from tinyml.verify.step import Step

Path = tuple[str | int, ...]


class Difference(NamedTuple):
    """A place where two documents differ: its name, such as fc_1.w[0,1], and both values if they are numbers."""

    name: str
    expected: float | None
    found: float | None


def following(document: Mapping[str, Any], step: Step) -> dict[str, Any]:
    """Return the document at the start of the next training step, once `step.values` has the numbers of all lines:
    parameters, running statistics, passes and optimizer state are those after the update, and the position is that of
    the next mini-batch; the rest is unchanged.
    """
    layers = [
        {**settings, **state, **{part: _after(step, f"{name}.{part}", shape) for part, shape in parts.items()}}
        for settings, (name, parts, state) in zip(document["layers"], step.running_state(), strict=True)
    ]
    optimizer, state = document["optimizer"], dict(document["optimizer"].get("state") or {})
    for owner, words in step.remembering().items():
        state[owner] = {
            **(state.get(owner) or {}),
            **{word: _after(step, f"{owner}.{word}", shape) for word, shape in words.items()},
        }
    position = {"position": batch.following(document, step.samples)} if "position" in document else {}
    changed = {"layers": layers, "optimizer": {**optimizer, "state": state} if state else optimizer}
    return {**document, **changed, **position}


def difference(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Difference | None:
    """Return the first place where two documents differ, in the order of the expected one; None if they are equal.
    Numbers are compared as float64, so that two ways of writing the same number are equal.
    """
    path = _first(expected, found, ())
    if path is None:
        return None
    return Difference(_name(path, expected), finite(_at(expected, path)), finite(_at(found, path)))


def _after(step: Step, owner: str, shape: Shape, at: Shape = ()) -> Any:
    if len(at) == len(shape):
        return step.values[named(f"{owner}.next", at)]
    return [_after(step, owner, shape, (*at, i)) for i in range(shape[len(at)])]


def _first(expected: object, found: object, path: Path) -> Path | None:
    match expected, found:
        case Mapping(), Mapping():
            for key in (*expected, *(key for key in found if key not in expected)):
                if key not in found or key not in expected:
                    return (*path, key)
                if (inner := _first(expected[key], found[key], (*path, key))) is not None:
                    return inner
            return None
        case list(), list():
            if len(expected) != len(found):
                return path
            pairs = enumerate(zip(expected, found, strict=True))
            return next((inner for i, (a, b) in pairs if (inner := _first(a, b, (*path, i))) is not None), None)
    same = isinstance(expected, bool) == isinstance(found, bool) and expected == found
    return None if same else path


def _at(value: Any, path: Path) -> object:
    for part in path:
        if isinstance(value, Mapping) and part not in value:
            return None
        value = value[part]
    return value


def _name(path: Path, document: Mapping[str, Any]) -> str:
    """Return the ref of a number, or the path of anything else; only keys that are in the document are included."""
    match path:
        case ("layers", int(i), str(part), *at) if _whole(at):
            return _entry(f"{document['layers'][i]['name']}.{_known(part, document['layers'][i])}", at)
        case ("optimizer", "state", str(owner), str(word), *at) if _whole(at):
            return _entry(f"{owner}.{word}", at)
        case (str(part), *at) if _whole(at):
            return _entry(_known(part, document), at)
        case (str(outer), str(part), *_):
            return f"{outer}.{_known(part, document[outer])}"
    return "a part of it"


def _entry(owner: str, at: Sequence[Any]) -> str:
    return named(owner, at) if at else owner


def _known(key: str, owner: Mapping[str, Any]) -> str:
    """Return a key of the document; a key that only the other document has is not echoed."""
    return key if key in owner else "an unknown field"


def _whole(at: Sequence[Any]) -> bool:
    return all(isinstance(i, int) for i in at)
