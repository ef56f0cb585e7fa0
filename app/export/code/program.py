"""A training step written as a program.

The programs of all dialects have the same parts: the data, the parameters, the layers forward, the loss, and the
gradients. In numpy the backward pass is written out, layer by layer; PyTorch and JAX differentiate the forward pass.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from app.export.code.values import literal, one_line
from app.problems import Problem
from app.schemas.layers import LayerSchema
from app.schemas.losses import LossSchema
from tinyml.core import Array
from tinyml.programs import FUNCTIONS, LAYERS, LOSSES, Lines, LossLines, needed
from tinyml.trace import LayerTrace, Trace

Dialect = Literal["numpy", "pytorch", "jax"]
MADE = "Written by Backprop Explorer. It prints the loss and every gradient of one training step."
# Names that programs use for something else.
TAKEN = {"np", "jnp", "jax", "torch", "math", "x", "y", "x_grad"} | {
    *("loss", "loss_of", "output", "name", "gradient", "gradients"),
}


class Names:
    """Variables for what a document names, which may be words of Python or of the program."""

    def __init__(self) -> None:
        self._taken = TAKEN | {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *FUNCTIONS}

    def fresh(self, wanted: str) -> str:
        """A variable of this name, with underscores behind it if that is taken."""
        while wanted in self._taken:
            wanted += "_"
        self._taken.add(wanted)
        return wanted


class Written(NamedTuple):
    """A layer in a program: its lines, with a variable or a text for each of their fields, the parameters' variables by
    their names, and the variables of its output and of ∂ℓ/∂output.
    """

    layer: LayerTrace
    lines: Lines
    fields: dict[str, str]
    parameters: dict[str, str]
    output: str
    gradient: str


def program(recorded: Trace, layers: Sequence[LayerSchema], loss: LossSchema, title: str, dialect: Dialect) -> str:
    """The program of a recorded training step, whose layers and loss are these in the document. Raises a Problem for a
    layer that programs do not know.
    """
    names = Names()
    write, make = {
        "numpy": (_numpy, "np.array"),
        "pytorch": (_pytorch, "torch.tensor"),
        "jax": (_jax, "jnp.array"),
    }[dialect]
    written = [_written(names, schema, layer, make) for schema, layer in zip(layers, recorded.layers, strict=True)]
    body = [*write(_Step(recorded, written, loss, make))]
    return "\n".join([f"# {one_line(title)}", f"# {MADE}", *body, ""])


class _Step(NamedTuple):
    recorded: Trace
    layers: Sequence[Written]
    loss: LossSchema
    # What makes an array of lists.
    make: str

    def chain(self) -> Iterator[tuple[Written, str, str]]:
        """Each layer with the variables of its input and of ∂ℓ/∂input, in the order of the pass."""
        topology = self.recorded.topology
        for place in topology.order:
            source = topology.sources[place]
            one, before = self.layers[place], None if source is None else self.layers[source]
            yield (one, "x", "x_grad") if before is None else (one, before.output, before.gradient)

    @property
    def last(self) -> Written:
        """The layer whose output the loss takes."""
        return self.layers[self.recorded.topology.last]

    def assigned(self, variable: str, array: Array, more: str = "") -> str:
        """A line that makes an array."""
        return f"{variable} = {self.make}({literal(array)}{more})"

    def outline(self, more: str = "") -> Iterator[str]:
        """The data and the parameters."""
        yield "\n# The data"
        yield self.assigned("x", self.recorded.x, more)
        if self.recorded.y is not None:
            yield self.assigned("y", self.recorded.y)
        yield "\n# The parameters"
        yield from (self.assigned(variable, values, more) for _, variable, values in self.parameters())

    def parameters(self) -> Iterator[tuple[str, str, Array]]:
        """The ref, the variable and the value of each parameter."""
        for one in self.layers:
            for name, variable in one.parameters.items():
                yield f"{one.layer.layer.name}.{name}", variable, one.layer.parameters[name].value

    @property
    def of_loss(self) -> LossLines:
        """The lines of the loss with its settings."""
        longer = [name for name in ("label_smoothing", "weight", "pos_weight") if getattr(self.loss, name, None)]
        return LOSSES[" ".join([self.loss.type, *longer])]

    def filled(self, wording: str) -> str:
        """A line of the loss."""
        return wording.format(**self._loss_fields())

    def _loss_fields(self) -> dict[str, Any]:
        settings, output = self.loss.model_dump(), self.recorded.output
        field, weights = self.loss.weights
        if weights is not None:
            settings[field] = f"{self.make}({weights})"
        if self.recorded.loss.given is not None:
            settings["gradient"] = f"{self.make}({literal(self.recorded.loss.given)})"
        return {
            **settings,
            "out": "output",
            "y": "y",
            "n": len(output),
            "count": output.size,
            "classes": output.shape[1],
        }


def _written(names: Names, schema: LayerSchema, layer: LayerTrace, make: str) -> Written:
    fields = {name: str(value) for name, value in schema.model_dump(exclude={*schema.numbers}).items()}
    # A layer that has other lines with some settings, or in predict mode, has them under a longer name.
    names_of_lines = [schema.type]
    if fields.get("approximate") == "tanh":
        names_of_lines.insert(0, f"{schema.type} tanh")
    if not layer.training:
        names_of_lines.insert(0, f"{schema.type} predict")
    lines = next((LAYERS[name] for name in names_of_lines if name in LAYERS), None)
    if lines is None:
        detail = f"{schema.type} '{layer.layer.name}': programs have no such layer; export a network without it."
        raise Problem(422, detail, ("document",), key="no_program", values={"layer": schema.type})
    output = names.fresh(layer.layer.name)
    parameters = {name: names.fresh(f"{output}_{name}") for name in layer.parameters}
    fields |= parameters | {f"{name}_grad": names.fresh(f"{variable}_grad") for name, variable in parameters.items()}
    fields |= _shaped(layer, fields, make)
    return Written(layer, lines, fields, parameters, output, names.fresh(f"d_{output}"))


def _shaped(layer: LayerTrace, fields: dict[str, str], make: str) -> dict[str, str]:
    """What lines of a layer need to know of its shapes and of its numbers that are no parameters."""
    axes = layer.input.ndim
    whole = tuple(range(1, axes))
    along = ".reshape(-1" + ", 1" * (axes - 2) + ")" if axes > 2 else ""
    shaped = {
        "b": fields.get("b", "None"),
        "plus_b": "",
        "axes": str(whole),
        "sides": f"({fields.get('padding', 0)}, {fields.get('padding', 0)})",
        "spread": fields.get("slope", ""),
        "summed": ".sum().reshape(1)",
    }
    kind = layer.layer
    if "b" in layer.parameters:
        shaped["plus_b"] = f" + {fields['b']}" + (f"[:{', None' * (axes - 2)}]" if axes > 2 else "")
    if "padding" in fields and axes == 3:
        shaped["sides"] = f"(0, {fields['padding']})"
    if "slope" in layer.parameters and layer.parameters["slope"].value.size == layer.input.shape[1] > 1:
        shaped |= {"spread": fields["slope"] + along, "summed": f".sum(axis={(0, *whole[1:])})"}
    if "gamma" in layer.parameters and kind.reach == "channel":
        shaped["axes"] = str((0, *whole[1:]))
        shaped |= {f"along_{name}": fields[name] + along for name in ("gamma", "beta")}
        for name in ("mean", "variance"):
            kept = literal(layer.running_state[f"running_{name}"][0])
            shaped |= {name: f"{make}({kept})", f"along_{name}": f"{make}({kept}){along}"}
    if "mask" in layer.saved:
        shaped["mask"] = f"{make}({literal(layer.saved['mask'])})"
    if "size" in fields:
        size = fields["size"].strip("[]")
        shaped["size"] = size if "," in size else f"{size}, {size}"
    return shaped


def _forward(step: _Step, *, torch: bool = False) -> Iterator[str]:
    for one, z, _ in step.chain():
        lines = one.lines.torch if torch else one.lines.forward
        yield f"{one.output} = {lines.format(z=z, h=one.output, **one.fields)}"
    yield f"output = {step.last.output}"
    yield f"loss = {step.filled(step.of_loss.torch if torch else step.of_loss.value)}"


def _backward(step: _Step) -> Iterator[str]:
    yield f"{step.last.gradient} = {step.filled(step.of_loss.derivative)}"
    for one, z, d_z in reversed([*step.chain()]):
        for line in one.lines.backward:
            if "{b_grad}" not in line or "b" in one.parameters:
                yield line.format(z=z, h=one.output, d=one.gradient, d_z=d_z, **one.fields)


def _numpy(step: _Step) -> Iterator[str]:
    forward, backward = [*_forward(step)], [*_backward(step)]
    functions = needed([*forward, *backward])
    yield "\nimport math\n" if "erf" in functions else ""
    yield "import numpy as np"
    yield from (f"\n\n{FUNCTIONS[name].rstrip()}" for name in functions)
    yield "\n" if functions else ""
    yield from step.outline()
    yield from ["\n# Forward", *forward, "\n# Backward: d_h is the gradient of the loss with respect to h", *backward]
    yield '\nprint("loss =", float(loss))'
    yield 'print("x.grad =", x_grad.tolist())'
    for one in step.layers:
        for name in one.parameters:
            yield f'print("{one.layer.layer.name}.{name}.grad =", {one.fields[f"{name}_grad"]}.tolist())'


def _pytorch(step: _Step) -> Iterator[str]:
    yield from ["", "import torch", "", "torch.set_default_dtype(torch.float64)"]
    yield from step.outline(", requires_grad=True")
    yield from ["\n# Forward", *_forward(step, torch=True), "\n# Backward", "loss.backward()"]
    yield '\nprint("loss =", loss.item())'
    for ref, variable in [("x", "x"), *((ref, variable) for ref, variable, _ in step.parameters())]:
        yield f'print("{ref}.grad =", {variable}.grad.tolist())'


def _jax(step: _Step) -> Iterator[str]:
    forward = [_in_jax(line) for line in _forward(step)]
    functions = needed(forward)
    yield from ["", "import jax", "import jax.numpy as jnp"]
    if "erf" in functions:
        yield "from jax.scipy.special import erf"
    yield '\njax.config.update("jax_enable_x64", True)'
    yield from (f"\n\n{_in_jax(FUNCTIONS[name]).rstrip()}" for name in functions if name != "erf")
    yield "\n" if functions else ""
    yield from step.outline()
    refs, variables = ["x"], ["x"]
    for ref, variable, _ in step.parameters():
        refs.append(ref)
        variables.append(variable)
    yield f"\n\ndef loss_of({', '.join(variables)}):"
    yield from ("    " + line.replace("\n", "\n    ") for line in forward)
    yield "    return loss"
    yield "\n\n# Forward and backward"
    yield f"loss, gradients = jax.value_and_grad(loss_of, {(*range(len(variables)),)})({', '.join(variables)})"
    yield '\nprint("loss =", float(loss))'
    yield f"for name, gradient in zip({refs}, gradients):"
    yield '    print(f"{name}.grad =", gradient.tolist())'


def _in_jax(line: str) -> str:
    return re.sub(r"\bnp\.", "jnp.", line)
