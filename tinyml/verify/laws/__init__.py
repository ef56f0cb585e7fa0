"""The laws of all layers that a document can contain, by their types. A new class in one of the modules defines the law
of a new layer type; it needs no entry here.
"""

from typing import Final

from tinyml.verify.laws import convolution, dropout, elementwise, flatten, linear, normalized, pool2d, softmax
from tinyml.verify.laws.base import Law, Place

LAWS: Final[dict[str, Law]] = {
    kind.__name__: kind()
    for module in (linear, elementwise, softmax, convolution, pool2d, flatten, dropout, normalized)
    for kind in vars(module).values()
    # A class with abstract methods is a base class of several laws.
    if isinstance(kind, type) and issubclass(kind, Law) and not kind.__abstractmethods__
}

__all__ = ["LAWS", "Law", "Place"]
