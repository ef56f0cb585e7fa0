"""Messages of steps as JSON: the key of the wording, the numbers that it names, and its other values."""

from typing import Any

from app.answers.numbers import Numbers
from tinyml.narrate import Figure, Formula, Message, Named, Symbol


def message_answer(message: Message, path: str, numbers: Numbers) -> dict[str, Any]:
    """A message; `path` is its place in the answer."""
    return {
        "key": message.key,
        "refs": {name: named_answer(named, f"{path}/refs/{name}", numbers) for name, named in message.refs.items()},
        "values": {name: _value(value, f"{path}/values/{name}", numbers) for name, value in message.values.items()},
    }


def named_answer(named: Named, path: str, numbers: Numbers) -> dict[str, Any]:
    """A number of the training step with its symbol."""
    return {"ref": named.ref, "symbol": named.symbol, "value": numbers.scalar(named.value, f"{path}/value")}


def _value(value: object, path: str, numbers: Numbers) -> Any:
    match value:
        case Message():
            return message_answer(value, path, numbers)
        case float():
            return {"value": numbers.scalar(value, f"{path}/value")}
        case tuple() if value and isinstance(value[0], Message):
            return [message_answer(one, f"{path}/{i}", numbers) for i, one in enumerate(value)]
        case tuple():
            return {"formula": _formula(value, f"{path}/formula", numbers)}
    return value  # a count, or a name


def _formula(formula: Formula, path: str, numbers: Numbers) -> list[Any]:
    def part(one: str | Symbol | Figure, i: int) -> Any:
        match one:
            case Symbol(symbol, ref):
                return {"symbol": symbol, "ref": ref}
            case Figure(value, ref):
                return {"value": numbers.scalar(value, f"{path}/{i}/value"), "ref": ref}
        return one

    return [part(one, i) for i, one in enumerate(formula)]
