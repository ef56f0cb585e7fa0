"""`python -m benchmarks`, which is what `python3 dev.py bench` runs."""

import os
import sys

# Before numpy and PyTorch are imported, since they read these variables only then.
for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

from benchmarks.bench import main  # noqa: E402 - numpy comes with it

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
