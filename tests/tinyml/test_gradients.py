"""Every gradient against finite differences and against autograd, over random networks of every layer and loss."""

from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from hypothesis import assume, given

from tests.support.networks import Document, build, documents, near_a_kink
from tests.tinyml.layers.cases import ROWS
from tinyml.gradient_check import gradient_check


@given(documents())
def test_every_gradient_equals_the_central_difference(document: Document) -> None:
    setting = build(document)
    assume(not near_a_kink(setting.trace()))
    for row in gradient_check(setting.model, setting.loss, setting.x, setting.y):
        assert abs(row.analytic - row.numeric) <= 1e-6 * max(1, abs(row.analytic)), row


@given(documents())
def test_every_gradient_equals_autograds(document: Document) -> None:
    recorded = build(document).trace()
    ours = [recorded.layers[0].input_gradient]
    ours += [kept.gradient for layer in recorded.layers for kept in layer.parameters.values()]
    theirs = autograd.grad(loss_of)(values_of(document), document)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-10, atol=1e-10)


@given(documents())
def test_backward_twice_gives_the_same(document: Document) -> None:
    setting = build(document)
    gradient = setting.loss(setting.model.forward(setting.x), setting.y)[1]
    first = [setting.model.backward(gradient), *(parameter.gradient for parameter in setting.model.parameters)]
    again = [setting.model.backward(gradient), *(parameter.gradient for parameter in setting.model.parameters)]
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)


def values_of(document: Document) -> list[Any]:
    values = [np.array(document["x"])]
    for layer in document["layers"]:
        values += [np.array(layer[name]) for name in parameters_of(layer)]
    return values


def parameters_of(layer: Document) -> list[str]:
    """The names of a layer's parameters, in its order."""
    return [name for name in ("w", "b", "slope") if isinstance(layer.get(name), list)]


def loss_of(values: list[Any], document: Document) -> Any:
    value, *parameters = values
    for layer in document["layers"]:
        formula, names = ROWS[layer["type"]].autograd, parameters_of(layer)
        assert formula is not None, f"the row of {layer['type']} has no formula in autograd"
        own, parameters = parameters[: len(names)], parameters[len(names) :]
        value = formula(value, **dict(zip(names, own, strict=True)))
    return LOSSES[document["loss"]["type"]](value, np.array(document.get("y")))


def log_softmax(z: Any) -> Any:
    return z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True))


LOSSES = {
    "half_squared_error": lambda z, y: anp.sum((z - y) ** 2) / 2,
    "mean_squared_error": lambda z, y: anp.mean((z - y) ** 2),
    "mean_absolute_error": lambda z, y: anp.mean(anp.abs(z - y)),
    # A product with the mask, as of ReLu.
    "hinge": lambda z, y: anp.mean((1 - y * z) * (y * z < 1)),
    "huber": lambda z, y: anp.mean(anp.where(anp.abs(z - y) <= 1, (z - y) ** 2 / 2, anp.abs(z - y) - 0.5)),
    "binary_cross_entropy": lambda z, y: anp.sum(anp.logaddexp(0, z) - y * z) / len(y),
    "output": lambda z, y: anp.sum(z),
    "softmax_cross_entropy": lambda z, y: -anp.sum(y * log_softmax(z)) / len(y),
}
