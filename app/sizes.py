"""The size of a network, counted layer by layer and checked against the limits before any memory is allocated."""

from math import prod

from app import limits
from app.problems import LimitProblem
from app.schemas.document import NetworkDocument
from app.shapes import Place, Shape, count_lists


class TooLargeError(Exception):
    """A network has more numbers than the caller wanted to build."""


class SizeLimits:
    """Counts while a document is built. Each method raises a LimitProblem that points at the layer that exceeds a
    limit, and a TooLargeError if the network has more than `most` numbers.
    """

    def __init__(self, document: NetworkDocument, most: int | None = None) -> None:
        self._most = most
        shape = tuple(document.input_shape)
        self._samples = document.samples
        # Each parameter counts with its optimizer state.
        self._copies = 1 + document.optimizer.copies
        self._parameters = 0
        self._windows = 0
        self._activations = self._samples * prod(shape)
        self._lists = 2 * count_lists((self._samples, *shape))
        hold("MAX_ACTIVATIONS", self._activations, document.rows_at(("x",)))
        self._check_size()

    @property
    def size(self) -> int:
        """All numbers together: the cost of a training step."""
        return self._parameters + self._activations + self._windows

    @property
    def remembered(self) -> int:
        """The numbers of the optimizer state."""
        return self._parameters * (self._copies - 1)

    def add_parameters(self, i: int, shapes: dict[str, Shape]) -> None:
        """Count the parameters of the i-th layer, which do not exist yet."""
        if not shapes:
            return
        for shape in shapes.values():
            self._parameters += prod(shape)
            # One more for the object that holds it.
            self._lists += self._copies * (1 + count_lists(shape))
        hold("MAX_PARAMETERS", self._parameters, ("layers", i))
        self._check_size()
        hold("MAX_BRACKETS", self._lists, ("layers", i))

    def add_outputs(self, i: int, shape: Shape, window_numbers: int) -> None:
        """Count the outputs of the i-th layer, and the numbers within its windows over one sample."""
        hold("MAX_WIDTH", max(shape), ("layers", i))
        self._activations += self._samples * prod(shape)
        hold("MAX_ACTIVATIONS", self._activations, ("layers", i))
        self._windows += self._samples * window_numbers
        hold("MAX_WINDOW_NUMBERS", self._windows, ("layers", i))
        self._check_size()

    def _check_size(self) -> None:
        if self._most is not None and self.size > self._most:
            raise TooLargeError


def hold(name: str, asked: int, where: Place) -> None:
    """Raise a LimitProblem if a request exceeds a named limit."""
    if asked > getattr(limits, name):
        raise LimitProblem(name, asked, where)
