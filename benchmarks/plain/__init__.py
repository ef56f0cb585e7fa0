"""A plain numpy implementation in the manner of the chapter's library, to measure against.

Samples first, a fresh array for every result, index arrays for the windows of a convolution, one update a parameter:
what one writes who has read the chapter and thinks of the mathematics alone. Only what the benchmarks need is here.
"""
