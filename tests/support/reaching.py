"""Counts how many examples of a property test reach the case that its name states.

`reaches(0.1, "backward from within a step", count < 0 and inside)` is called once for each example. After the test,
`tests/conftest.py` fails it if fewer than a tenth of the examples reached the case. Then fix the generator.
"""

from collections import Counter

from hypothesis import currently_in_test_context, event

_examples: Counter[str] = Counter()
_reached: Counter[str] = Counter()
_least: dict[str, float] = {}


def reaches(least: float, case: str, reached: bool) -> None:
    """Count an example, and whether it reaches the case; `least` is the share of the examples that must."""
    if currently_in_test_context():
        event(f"{case}: {reached}")
    _least[case] = least
    _examples[case] += 1
    _reached[case] += bool(reached)


def start() -> None:
    """Clear the counts of the previous test."""
    for counts in (_examples, _reached, _least):
        counts.clear()


def rare() -> list[str]:
    """The cases that too few examples have reached, with their counts."""
    return [
        f"{case}: {_reached[case]} of {_examples[case]} examples, but at least {least:.0%} should"
        for case, least in _least.items()
        if _reached[case] < least * _examples[case]
    ]
