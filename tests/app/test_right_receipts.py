"""Correct receipts hold within their rounding: wide sums, sums that cancel, an optimizer's first and late steps."""

import numpy as np
import pytest

from app import limits
from app.known import KnownDocument
from app.receipts import receipt_answer
from app.schemas.document import NetworkDocument
from tests.support.networks import ACTIVATIONS, Document
from tinyml.verify import verify


def wide_network(kind: str, scale: float, optimizer: Document, state: Document | None = None) -> Document:
    """A network with PyTorch's initialisation, on inputs of a given size."""
    rng = np.random.default_rng(5)

    def linear(name: str, inputs: int, outputs: int) -> Document:
        most = 1 / np.sqrt(inputs)
        w, b = rng.uniform(-most, most, (inputs, outputs)).tolist(), rng.uniform(-most, most, outputs).tolist()
        return {"type": "Linear", "name": name, "output_dim": outputs, "w": w, "b": b}

    return {
        "input_shape": [48],
        "layers": [linear("fc_1", 48, 16), {"type": kind, "name": "act_1"}, linear("fc_2", 16, 10)],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": optimizer | ({"state": state} if state else {}),
        "x": (scale * rng.normal(size=(12, 48))).tolist(),
        "y": rng.integers(0, 10, 12).tolist(),
    }


def assert_holds(document: Document) -> None:
    parsed = NetworkDocument.model_validate(document)
    found = verify(receipt_answer(KnownDocument(parsed)))
    assert found.ok, found.message


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*ACTIVATIONS, "LayerNorm", "BatchNorm"])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_right_receipts_of_wide_networks_hold(monkeypatch: pytest.MonkeyPatch, kind: str, scale: float) -> None:
    monkeypatch.setattr(limits, "MAX_RECEIPT_FACTORS", 1_000_000)
    monkeypatch.setattr(limits, "MAX_BRACKETS", 1_000_000)
    assert_holds(wide_network(kind, scale, {"type": "sgd", "lr": 0.1}))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["adam", "adamw"])
@pytest.mark.parametrize("steps", [1, 2, 3, 10, 1_000, 100_000])
def test_adams_first_and_late_steps_hold(monkeypatch: pytest.MonkeyPatch, kind: str, steps: int) -> None:
    """1 − β^t is a small difference at first, and 1 after many steps."""
    monkeypatch.setattr(limits, "MAX_RECEIPT_FACTORS", 1_000_000)
    monkeypatch.setattr(limits, "MAX_BRACKETS", 1_000_000)
    rng = np.random.default_rng(steps)
    optimizer = {"type": kind, "lr": 0.1, "betas": [0.9, 0.9999], "epsilon": 1e-8, "weight_decay": 0.1}
    state = {
        name: {
            "mean": rng.normal(size=shape).tolist(),
            "square": (1e-4 * rng.uniform(0, 1, shape)).tolist(),
            "count": [steps],
        }
        for name, shape in {"fc_1.w": (48, 16), "fc_1.b": (16,), "fc_2.w": (16, 10), "fc_2.b": (10,)}.items()
    }
    assert_holds(wide_network("Tanh", 1.0, optimizer, state))


@pytest.mark.parametrize("seed", range(8))
def test_a_batch_norm_above_another_has_a_receipt_that_holds(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """The gradient that arrives sums to rounding alone, over the batch and over the batch times x̂."""
    monkeypatch.setattr(limits, "MAX_RECEIPT_FACTORS", 1_000_000)
    rng = np.random.default_rng(seed)
    norms = [{"type": "BatchNorm", "name": name, "gamma": rng.normal(size=3).tolist()} for name in ("bn_1", "bn_2")]
    assert_holds(
        {
            "input_shape": [3],
            "layers": [*norms, {"type": "Linear", "name": "fc_1", "output_dim": 2}],
            "loss": {"type": "half_squared_error"},
            "optimizer": {"type": "sgd", "lr": 0.1},
            "x": rng.normal(size=(24, 3)).tolist(),
            "y": rng.normal(size=(24, 2)).tolist(),
        }
    )
