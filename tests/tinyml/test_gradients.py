"""Every gradient against finite differences and against autograd, over random networks of every layer and loss."""

import math
from typing import Any

import autograd
import autograd.extend
import autograd.numpy as anp
import numpy as np
from hypothesis import assume, given

from tests.support.networks import Document, build, documents, near_a_kink
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


# autograd's own erf needs scipy, so its derivative 2/√π e^(−z²) is defined here.
erf = autograd.extend.primitive(lambda z: np.vectorize(math.erf)(z))
autograd.extend.defvjp(erf, lambda _, z: lambda upstream: upstream * 2 / math.pi**0.5 * anp.exp(-(z**2)))


def values_of(document: Document) -> list[Any]:
    values = [np.array(document["x"])]
    for layer in document["layers"]:
        values += [np.array(layer[name]) for name in ("w", "b") if name in layer]
    return values


def loss_of(values: list[Any], document: Document) -> Any:
    value, *parameters = values
    for layer in document["layers"]:
        if layer["type"] == "Linear":
            w, *parameters = parameters
            value = anp.dot(value, w)
            if layer.get("bias", True):
                b, *parameters = parameters
                value = value + b
        else:
            value = ACTIVATIONS[layer["type"]](value)
    return LOSSES[document["loss"]["type"]](value, np.array(document["y"]))


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
    "softmax_cross_entropy": lambda z, y: -anp.sum(y * log_softmax(z)) / len(y),
}
ACTIVATIONS = {
    # A product with the mask: autograd's maximum shares the gradient of a tie, where ours gives none of it to z.
    "LeakyReLu": lambda z: z * anp.where(z > 0, 1, 0.01),
    "ELU": lambda z: anp.where(z > 0, z, anp.exp(anp.minimum(z, 0)) - 1),
    "GELU": lambda z: z * (1 + erf(z / 2**0.5)) / 2,
    "Softplus": lambda z: anp.log(1 + anp.exp(z)),
    "ReLu": lambda z: z * (z > 0),
    "Sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "Tanh": anp.tanh,
    "Softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
}
