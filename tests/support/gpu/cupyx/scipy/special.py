"""A substitute for the two functions of cupyx.scipy.special that the engine uses."""

import math
from typing import Any

import numpy
from cupy import device, host

_erf = numpy.frompyfunc(math.erf, 1, 1)
_erfc = numpy.frompyfunc(math.erfc, 1, 1)


def erf(values: Any) -> Any:
    """The error function, in the precision of the values."""
    return device(numpy.asarray(_erf(host(values)), dtype=values.dtype))


def erfc(values: Any) -> Any:
    """The complementary error function, in the precision of the values."""
    return device(numpy.asarray(_erfc(host(values)), dtype=values.dtype))
