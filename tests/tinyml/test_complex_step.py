"""Every gradient against the complex step: ∂f/∂v = Im f(v + ih) / h, whose rounding error is negligible."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import ACTIVATIONS, Document, build, random_document
from tests.tinyml.test_gradients import loss_of, values_of

STEP = 1e-30
# The step leaves the real line, so only analytic functions can be used: no kinks, no absolute values.
ANALYTIC = ["Linear", *(kind for kind, layer in ACTIVATIONS.items() if layer.analytic)]


@st.composite
def analytic_documents(draw: st.DrawFn) -> Document:
    types = draw(st.lists(st.sampled_from(ANALYTIC), min_size=1, max_size=4))
    loss = draw(st.sampled_from(["half_squared_error", "mean_squared_error", "softmax_cross_entropy"]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return random_document(rng, types, loss, draw(st.integers(1, 3)))


@given(analytic_documents())
def test_every_gradient_equals_the_complex_steps(document: Document) -> None:
    recorded = build(document).trace()
    ours = [recorded.layers[0].input_gradient]
    ours += [kept.gradient for layer in recorded.layers for kept in layer.parameters.values()]
    values = [value.astype(complex) for value in values_of(document)]
    for value, gradient in zip(values, ours, strict=True):
        for index in np.ndindex(value.shape):
            kept = value[index]
            value[index] = kept + 1j * STEP
            stepped = loss_of(values, document).imag / STEP
            value[index] = kept
            np.testing.assert_allclose(gradient[index], stepped, rtol=1e-11, atol=1e-12)
