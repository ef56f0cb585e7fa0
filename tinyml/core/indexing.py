"""Indices of arrays: conversion between an index and the position in row-major order."""

Index = tuple[int, ...]


def ravel_index(index: Index, shape: Index) -> int:
    """Return the position of an index in row-major order, counted from 0."""
    number = 0
    for i, size in zip(index, shape, strict=True):
        number = number * size + i
    return number


def unravel_index(number: int, shape: Index) -> Index:
    """Return the index of a position in row-major order."""
    index = []
    for size in reversed(shape):
        number, i = divmod(number, size)
        index.append(i)
    return tuple(reversed(index))
