"""The examples of derandomized tests are the same in every process."""

from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants


def whatever_is_imported() -> None:
    """Keep Hypothesis from drawing constants that it finds in the source of our modules.

    It reads each module that the process has imported so far: a test on its own, or after other tests, would draw other
    examples, and so would every test after a change of any number in the code. `dev.py fuzz` still draws them.
    """
    providers._get_local_constants = Constants
