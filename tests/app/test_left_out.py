"""What a trace leaves out, since the absence of it says the same."""

import json

import pytest

from app.answers.trace import trace_answer
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from tests.app.conftest import example
from tests.support.traces import filled
from tinyml.tensors import tensors


@pytest.mark.parametrize("slug", ["chapter", "softmax-classifier", "digits-cnn"])
def test_what_its_absence_says_is_left_out(slug: str) -> None:
    known = KnownDocument(NetworkDocument.model_validate(example(slug)))
    for cursor in (0, 5, None):
        told = json.loads(trace_answer(known, cursor=cursor))
        whole = filled(told)
        for place in ([told], [told["loss"]], told["layers"], told["stages"]):
            for fields in place:
                assert None not in [value for name, value in fields.items() if name != "value"]
                assert not [name for name, value in fields.items() if value in ([], {})]
        for stage, filled_in in zip(told["stages"], whole["stages"], strict=True):
            for sent, results in zip(stage["results"], filled_in["results"], strict=True):
                known_numbers = told["tensors"].get(sent["name"]) is not None
                assert ("shape" in sent) == (sent["name"] != "loss" and not known_numbers)
                assert results["shape"] == shape_of(known, sent["name"])
        assert "loss.p.grad" not in json.dumps(told["stages"]) or "loss.p" in told["loss"]["quantities"]


def shape_of(known: KnownDocument, name: str) -> list[int]:
    """That of one sample's numbers, as the engine computed them."""
    if name == "loss":
        return []
    tensor = tensors(known.trace())[name]
    return list(tensor.values.shape[tensor.sampled :])
