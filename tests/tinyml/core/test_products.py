"""Matrix products: the calls of BLAS that compute them, in slices or at once."""

import numpy as np
import pytest

from tinyml.core import Array, compiled, overflow_allowed, products, run
from tinyml.core.products import SMALL, SMALL_RESULT, multiplies_small_ones_directly, product, slices


@pytest.fixture(params=[True, False], ids=["in slices", "at once"])
def sliced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Both ways on any processor, whichever is the faster one there."""
    monkeypatch.setattr(products, "SLICED", request.param)
    return bool(request.param)


def drawn(*shape: int, transposed: bool = False) -> Array:
    rng = np.random.default_rng(sum(shape))
    return (
        rng.normal(size=(*shape[:-2], shape[-1], shape[-2])).swapaxes(-1, -2) if transposed else rng.normal(size=shape)
    )


def computed(left: Array, right: Array) -> Array:
    result = np.full((*left.shape[:-1], right.shape[-1]), np.nan, np.result_type(left, right))
    run(compiled(product(left, right, result)))
    return result


@pytest.mark.parametrize("rows", [1, 7, 16, 33, 128])
@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_slices_differ_from_the_plain_product_by_rounding_alone(
    sliced: bool, dtype: str, rows: int, left: bool, right: bool
) -> None:
    a, b = drawn(rows, 785, transposed=left).astype(dtype), drawn(785, 64, transposed=right).astype(dtype)
    found = computed(a, b)
    # The bound of docs/engine.md: any two orders of n terms differ by at most n ε Σ|term|.
    allowed = 785 * np.finfo(dtype).eps * (np.abs(a).astype(float) @ np.abs(b))
    assert found.dtype == dtype
    assert (np.abs(found - (a @ b).astype(float)) <= allowed).all()


def test_a_stack_has_the_same_bits_as_each_of_its_networks(sliced: bool) -> None:
    stack, shared = drawn(3, 41, 785), drawn(785, 64, transposed=True)
    together = computed(stack, shared)
    for number, one in enumerate(stack):
        assert together[number].tobytes() == computed(one.copy(), shared).tobytes()


def test_a_result_with_gaps_is_filled_where_it_lies(sliced: bool) -> None:
    room = np.zeros((40, 2, 300))
    a, b = drawn(40, 200), drawn(200, 300)
    run(compiled(product(a, b, room[:, 1])))
    np.testing.assert_allclose(room[:, 1], a @ b, rtol=0, atol=1e-10)
    assert not room[:, 0].any()


@pytest.mark.parametrize(
    ("left", "right", "heights"),
    [
        (drawn(128, 785), drawn(785, 64, transposed=True), {16}),
        (drawn(128, 785), drawn(785, 100, transposed=True), {8}),  # 16 rows of the result would be too many
        (drawn(64, 100), drawn(100, 1000), {8}),
        (drawn(64, 785), drawn(785, 785), {64}),  # no slice is small
        (drawn(128, 64), drawn(64, 64), {128}),  # it is small as a whole
        (drawn(128, 785, transposed=True), drawn(785, 64), {128}),  # slices would take longer
    ],
)
def test_slices_are_small_products(
    left: Array, right: Array, heights: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(products, "SLICED", True)
    found = list(slices(left, right))
    assert {rows.stop - rows.start for rows in found} == heights
    assert [rows.start for rows in found] == list(range(0, len(left), *heights))
    if len(found) > 1:
        (height,), columns = heights, right.shape[1]
        assert height * right.size <= SMALL
        assert right.flags.c_contiguous or height * columns <= SMALL_RESULT


def test_a_product_with_one_number_keeps_what_is_no_number(sliced: bool) -> None:
    with overflow_allowed():
        assert np.isnan(computed(np.array([[np.inf]]), np.array([[0.0, 1.0]]))[0, 0])


def build(name: str, **instructions: list[str]) -> dict[str, object]:
    """numpy's description of its build."""
    return {"Build Dependencies": {"blas": {"name": name}}, "SIMD Extensions": instructions}


@pytest.mark.parametrize(
    ("built", "environment", "expected"),
    [
        (build("scipy-openblas", baseline=["X86_V2"], found=["X86_V4"]), {"OPENBLAS_NUM_THREADS": "1"}, True),
        (build("OpenBLAS", baseline=["X86_V4"]), {"OMP_NUM_THREADS": "1"}, True),
        (build("openblas", found=["X86_V4"]), {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "1"}, False),
        (build("openblas", found=["X86_V4"]), {}, False),  # uses as many threads as there are cores
        (build("openblas", found=["X86_V3"]), {"OPENBLAS_NUM_THREADS": "1"}, False),
        (build("openblas", baseline=["NEON"], found=["SVE"]), {"OPENBLAS_NUM_THREADS": "1"}, False),
        (build("mkl-dynamic-lp64-seq", found=["X86_V4"]), {"OPENBLAS_NUM_THREADS": "1"}, False),
        (build("accelerate", baseline=["NEON"]), {"OPENBLAS_NUM_THREADS": "1"}, False),
        ({"Build Dependencies": {"blas": {"found": False}}}, {"OPENBLAS_NUM_THREADS": "1"}, False),
        ({}, {"OPENBLAS_NUM_THREADS": "1"}, False),
    ],
)
def test_other_builds_compute_every_product_at_once(
    built: dict[str, object], environment: dict[str, str], expected: bool
) -> None:
    assert multiplies_small_ones_directly(built, environment) is expected
