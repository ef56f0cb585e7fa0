"""Random networks of compatible layers, for images or for rows, built from the layers' test cases."""

from typing import Any

from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.layers_at_random import BIAS
from tests.support.networks import ACTIVATIONS

Shape = tuple[int, ...]
ANYWHERE = [*ACTIVATIONS, "Dropout", "LayerNorm"]
ON_ROWS = ["Linear", "Linear", "Linear", "BatchNorm", *ANYWHERE]
ON_IMAGES = ["Conv2D", "Conv2D", "Deconv2D", "MaxPool2D", "AvgPool2D", "BatchNorm", *ANYWHERE]


def fitting(draw: st.DrawFn, kind: str, shape: Shape) -> dict[str, Any]:
    """Arguments with which a layer accepts samples of this shape."""
    if kind == "Linear":
        return {"input_dim": shape[0], "output_dim": draw(st.integers(1, 4)), **draw(BIAS)}
    if kind == "Dropout":
        return {"probability": draw(st.sampled_from([0.1, 0.5])), "seed": draw(st.integers(0, 9))}
    if kind == "BatchNorm":
        return {"features": shape[0]}
    if kind == "LayerNorm":
        return {"input_dim": shape}
    if not kind.endswith("2D"):
        return {}
    height, width = draw(st.integers(1, min(3, shape[1]))), draw(st.integers(1, min(3, shape[2])))
    if kind.endswith("Pool2D"):
        fits = [n for n in (1, 2, 3) if not (shape[1] - height) % n and not (shape[2] - width) % n]
        return {"input_dim": shape, "size": (height, width), "stride": draw(st.sampled_from(fits))}
    window = {"h_filter": height, "w_filter": width, "stride": draw(st.integers(1, 2)), **draw(BIAS)}
    if kind == "Conv2D":
        return {"input_dim": shape, "n_filter": draw(st.integers(1, 3)), **window, "padding": draw(st.integers(0, 1))}
    return {"input_dim": shape, "n_filters": draw(st.integers(1, 2)), **window, "dilation": draw(st.integers(1, 2))}


@st.composite
def networks(draw: st.DrawFn) -> list[Case]:
    """Two to six layers, at least one of them with parameters, some of which may be frozen; images are flattened
    before the last one.
    """
    batch, cases = draw(st.integers(1, 4)), []
    shape: Shape = draw(st.sampled_from([(3,), (4,), (1, 4, 5), (2, 5, 4)]))

    def append(kind: str) -> None:
        nonlocal shape
        case = Case(kind, fitting(draw, kind, shape), (batch, *shape), seed=draw(st.integers(0, 2**32 - 1)))
        layer = case.layer()
        frozen = [name for name in layer.parameters() if draw(st.sampled_from([False, False, True]))]
        shape = layer.output_shape(shape)
        cases.append(case._replace(frozen=tuple(frozen)))

    for _ in range(draw(st.integers(1, 4))):
        kinds = ON_IMAGES if len(shape) == 3 else ON_ROWS
        if any(case.kind == "MaxPool2D" for case in cases):
            # Overlapping pools make equal neighbours, which differ only by rounding after further layers.
            kinds = [kind for kind in kinds if kind != "MaxPool2D"]
        append(draw(st.sampled_from(kinds)))
        if len(shape) == 3 and shape[1] * shape[2] > 80:
            break  # a transposed convolution has made it large enough
    if len(shape) == 3:
        append("Flatten")
    append("Linear")
    return cases
