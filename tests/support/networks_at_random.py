"""Random networks of compatible layers, for images or for rows, built from the layers' test cases."""

from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.layers_at_random import fitting, kinds_on

Shape = tuple[int, ...]
ON_ROWS = ["Linear", "Linear", "Linear", *kinds_on(1)]
ON_IMAGES = ["Conv2D", "Conv2D", *kinds_on(3)]


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
