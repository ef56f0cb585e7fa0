"""The web service of Backprop Explorer. It knows HTTP, JSON and storage; the mathematics is tinyml's."""

import os

# numpy's BLAS reads this when numpy is first imported, so it must come before every other import of the service.
# With one thread per core, networks as small as these spend their time on thread synchronization.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

VERSION = "0.2.0"  # the only place; pyproject.toml reads it here
