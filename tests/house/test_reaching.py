"""A property test fails where too few of its examples reach its case."""

from tests.support.reaching import rare, reaches, start


def test_a_case_that_is_reached_too_rarely_is_named_with_its_counts() -> None:
    for number in range(10):
        reaches(0.2, "even", number % 2 == 0)
        reaches(0.2, "zero", number == 0)
    found = rare()
    start()
    assert found == ["zero: 1 of 10 examples, but at least 20% should"]
    assert rare() == []
