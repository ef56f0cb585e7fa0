"""Saving and loading a network restores every number, or changes nothing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.arrays import READERS, WRITERS, Arrays
from tests.support.reaching import reaches
from tinyml.core import DuplicateNameError, FormatError
from tinyml.layers import BatchNorm, Conv2D, Flatten, LayerNorm, Linear, ReLu
from tinyml.losses import half_squared_error
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.saving import export_parameters, load_parameters

SUFFIXES = list(READERS)
FLOATS = st.floats(width=64)


def unusual(value: float) -> bool:
    return not np.isfinite(value) or (abs(value) < np.finfo(float).tiny and str(value) != "0.0")


def network(seed: int, outputs: int = 2) -> Sequential:
    rng = np.random.default_rng(seed)
    return Sequential(
        [
            Conv2D("conv_1", (1, 4, 4), 2, 3, 3, rng=rng),
            BatchNorm("norm_1", 2),
            ReLu("relu_1"),
            Flatten(),
            Linear("fc_1", 8, outputs, rng=rng),
            LayerNorm("norm_2", outputs),
        ]
    )


def trained(seed: int) -> Sequential:
    """A network after one batch, so that no number has its initial value."""
    model = network(seed)
    x = np.random.default_rng(seed).normal(size=(5, 1, 4, 4))
    _, gradient = half_squared_error(model.forward(x), np.arange(10.0).reshape(5, 2))
    model.backward(gradient)
    model.update(SGDOptimizer(0.1))
    return model


def numbers(model: Sequential) -> Arrays:
    """A copy of all arrays of the network, by their names in a file."""
    return {
        f"{layer.name}.{name}": array.copy()
        for layer in model.layers
        for name, array in (
            *((name, parameter.tensor) for name, parameter in layer.parameters().items()),
            *layer.buffers().items(),
        )
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_loaded_network_is_the_saved_one(tmp_path: Path, suffix: str) -> None:
    saved, loaded = trained(1), network(2)
    path = tmp_path / f"weights{suffix}"
    saved.export(path)
    loaded.load(path)
    before, after = numbers(saved), numbers(loaded)
    assert before.keys() == after.keys()
    for name, array in before.items():
        np.testing.assert_array_equal(after[name], array, err_msg=name)
    x = np.random.default_rng(3).normal(size=(4, 1, 4, 4))
    np.testing.assert_array_equal(loaded.predict(x), saved.predict(x))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_names_and_orientation_are_the_librarys(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"weights{suffix}"
    export_parameters(network(0), path)
    assert {name: array.shape for name, array in READERS[suffix](path).items()} == {
        "conv_1.w": (2, 1, 3, 3),
        "conv_1.b": (2,),
        "norm_1.gamma": (2,),
        "norm_1.beta": (2,),
        "norm_1.running_mean": (2,),
        "norm_1.running_variance": (2,),
        "fc_1.w": (2, 8),
        "fc_1.b": (2,),
        "norm_2.gamma": (2,),
        "norm_2.beta": (2,),
    }


@given(st.lists(FLOATS, min_size=6, max_size=6), st.sampled_from(SUFFIXES))
def test_every_double_comes_back_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, values: list[float], suffix: str
) -> None:
    weight = np.array(values).reshape(2, 3)
    reaches(0.1, "a number that is not finite, a subnormal one or −0", any(unusual(value) for value in values))
    path = tmp_path_factory.mktemp("weights") / f"weights{suffix}"
    Sequential([Linear("fc_1", 3, 2, weight=weight)]).export(path)
    loaded = Linear("fc_1", 3, 2)
    load_parameters(Sequential([loaded]), path)
    assert loaded.weight.tensor.tobytes() == weight.tobytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_single_precision_stays_in_the_file_and_the_network_keeps_its_own(tmp_path: Path, suffix: str) -> None:
    single = np.array([[0.1, 0.2]], dtype=np.float32)
    model = Sequential([Linear("fc_1", 2, 1, weight=single, bias=np.zeros(1, dtype=np.float32))])
    path = tmp_path / f"weights{suffix}"
    model.export(path)
    assert READERS[suffix](path)["fc_1.w"].dtype == np.float32
    double = Linear("fc_1", 2, 1)
    Sequential([double]).load(path)
    assert double.weight.tensor.dtype == np.float64
    np.testing.assert_array_equal(double.weight.tensor, single.astype(np.float64))
    Sequential([double]).export(path)
    model.load(path)
    assert model.parameters[0].tensor.dtype == np.float32


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_integers_are_numbers_too(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"weights{suffix}"
    WRITERS[suffix](path, {"fc_1.w": np.array([[1, -2]]), "fc_1.b": np.array([3])})
    layer = Linear("fc_1", 2, 1)
    Sequential([layer]).load(path)
    assert layer.weight.tensor.tolist() == [[1.0, -2.0]]


def test_what_was_given_to_a_layer_is_not_written_over(tmp_path: Path) -> None:
    given = np.ones((1, 2))
    model = Sequential([Linear("fc_1", 2, 1, weight=given)])
    Sequential([Linear("fc_1", 2, 1)]).export(tmp_path / "a.npz")
    model.load(tmp_path / "a.npz")
    np.testing.assert_array_equal(given, 1)


def changed(name: str, to: Callable[[Arrays], object]) -> Callable[[Arrays], Arrays]:
    return lambda arrays: {**arrays, name: to(arrays)}  # type: ignore[dict-item]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        (lambda a: {}, "the network needs 'conv_1.b' and 9 more, not in the file; was it saved from this network"),
        (
            lambda a: {n: x for n, x in a.items() if n != "norm_2.beta"},
            "the network needs 'norm_2.beta', not in the file",
        ),
        (
            lambda a: {n: x for n, x in a.items() if n != "norm_1.running_mean"},
            "needs 'norm_1.running_mean', not in the file",
        ),
        (changed("fc_2.w", lambda a: a["fc_1.w"]), "it holds 'fc_2.w', not in the network; was it saved from this"),
        (
            changed("norm_2.beta", lambda a: a["norm_2.beta"][:1]),
            r"'norm_2.beta' must have shape \(2,\), got \(1,\)",
        ),
        (changed("fc_1.w", lambda a: a["fc_1.w"].T), r"'fc_1.w' must have shape \(2, 8\), got \(8, 2\)"),
        (changed("fc_1.b", lambda a: a["fc_1.b"][:, None]), r"'fc_1.b' must have shape \(2,\), got \(2, 1\)"),
    ],
)
def test_a_file_that_does_not_fit_changes_nothing(
    tmp_path: Path, suffix: str, spoilt: Callable[[Arrays], Arrays], message: str
) -> None:
    model, path = trained(1), tmp_path / f"weights{suffix}"
    before = numbers(model)
    WRITERS[suffix](path, spoilt(numbers(trained(2))))
    with pytest.raises(FormatError, match=message):
        model.load(path)
    for name, array in numbers(model).items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)


def test_numbers_too_large_for_the_network_change_nothing(tmp_path: Path) -> None:
    weight = np.array([[0.1, 0.2]], dtype=np.float32)
    layer = Linear("fc_1", 2, 1, weight=weight, bias=np.zeros(1, dtype=np.float32))
    WRITERS[".npz"](tmp_path / "a.npz", {"fc_1.b": np.array([7.0]), "fc_1.w": np.array([[1e300, np.inf]])})
    with pytest.raises(
        FormatError, match="'fc_1.w' has numbers that float32 cannot hold; build the network in float64"
    ):
        Sequential([layer]).load(tmp_path / "a.npz")
    assert layer.bias.tensor.tolist() == [0.0]
    WRITERS[".npz"](tmp_path / "a.npz", {"fc_1.b": np.array([np.nan]), "fc_1.w": np.array([[-np.inf, np.inf]])})
    Sequential([layer]).load(tmp_path / "a.npz")
    assert layer.weight.tensor.tolist() == [[-np.inf, np.inf]]


@pytest.mark.parametrize("name", ["weights", "weights.pkl", "weights.npy", "weights.pt", ".npz", "weights.npz.txt"])
def test_an_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    for act in (export_parameters, load_parameters):
        with pytest.raises(FormatError, match="the name must end in .npz or .safetensors, which says the format"):
            act(network(0), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_suffix_in_capitals_is_the_same(tmp_path: Path) -> None:
    network(0).export(tmp_path / "WEIGHTS.NPZ")
    network(1).load(str(tmp_path / "WEIGHTS.NPZ"))


def test_two_layers_of_one_name_cannot_be_saved(tmp_path: Path) -> None:
    model = Sequential([Linear("fc", 2, 2), Linear("fc", 2, 2)])
    with pytest.raises(DuplicateNameError, match="two arrays are called 'fc.w'; give each layer a unique name"):
        model.export(tmp_path / "a.npz")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_saved_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    network(0).export(path)
    before = path.read_bytes()
    with pytest.raises(FormatError, match="characters that cannot be printed, or one of .*; rename it"):
        Sequential([Linear("fc:1", 1, 1)]).export(path)
    assert path.read_bytes() == before


def test_a_missing_file_raises_the_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        network(0).load(tmp_path / "none.npz")
