"""The layers in documents: one variant for each type, which builds its layer. A new class in one of the modules is a
new type of layer; it needs no entry here.
"""

from __future__ import annotations

from inspect import isabstract
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from app.schemas.layers import activations, convolutions, dropout, flatten, linear, normalizations, pools
from app.schemas.layers.base import LayerSchema

# In the order of the menus: that of the modules, and of the classes in each.
_MODULES = (linear, activations, convolutions, pools, flatten, dropout, normalizations)
LAYERS: tuple[type[LayerSchema], ...] = tuple(
    kind
    for module in _MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, LayerSchema) and not isabstract(kind)
)

if TYPE_CHECKING:
    AnyLayer = LayerSchema
else:
    AnyLayer = Annotated[Union[LAYERS], Field(discriminator="type")]  # noqa: UP007 - of types known at run time

__all__ = ["LAYERS", "AnyLayer", "LayerSchema"]
