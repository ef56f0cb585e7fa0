"""A plain numpy implementation in the style of the chapter's library, for comparison.

Samples first, a new array for every result, index arrays for the windows of a convolution, one update per parameter: a
direct translation of the chapter's mathematics. It has only what the benchmarks need.
"""
