"""Numbers and names as text in a program."""

import unicodedata

from tinyml.core import Array

WIDTH = 116


def literal(array: Array) -> str:
    """Nested lists with every number to its last digit, over several lines if they do not fit in one."""
    return _nested(array.tolist(), "")


def _nested(value: object, indent: str) -> str:
    text = repr(value)
    if not isinstance(value, list) or len(indent) + len(text) <= WIDTH - 20:
        return text
    inner = indent + "    "
    if value and isinstance(value[0], list):
        return "[\n" + "".join(f"{inner}{_nested(one, inner)},\n" for one in value) + f"{indent}]"
    lines, line = list[str](), inner
    for one in value:
        number = f"{one!r}, "
        if len(line) + len(number) > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = inner
        line += number
    return "[\n" + "\n".join([*lines, line.rstrip()]) + f"\n{indent}]"


def one_line(text: str) -> str:
    """A text in one line, without characters that end it, hide in it or turn its direction."""
    return "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in text).strip()
