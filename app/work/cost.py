"""What a request costs, estimated from sizes before it is computed.

The factors are measured on a processor of 2020, for the worst kinds of networks of each size; docs/reliability.md has
the measurements.
"""

from collections.abc import Iterable, Sequence
from math import ceil, prod
from typing import NamedTuple

from app import limits
from app.documents import Experiment
from app.problems import check_limit
from tinyml.gradient_check.moves import MAX_STACKED

# Milliseconds up to which a request is computed at once: another process costs a tenth of that, and others hardly
# notice the wait.
QUICK_MS = 2.0
# Numbers of a network up to which a training step and its answer are as quick.
QUICK_NUMBERS = 5_000
# The bytes of most numbers of 17 digits, with a comma.
WRITTEN = 23


def quick_to_read(length: int) -> bool:
    """Whether a written document of so many bytes can belong to a network that is quick."""
    return length <= WRITTEN * QUICK_NUMBERS


class Cost(NamedTuple):
    """An estimate: the `milliseconds` of a processor that a request takes, the bytes of its `answer`, and the most
    bytes of `memory` that it needs besides what the process has anyway.
    """

    milliseconds: float
    answer: float = 0
    memory: float = 0

    @property
    def quick(self) -> bool:
        """Whether other requests can wait for it."""
        return self.milliseconds <= QUICK_MS

    def exceeds(self, most: "Cost") -> bool:
        """Whether it takes longer or more memory than another one."""
        return self.milliseconds > most.milliseconds or self.memory > most.memory

    def check(self) -> None:
        """Raise a LimitProblem if a request must not cost that much."""
        check_limit("MAX_WORK_MILLISECONDS", ceil(self.milliseconds), ())
        check_limit("MAX_ANSWER_BYTES", ceil(self.answer), ())
        check_limit("MAX_WORK_BYTES", ceil(self.memory), ())


UNKNOWN = Cost(0)
# Bytes of memory: of any request, of a byte of its answer and of its body, of a number of a recorded training step, of
# one of the optimizer state, and of one that a gradient check moves.
OF_ANY, OF_ANSWER, OF_BODY, OF_NUMBER, OF_STATE, OF_MOVED = 8_000_000, 2.5, 12, 140, 60, 100


def read_cost(length: int) -> Cost:
    """The cost of reading a body of this many bytes, before anything in it is known."""
    return Cost(length / 60_000, 0, OF_ANY + OF_BODY * length)


def step_cost(size: int, remembered: int = 0, answer: float = 0) -> Cost:
    """The cost of one training step of a network with `size` numbers and so many of optimizer state, with an answer of
    so many bytes.
    """
    memory = OF_ANY + OF_NUMBER * size + OF_STATE * remembered + OF_ANSWER * answer
    return Cost(QUICK_MS * size / QUICK_NUMBERS, answer, memory)


def trace_cost(experiment: Experiment, encoded: bool, products: bool) -> Cost:
    """The cost of a trace. A number of the network is written up to four times, one of the optimizer state twice, and a
    product once for each weight.
    """
    cost = step_cost(experiment.size)
    if cost.quick:
        return cost
    inputs = experiment.x.shape[1:]
    samples, each = len(experiment.x), prod(inputs) + sum(map(prod, experiment.model.layer_shapes(inputs).outputs))
    if samples * each > limits.MAX_TRACED_ACTIVATIONS:
        samples = 1
    numbers = sum(map(prod, experiment.shapes.values())) + samples * each
    written = (12 if encoded else WRITTEN) * ((5 if products else 4) * numbers + 2 * experiment.remembered)
    # The inputs of a completed document are never encoded.
    return step_cost(experiment.size, experiment.remembered, written + WRITTEN * experiment.x.size)


def rows_cost(size: int, numbers: int) -> Cost:
    """The cost of rows of the data with so many numbers, of a network with `size` of them."""
    cost = step_cost(size, answer=WRITTEN * numbers)
    return cost._replace(milliseconds=cost.milliseconds + numbers / 5_000)


def listed_cost(size: int, steps: int) -> Cost:
    """The cost of a list of steps in words."""
    cost = step_cost(size, answer=2_000 * steps)
    return cost._replace(milliseconds=cost.milliseconds + 0.7 * steps)


def exported_cost(
    size: int, remembered: int, steps: int, milliseconds: tuple[float, float], written: tuple[float, float]
) -> Cost:
    """The cost of a file that is made after so many training steps, with the milliseconds and the bytes of any file of
    this format, and for each number.
    """
    taken = advance_cost(size, remembered, steps, 0) if steps else step_cost(size)
    answer = written[0] + written[1] * size
    memory = taken.memory + OF_ANSWER * answer
    return Cost(taken.milliseconds + milliseconds[0] + milliseconds[1] * size, answer, memory)


def longest_sum(experiment: Experiment) -> int:
    """No sum of a training step has more terms: over all activations of a layer, with those of all samples, over what a
    unit is computed from, with a bias, or, for the norm of clipped gradients, over all parameters, which a penalty
    adds up twice.
    """
    if experiment.optimizer.penalty is not None:
        return 2 * experiment.size
    if experiment.optimizer.clip is not None:
        return experiment.size
    inputs = experiment.x.shape[1:]
    each = max(prod(inputs), *map(prod, experiment.model.layer_shapes(inputs).outputs))
    windows = (prod(shape) // min(shape[0], shape[-1]) for shape in experiment.shapes.values() if len(shape) > 1)
    return 1 + max(len(experiment.x) * each, *windows, 0)


def explained_cost(size: int, layers: int, sums: Sequence[int], paths: Iterable[int]) -> Cost:
    """The cost of explanations; `sums` and `paths` are the numbers of terms and of paths that each may write out."""
    # A term has at most three parts: a factor, another, and their product. Each layer on a path has a derivative.
    terms = sum(min(written, limits.MAX_EXPLAINED_PARTS // 3) for written in sums)
    factors = sum(5 + min(written * layers, limits.MAX_EXPLAINED_PARTS // 3) for written in paths)
    answer = 1_000 * (5 * len(sums) + terms + factors)
    cost = step_cost(size, answer=answer)
    # The parts of a formula take more memory than what is written of them.
    cost = cost._replace(memory=cost.memory + 1.5 * answer)
    return cost._replace(milliseconds=cost.milliseconds + 0.2 * len(sums) + 0.07 * terms + 0.1 * factors)


def check_cost_of(size: int, operations: int, numbers: int) -> Cost:
    """The cost of a gradient check of so many numbers, or of one number with so many ε."""
    cost = step_cost(size, answer=600 * numbers)
    # Networks with one number moved are computed many at a time, on both sides and with the complex step.
    moved = min(4 * numbers * size, MAX_STACKED)
    milliseconds = cost.milliseconds + operations / 15_000_000 + 0.02 * numbers
    return cost._replace(milliseconds=milliseconds, memory=cost.memory + OF_MOVED * moved)


def advance_cost(size: int, remembered: int, steps: int, documents: int) -> Cost:
    """The cost of many training steps, with this many bytes of documents in the answer."""
    # The network is there twice, since it is trained; its document is written twice for each hash.
    cost = step_cost(2 * size, 2 * remembered, 100 * steps + documents)
    written = 2 * WRITTEN * (size + remembered)
    return cost._replace(milliseconds=steps * (0.1 + 0.0006 * size), memory=cost.memory + written)


def receipt_cost(size: int, steps: int) -> Cost:
    """The cost of receipts of some training steps. What they contain has its own limit."""
    lines = min(3 * size * steps, limits.MAX_RECEIPT_LINES)
    cost = step_cost(size, answer=500 * lines)
    milliseconds = 2 * QUICK_MS + cost.milliseconds * steps + 0.1 * lines
    return cost._replace(milliseconds=milliseconds, memory=cost.memory + 1_000 * lines)


def verify_cost(length: int) -> Cost:
    """The cost of checking receipts of this many bytes."""
    return Cost(2 * QUICK_MS + length / 10_000, 0, OF_ANY + 2 * OF_BODY * length)
