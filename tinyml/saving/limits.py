"""Limits of files, for reading and writing: nothing is saved that could not be loaded again."""

MAX_ARRAYS = 1024
MAX_DIMENSIONS = 32
MAX_NAME_BYTES = 128

# A file's table of contents: the directory of a zip, the JSON header of safetensors. In Python's objects it takes some
# 20 times as much, which is the one thing that reading takes beyond the arrays themselves.
MAX_CONTENTS_BYTES = 2**18
MAX_NPY_HEADER_BYTES = 2**12

# Deflated, a gigabyte of zeros is a megabyte: the total content may be larger than the file by this factor.
MAX_INFLATED_BYTES = 2**28

# The first, 32-bit form of zip as Python writes it, with room for the names; safetensors has no such bound.
MAX_NPZ_BYTES = 2**31 - 2**22

# Files are read in pieces of this size, so that counting what is there takes no memory.
CHUNK_BYTES = 2**16
