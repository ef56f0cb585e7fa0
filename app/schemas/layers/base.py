"""The base classes of layers in documents."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator
from math import prod
from typing import Annotated, Any, ClassVar, Final, Literal, get_args

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from app import limits
from app.kinds import Kind
from app.schemas.base import NotNegative, Strict, at_most, short
from app.shapes import Shape, ShapeMismatch, check_shape, shape_text
from tinyml.core import Array, Backend
from tinyml.layers import Layer

LayerName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=limits.MAX_LAYER_NAME_LENGTH),
    at_most("MAX_LAYER_NAME_LENGTH"),
]

Seed = list[int]

# The rules of tinyml.initialisers, by name. The library's rule is the default, which documents leave out.
USUAL_RULE: Final = "library_uniform"
Initialiser = Annotated[
    Literal["library_uniform", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal"],
    Field(exclude_if=lambda rule: rule == USUAL_RULE),
]


class LayerSchema(Strict):
    """What all layers have in common.

    `stem`        begins the names that are made up where a document gives none.
    `parameters`  the layer's parameters by their fields, each with what its axes are.
    `numbers`     the fields with numbers that are drawn or gathered: the parameters, and what else is kept for each.
    `takes`       how many axes its samples have; None for any.
    `width`       the field that says how many outputs, or channels, it has.
    """

    stem: ClassVar[str]
    # Its name if there is no wording for it, such as a layer of another library.
    title: ClassVar[str] = ""
    parameters: ClassVar[dict[str, str]] = {}
    numbers: ClassVar[tuple[str, ...]] = ()
    takes: ClassVar[int | None] = None
    width: ClassVar[str | None] = None
    type: str
    name: LayerName | None = None

    @model_validator(mode="before")
    @classmethod
    def _only_what_there_is(cls, data: Any) -> Any:
        """Reject a switch for a property that the layer does not have, and null for a parameter, which is ambiguous."""
        if not isinstance(data, dict):
            return data
        kind, *_ = get_args(cls.model_fields["type"].annotation)
        if "frozen" in data and not cls.parameters:
            raise misplaced("frozen", f"{kind} has no parameters, so nothing can be frozen; leave it out")
        if "lr_factor" in data and not cls.parameters:
            raise misplaced("lr_factor", f"{kind} has no parameters, so it has no learning rate; leave it out")
        if "bias" in data and "b" not in cls.parameters:
            instead = (
                f', or freeze the parameter that shifts its outputs: "frozen": ["{[*cls.parameters][-1]}"]'
                if cls.parameters
                else ""
            )
            raise misplaced("bias", f"{kind} has no bias b; leave the field out{instead}")
        for name in cls.parameters:
            if name in data and data[name] is None:
                raise misplaced(
                    name,
                    f'null is not a parameter; leave {name} out to have it initialised, write "frozen": ["{name}"] to '
                    "keep "
                    'updates from changing it, or "bias": false for a layer without b',
                )
        return data

    def freeze(self, layer: Layer) -> None:
        """Keep optimizers from changing what the document freezes, and set the rate factor of the others."""

    def who(self, name: str) -> str:
        """The name of the layer in error messages."""
        return f"{self.type} '{name}'"

    def check_input(self, name: str, input_shape: Shape) -> None:
        """Raise a ShapeMismatch if such a layer cannot take samples of this shape."""

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """The shape of each parameter in the notation's orientation, before any is created."""
        return {}

    def window_numbers(self, input_shape: Shape, output_shape: Shape) -> int:
        """How many numbers all windows over one sample contain, if the layer has windows."""
        return 0

    def nearest(self, input_shape: Shape, kept: Collection[str]) -> dict[str, Any]:
        """Settings with which the layer takes samples of this shape, as close as possible to the present ones; those in
        `kept` do not change. The present ones if they fit, or if no others do.
        """
        return {}

    def given(self, name: str, input_shape: Shape) -> Iterator[tuple[str, Array]]:
        """The parameters given in the document, as arrays in the notation's orientation. Raises a ShapeMismatch if one
        has another shape.
        """
        for parameter, shape in self.parameter_shapes(input_shape).items():
            values = getattr(self, parameter)
            if values is not None:
                who = f"{self.who(name)}: {parameter} ({self.parameters[parameter]})"
                check_shape(values, shape, (parameter,), who)
                yield parameter, Backend.array(values, dtype=float)

    def build(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        """The layer for samples of `input_shape`; parameters that the document leaves out are drawn from `seed`. Raises
        a ShapeMismatch, or the engine's error, if something does not fit.
        """
        layer = self.make(name, input_shape, seed)
        made = layer.parameters()
        for parameter, values in self.given(name, input_shape):
            made[parameter].tensor = layer.in_notation(parameter, values)
        self.freeze(layer)
        return layer

    @abstractmethod
    def make(self, name: str, input_shape: Shape, seed: Seed) -> Layer:
        """The layer, with all its random numbers drawn from `seed`."""

    def drawn(self, layer: Layer) -> dict[str, Any]:
        """Everything drawn for the layer except its parameters, by field."""
        return {}


class LearningLayerSchema(LayerSchema):
    """A layer with parameters. Each can be frozen: its gradient is computed, and updates do not change it. The others
    learn at `lr_factor` times the learning rate.
    """

    frozen: Annotated[
        list[str],
        Field(
            fail_fast=True,
            exclude_if=lambda frozen: not frozen,
            json_schema_extra={"uniqueItems": True, "default": []},
        ),
    ] = Field(default_factory=list)

    lr_factor: Annotated[NotNegative, Field(exclude_if=lambda factor: factor == 1)] = 1.0

    @field_validator("frozen")
    @classmethod
    def _its_own(cls, frozen: list[str]) -> list[str]:
        """The names in the order of the parameters, so that one network has one document."""
        for i, name in enumerate(frozen):
            if name not in cls.parameters:
                context = {"index": i, "came": short(name), "names": list(cls.parameters)}
                raise PydanticCustomError("unknown_parameter", "unknown parameter", context)
        if len(set(frozen)) < len(frozen):
            raise PydanticCustomError("twice", "a parameter is named twice; name each once")
        return [name for name in cls.parameters if name in frozen]

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        fields = handler.resolve_ref_schema(schema)["properties"]
        fields["frozen"]["items"]["enum"] = list(cls.parameters)
        for name in cls.parameters:
            # None is a parameter that is left out; null is rejected.
            (given,) = [kind for kind in fields[name].pop("anyOf") if kind != {"type": "null"}]
            del fields[name]["default"]
            fields[name] |= given
        return schema

    def freeze(self, layer: Layer) -> None:
        parameters = layer.parameters()
        for name in self.frozen:
            parameters[name].require_grad = False
        if self.lr_factor != 1:
            for parameter in parameters.values():
                parameter.lr_factor = self.lr_factor


class BiasedLayerSchema(LearningLayerSchema):
    """A layer that adds a bias b to each output, unless `bias` is false."""

    bias: Annotated[bool, Field(exclude_if=lambda bias: bias)] = True

    @model_validator(mode="before")
    @classmethod
    def _no_bias_is_none(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("bias") is False:
            if data.get("b") is not None:
                raise misplaced("b", '"bias": false means that there is no b; leave out one of the two', "no_bias")
            if isinstance(data.get("frozen"), list) and "b" in data["frozen"]:
                raise misplaced(
                    "frozen", '"bias": false means that there is no b to freeze; leave out one of the two', "no_bias"
                )
        return data

    def bias_shape(self, outputs: int) -> dict[str, Shape]:
        """The shape of b, if there is one."""
        return {"b": (outputs,)} if self.bias else {}


class FlatLayerSchema(LayerSchema):
    """A layer that takes samples of one axis."""

    takes = 1

    def check_input(self, name: str, input_shape: Shape) -> None:
        if len(input_shape) != 1:
            raise ShapeMismatch(
                f"{self.who(name)}: takes samples of one axis, got samples of {shape_text(input_shape)}; add a "
                "Flatten layer before it.",
                key="needs_flat",
                values={"layer": name, "shape": input_shape},
            )


class ImageLayerSchema(LayerSchema):
    """A layer that takes images: samples of channels × height × width."""

    takes = 3

    def check_input(self, name: str, input_shape: Shape) -> None:
        if len(input_shape) != 3:
            advice = (
                "on sequences use Conv1D, with a stride to shorten them."
                if len(input_shape) == 2
                else "give the network an input_shape such as [1, 28, 28], and put this layer before any Flatten."
            )
            raise ShapeMismatch(
                f"{self.who(name)}: takes images (channels × height × width), got samples of "
                f"{shape_text(input_shape)}; {advice}",
                key="needs_image",
                values={"layer": name, "shape": input_shape},
            )


class SequenceLayerSchema(LayerSchema):
    """A layer that takes sequences: samples of channels × length."""

    takes = 2

    def check_input(self, name: str, input_shape: Shape) -> None:
        if len(input_shape) != 2:
            advice = (
                "on images use Conv2D."
                if len(input_shape) == 3
                else "give the network an input_shape such as [1, 16], and put this layer before any Flatten."
            )
            raise ShapeMismatch(
                f"{self.who(name)}: takes sequences (channels × length), got samples of {shape_text(input_shape)}; "
                f"{advice}",
                key="needs_sequence",
                values={"layer": name, "shape": input_shape},
            )


def misplaced(field: str, sentence: str, key: Kind = "misplaced") -> PydanticCustomError:
    """The error for a field that a layer cannot have."""
    return PydanticCustomError("misplaced_field", "{sentence}", {"field": field, "sentence": sentence, "key": key})


def sizes(shapes: dict[str, Shape]) -> int:
    """How many numbers parameters of these shapes have."""
    return sum(prod(shape) for shape in shapes.values())
