"""Canonical JSON (RFC 8785): one text for each JSON value, the same in every language, and its SHA-256.

Keys are sorted by their UTF-16 code units. There is no whitespace between tokens, and only the escapes that JSON
requires. A number is written as its float64, in ECMAScript's form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from math import isfinite

from tinyml.verify.errors import ReceiptError

_text = json.JSONEncoder(ensure_ascii=False).encode


def canonical(value: object) -> bytes:
    """Return the canonical JSON of a value, in UTF-8. Raises ReceiptError if it has none: for a number that is not a
    finite float64, a text that is not valid Unicode, or a value that is not JSON.
    """
    try:
        return "".join(_written(value)).encode()
    except UnicodeEncodeError as error:
        raise ReceiptError(
            "A string is not valid Unicode: it contains half of a surrogate pair; remove it.", ()
        ) from error
    except RecursionError as error:
        raise ReceiptError("Its lists and objects are nested too deeply for a receipt.", ()) from error


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, as 64 hexadecimal digits."""
    return sha256(canonical(value)).hexdigest()


def number(value: float) -> str:
    """Return a number in ECMAScript's form: the fewest digits that identify this float64; without a decimal point if it
    is whole, with an exponent from 1e21 on and below 1e-6: `1`, `0.00001`, `1e+21`, `1.5e-7`. Both zeros are `0`.
    """
    try:
        value = float(value)
    except OverflowError:
        value = float("inf")
    if not isfinite(value):
        raise ReceiptError("A number is not finite, or beyond float64.", ())
    if value == 0:
        return "0"
    # Python's shortest digits are ECMAScript's; only the position of the point and the form of the exponent differ.
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or 0)  # the position of the point, counted from the first digit
    digits = digits.rstrip("0")
    return ("-" if value < 0 else "") + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Return the digits with a decimal point after the first `point` of them."""
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"


def _written(value: object) -> Iterator[str]:
    match value:
        case None | bool():
            yield {None: "null", True: "true", False: "false"}[value]
        case str():
            yield _text(value)
        case int() | float():
            yield number(value)
        case Mapping():
            before = "{"
            for key in sorted(value, key=_in_order):
                yield f"{before}{_text(key)}:"
                yield from _written(value[key])
                before = ","
            yield "}" if value else "{}"
        case Sequence():
            before = "["
            for inner in value:
                yield before
                yield from _written(inner)
                before = ","
            yield "]" if value else "[]"
        case _:
            raise ReceiptError("It contains something that is not JSON.", ())


def _in_order(key: object) -> bytes:
    if not isinstance(key, str):
        raise ReceiptError("A key is not a string, as JSON requires.", ())
    return key.encode("utf-16-be", "surrogatepass")
