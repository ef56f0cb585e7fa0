"""Long sums are folded without losing value."""

import pytest

from tinyml.expression import (
    WRITTEN,
    Expression,
    Folded,
    Folding,
    Number,
    Operation,
    evaluate,
    latex,
    product,
    text,
    total,
)
from tinyml.expression.folding import WITHIN


def number(i: int) -> Number:
    return Number(float(i))


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, 1), (5, 5), (6, 6), (7, 5), (100, 5)])
def test_a_sum_shows_so_many_terms_and_one_more_where_that_is_all(count: int, shown: int) -> None:
    found = Folding(5).sum(count, number)
    assert found.value == evaluate(found) == sum(range(count))
    if count > 1:
        assert isinstance(found, Operation)
        assert len(found.args) == shown
        assert (found.folded is None) == (shown == count)


def test_omitted_terms_are_counted_and_added_by_the_given_shortcut() -> None:
    starts = []

    def rest(start: int) -> float:
        starts.append(start)
        return 4945.0

    found = Folding(3).sum(100, number, rest)
    assert isinstance(found, Operation)
    assert (found.folded, starts) == (Folded(97, 4945.0), [3])
    assert found.value == 4948


def test_a_nested_sum_stays_within_its_limit() -> None:
    folding = Folding(1000)
    found = folding.sum(2, lambda _: folding.sum(100, number))
    assert isinstance(found, Operation)
    assert [len(inner.args) for inner in found.args if isinstance(inner, Operation)] == [WITHIN, WITHIN]
    after = folding.sum(100, number)
    assert isinstance(after, Operation)
    assert len(after.args) == 100


def test_a_formula_has_room_for_so_many_parts_and_folds_the_terms_beyond() -> None:
    def term(i: int) -> Expression:
        return product(number(i), number(2))

    found = Folding(1000, 100).sum(500, term, lambda start: sum(term(i).value for i in range(start, 500)))
    assert isinstance(found, Operation)
    assert len(found.args) == 34  # of three parts each; the last exceeds the limit
    assert found.folded is not None
    assert (found.folded.count, found.value) == (466, 2 * sum(range(500)))


def test_all_sums_of_a_formula_share_its_room_but_none_shows_less_than_a_short_one() -> None:
    folding = Folding(1000, 100)
    lengths = []
    for _ in range(3):
        found = folding.sum(70, number)
        assert isinstance(found, Operation)
        lengths.append(len(found.args))
    assert lengths == [70, 30, WRITTEN]
    short = Folding(WRITTEN, 5).sum(100, number)
    assert isinstance(short, Operation)
    assert len(short.args) == WRITTEN


def test_no_term_is_made_that_is_not_written() -> None:
    made = []

    def term(i: int) -> Expression:
        made.append(i)
        return number(i)

    Folding(5).first(100, map(term, range(100)))
    assert made == [0, 1, 2, 3, 4]


def test_every_rendering_counts_what_is_left_out() -> None:
    expression = total([Number(1.0), Number(2.0)], Folded(1758, 0.5))
    assert latex(expression) == r"1 + 2 + \cdots\;(\text{1,758 more})"
    assert latex(expression, "numbers") == r"1 + 2 + \underbrace{0.5}_{\text{1,758 more}}"
    assert text(expression) == "1 + 2 + 1,758 more terms that sum to 0.5"
