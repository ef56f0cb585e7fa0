"""Runs the property tests with random examples for a limited time: `python3 dev.py fuzz`.

`dev.py test` uses the same examples each time. A failing example found here is added to its property (`@example`), so
that every later run includes it.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time

# Tests of pages take seconds per example; hypothesis itself marks the property tests.
PROPERTIES = "hypothesis and not browser"


def fuzz(minutes: float, arguments: list[str]) -> int:
    """Run the property tests with new seeds until the time limit, or until one fails. Return the exit code.

    A run that the time limit stops loses nothing: failing examples are kept in .hypothesis and tried first next time.
    """
    deadline = time.monotonic() + 60 * minutes
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "fuzz"}
    rounds = 0
    while (left := deadline - time.monotonic()) > 0:
        seed = f"--hypothesis-seed={secrets.randbits(32)}"
        command = [sys.executable, "-m", "pytest", "-x", "-m", PROPERTIES, seed, *arguments]
        try:
            code = subprocess.run(command, env=environment, timeout=left, check=False).returncode
        except subprocess.TimeoutExpired:
            break
        if code:
            print(f"fuzz: {seed} ended with {code}; make the example that failed one of its test's (@example)")
            return code
        rounds += 1
    print(f"fuzz: {minutes:g} minutes are over; {rounds} complete rounds, no example failed")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__, allow_abbrev=False)
    parser.add_argument("--minutes", type=float, default=10, help="how long to search (10)")
    options, arguments = parser.parse_known_args()
    return fuzz(options.minutes, arguments)


if __name__ == "__main__":
    sys.exit(main())
