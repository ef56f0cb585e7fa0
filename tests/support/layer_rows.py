"""What a row of the table of layers has (`tests/tinyml/layers/cases.py`), and the parts that rows are built from."""

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.support.layer_cases import Case

Shape = tuple[int, ...]
Settings = dict[str, Any]
# Far below and far above 0, h is the first number times z plus the second, and its slope is the third.
Limits = tuple[tuple[float, float, float], tuple[float, float, float]]


class InTorch(NamedTuple):
    """The arguments of a layer's PyTorch formula besides the parameters: `layer` is ours, after a forward pass."""

    torch: Any
    layer: Any
    case: Case
    x: Any
    places: Any = None

    @property
    def f(self) -> Any:
        """PyTorch's functions."""
        return self.torch.nn.functional

    def of(self, setting: str, default: Any = None) -> Any:
        """A setting of the layer."""
        return self.case.arguments.get(setting, default)


class Row(NamedTuple):
    """The facts about a layer that the tests use.

    `cases`     settings chosen by hand, a small one first; PyTorch's results are recorded for each.
    `torch`     its formula in PyTorch, with the parameters by their names.
    `settings`  draws its arguments for samples of a shape.
    `samples`   draws the shape of a sample.
    `takes`     how many axes its samples have; None for any.
    `autograd`  its formula in autograd, with the parameters by their names; networks with it are then compared.
    `limits`    for an elementwise function: its asymptotes far from 0.
    `running_state`  draws its state other than parameters that changes from step to step, as documents write it.
    """

    cases: list[Case]
    torch: Callable[..., Any]
    settings: Callable[[st.DrawFn, Shape], Settings]
    samples: Callable[[st.DrawFn], Shape]
    takes: int | None = None
    autograd: Callable[..., Any] | None = None
    limits: Limits | None = None
    running_state: Callable[[st.DrawFn, Shape], Settings] | None = None


small = st.integers(1, 3)
# For a layer that may be without a bias; most have one.
BIAS = st.sampled_from([{}, {}, {"bias": False}])
EPSILON = st.sampled_from([1e-5, 1e-3])


def any_shape(draw: st.DrawFn) -> Shape:
    """Samples of one to three axes."""
    return tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))


def image(draw: st.DrawFn) -> Shape:
    """A small image."""
    return draw(small), draw(st.integers(1, 5)), draw(st.integers(1, 6))


def tiny_image(draw: st.DrawFn) -> Shape:
    """An image for a layer that makes it larger."""
    return draw(small), draw(small), draw(st.integers(1, 4))


def sequence(draw: st.DrawFn) -> Shape:
    """A short sequence, of one to three channels."""
    return draw(small), draw(st.integers(1, 6))


def setting(**values: list[Any]) -> Callable[[st.DrawFn, Shape], Settings]:
    """Draws each setting from its list of values."""
    return lambda draw, _: {name: draw(st.sampled_from(among)) for name, among in values.items()}


def function(kind: str, torch: Callable[..., Any], *chosen: Settings, **row: Any) -> Row:
    """An elementwise function, or one that takes samples of any shape: two cases for each of the chosen settings."""
    cases = [Case(kind, arguments, (3, 4), ties) for arguments in chosen or ({},) for ties in (False, True)]
    return Row(cases, torch, row.pop("settings", setting()), any_shape, **row)


def images(kind: str, *chosen: tuple[Shape, Settings]) -> list[Case]:
    """Cases of a layer for images, or for sequences; `ties` in the settings is passed to the case."""
    return [
        Case(kind, {"input_dim": shape[1:], **arguments}, shape, ties)
        for shape, arguments in chosen
        for ties in [arguments.pop("ties", False)]
    ]


def conv(draw: st.DrawFn, shape: Shape) -> Settings:
    """Filters that are no larger than the padded image, or the padded sequence."""
    padding = draw(st.integers(0, 2))
    sizes = [draw(st.integers(1, min(3, n + 2 * padding))) for n in shape[1:]]
    # Small filters with a stride larger than 1 could cover padding only.
    stride = draw(small) if padding < min(sizes) else 1
    sides = dict(zip(("h_filter", "w_filter")[-len(sizes) :], sizes, strict=True))
    window = {**sides, "stride": stride, "padding": padding}
    return {"input_dim": shape, "n_filter": draw(small), **window, **draw(BIAS)}


def deconv(draw: st.DrawFn, shape: Shape) -> Settings:
    """Filters that leave part of the image, and do not enlarge a large one further."""
    most = 3 if shape[1] * shape[2] <= 12 else 2
    height, width, stride, dilation = draw(small), draw(small), draw(st.integers(1, most)), draw(st.integers(1, most))
    sides = zip(shape[1:], (height, width), strict=True)
    smallest = min((count - 1) * stride + (size - 1) * dilation + 1 for count, size in sides)
    padding = draw(st.integers(0, min(2, (smallest - 1) // 2)))
    window = {"h_filter": height, "w_filter": width, "stride": stride, "dilation": dilation, "padding": padding}
    return {"input_dim": shape, "n_filters": draw(st.integers(1, most)), **window, **draw(BIAS)}


def pool(draw: st.DrawFn, shape: Shape) -> Settings:
    """Windows that cover every row and column."""
    size = tuple(draw(st.integers(1, min(3, n))) for n in shape[1:])
    fits = [n for n in (1, 2, 3) if not any((count - of) % n for count, of in zip(shape[1:], size, strict=True))]
    return {"input_dim": shape, "size": size, "stride": draw(st.sampled_from(fits))}


def unpool(draw: st.DrawFn, shape: Shape) -> Settings:
    """Any windows: those of the larger image fit."""
    return {"input_dim": shape, "size": (draw(small), draw(small)), "stride": draw(small)}


def layer_norm(draw: st.DrawFn, shape: Shape) -> Settings:
    """The whole shape of a sample; that of a row may be given by its length."""
    return {"input_dim": shape[0] if len(shape) == 1 and draw(st.booleans()) else shape, "epsilon": draw(EPSILON)}
