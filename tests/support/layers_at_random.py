"""Random valid settings for each layer, drawn as its row in the table of layers specifies."""

from typing import Any

from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.tinyml.layers.cases import ROWS

Shape = tuple[int, ...]
KINDS = sorted(ROWS)
# Layers that have parameters.
LEARNING = [kind for kind in KINDS if any(case.layer().parameters() for case in ROWS[kind].cases)]
# Layers that act on the whole batch while training, so that a single sample gives other results.
OVER_THE_BATCH = {"BatchNorm", "Dropout"}
# Settings of a layer that documents do not have.
ALONE = {"axis", "return_index"}


@st.composite
def cases(draw: st.DrawFn, kind: str, batches: st.SearchStrategy[int], ties: bool | None = None) -> Case:
    """Cases of one class with a batch of the given sizes; with ties, without ties, or either by default."""
    sample = ROWS[kind].samples(draw)
    return Case(
        kind,
        ROWS[kind].settings(draw, sample),
        (draw(batches), *sample),
        draw(st.booleans()) if ties is None else ties,
        kind not in OVER_THE_BATCH or draw(st.booleans()),
        draw(st.integers(0, 2**32 - 1)),
    )


def fitting(draw: st.DrawFn, kind: str, shape: Shape) -> dict[str, Any]:
    """Arguments with which a layer takes samples of this shape in a network."""
    return {name: value for name, value in ROWS[kind].settings(draw, shape).items() if name not in ALONE}


def kinds_on(axes: int) -> list[str]:
    """The layers of random networks that take samples with this number of axes."""
    return [kind for kind in KINDS if kind not in ("Flatten", "MaxUnpool2D") and ROWS[kind].takes in (None, axes)]
