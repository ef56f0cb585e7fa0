"""Indices of arrays: an entry by its index, or by its number when the array is read in order."""

Index = tuple[int, ...]


def ravel_index(index: Index, shape: Index) -> int:
    """The number of the entry at an index: how many entries come before it, the last axis running fastest."""
    number = 0
    for i, size in zip(index, shape, strict=True):
        number = number * size + i
    return number


def unravel_index(number: int, shape: Index) -> Index:
    """The index of the entry with this number."""
    index = []
    for size in reversed(shape):
        number, i = divmod(number, size)
        index.append(i)
    return tuple(reversed(index))
