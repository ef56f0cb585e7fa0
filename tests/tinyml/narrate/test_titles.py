"""Every title of an equation is worded in every language, with the names of layers, losses and optimizers."""

from typing import get_args

import pytest

from app.documents import build
from app.schemas.document import VARIANTS, NetworkDocument
from tests.app.conftest import example
from tests.support.networks import LOSSES, OPTIMIZERS
from tinyml.equations import Title
from tinyml.explain import equations
from tinyml.narrate import LANGUAGES, Language, equation_title, law_title, worded, wordings
from tinyml.optims import Optimizer, SGDOptimizer


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_and_every_rule_has_a_wording(language: Language) -> None:
    titles = {f"title.equation.{title}" for title in get_args(Title)}
    kinds = {f"kind.{rule}" for part in ("loss", "optimizer") for rule in VARIANTS[part]}
    assert titles | kinds | {"title.law.1", "title.law.2"} <= wordings(language).keys()
    assert {key for key in wordings(language) if key.startswith("title.equation.")} <= titles


def test_the_engine_calls_losses_and_optimizers_as_documents_do() -> None:
    for of in (LOSSES, OPTIMIZERS):
        assert {name: rule.type for name, rule in of.items()} == {name: name for name in of}

    class Own(Optimizer): ...

    class Tuned(SGDOptimizer): ...

    assert (Own.type, Tuned.type) == ("Own", "sgd")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            {
                "fc_1 forward": "Linear fc_1: inputs times weights, plus biases",
                "relu_1 forward": "ReLU relu_1, entry by entry",
                "loss": "The loss: Half squared error",
                "fc_2 weights": "Law 1 The gradients of the weights of fc_2",
                "fc_2 inputs": "Law 2 Input gradient of fc_2",
                "relu_1 back": "Back through ReLU relu_1",
                "fc_1 w update": "w of fc_1 after the update: Gradient descent",
            },
        ),
        (
            "zh",
            {
                "fc_1 forward": "线性层 fc_1：输入乘以权重，再加偏置",
                "loss": "损失：平方误差之半",
                "fc_2 weights": "法则一 fc_2 的权重的梯度",
                "relu_1 back": "反向经过 ReLU relu_1",
                "fc_1 w update": "fc_1 的 w 更新之后：梯度下降",
            },
        ),
    ],
)
def test_a_title_names_the_layer_the_rule_and_the_parameter(language: Language, expected: dict[str, str]) -> None:
    recorded = build(NetworkDocument.model_validate(example("two-layers"))).trace()
    titles = {
        one.id: " ".join(
            worded(message, language) for message in (law_title(one), equation_title(recorded, one)) if message
        )
        for one in equations(recorded)
    }
    assert {name: titles[name] for name in expected} == expected
