"""Random networks of compatible layers, for images, sequences or rows, built from the layers' test cases."""

from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.layers_at_random import fitting, kinds_on

Shape = tuple[int, ...]
ON_ROWS = ["Linear", "Linear", "Linear", *kinds_on(1)]
ON_SEQUENCES = ["Conv1D", "Conv1D", *kinds_on(2)]
ON_IMAGES = ["Conv2D", "Conv2D", *kinds_on(3)]
BY_AXES = {1: ON_ROWS, 2: ON_SEQUENCES, 3: ON_IMAGES}


@st.composite
def networks(draw: st.DrawFn) -> list[Case]:
    """Two to six layers, at least one of them with parameters, some of which may be frozen; images and sequences are
    flattened before the last one.
    """
    batch, cases = draw(st.integers(1, 4)), []
    shape: Shape = draw(st.sampled_from([(3,), (4,), (2, 5), (1, 4, 5), (2, 5, 4)]))

    def append(kind: str) -> None:
        nonlocal shape
        case = Case(kind, fitting(draw, kind, shape), (batch, *shape), seed=draw(st.integers(0, 2**32 - 1)))
        layer = case.layer()
        frozen = [name for name in layer.parameters() if draw(st.sampled_from([False, False, True]))]
        shape = layer.output_shape(shape)
        cases.append(case._replace(frozen=tuple(frozen)))

    for _ in range(draw(st.integers(1, 4))):
        kinds = BY_AXES[len(shape)]
        if any(case.kind == "MaxPool2D" for case in cases):
            # Overlapping pools give equal neighbours, which differ only by rounding after further layers.
            kinds = [kind for kind in kinds if kind != "MaxPool2D"]
        append(draw(st.sampled_from(kinds)))
        if len(shape) == 3 and shape[1] * shape[2] > 80:
            break  # a transposed convolution has made it large enough
    if len(shape) > 1:
        append("Flatten")
    append("Linear")
    return cases
