"""The web service of Backprop Explorer. It knows HTTP, JSON and storage; the mathematics is tinyml's."""

import os

# numpy's BLAS reads this when numpy is first imported, so it has to stand before every other import of the service.
# With a thread for each core, networks as small as these spend their time waiting for the threads to meet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

VERSION = "0.1.0"  # the one place; pyproject.toml reads it here
