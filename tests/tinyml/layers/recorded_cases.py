"""Every layer in settings that were chosen by hand: those that PyTorch's answers are recorded for."""

from typing import Any

from tests.support.layer_cases import Case


def _image(kind: str, shape: tuple[int, int, int, int], ties: bool = False, **arguments: Any) -> Case:
    return Case(kind, {"input_dim": shape[1:], **arguments}, shape, ties)


CASES = [
    _image("Conv2D", (1, 1, 3, 3), n_filter=1, h_filter=2, w_filter=2),
    _image("Conv2D", (2, 3, 5, 7), n_filter=4, h_filter=3, w_filter=2, stride=2, padding=1),
    _image("Conv2D", (3, 2, 6, 4), n_filter=2, h_filter=1, w_filter=4, padding=2),
    _image("Conv2D", (2, 2, 4, 3), n_filter=2, h_filter=2, w_filter=2, padding=1, bias=False),
    _image("Deconv2D", (1, 1, 2, 2), n_filters=1, h_filter=2, w_filter=2, stride=1),
    _image("Deconv2D", (2, 3, 3, 4), n_filters=2, h_filter=3, w_filter=2, stride=2, dilation=2, padding=1),
    _image("Deconv2D", (3, 2, 4, 3), n_filters=4, h_filter=2, w_filter=3, stride=3),
    _image("Deconv2D", (2, 2, 2, 3), n_filters=2, h_filter=2, w_filter=2, stride=2, bias=False),
    _image("MaxPool2D", (1, 1, 4, 4), size=(2, 2), stride=2),
    _image("MaxPool2D", (3, 2, 5, 7), ties=True, size=(3, 2), stride=1),
    _image("MaxPool2D", (2, 2, 7, 5), ties=True, size=(3, 3), stride=2, return_index=True),
    _image("MaxUnpool2D", (1, 1, 2, 2), size=(2, 2), stride=2),
    _image("MaxUnpool2D", (3, 2, 2, 3), size=(3, 2), stride=1),
    _image("AvgPool2D", (1, 1, 4, 4), size=(2, 2), stride=2),
    _image("AvgPool2D", (3, 2, 5, 7), size=(3, 2), stride=1),
    Case("Flatten", {}, (2, 3, 4, 5)),
    Case("Linear", {"input_dim": 3, "output_dim": 2}, (4, 3)),
    Case("Linear", {"input_dim": 3, "output_dim": 2, "bias": False}, (4, 3)),
    Case("Dropout", {"probability": 0.4}, (3, 5)),
    Case("Dropout", {"probability": 0.4}, (3, 5), training=False),
    Case("BatchNorm", {"features": 3}, (5, 3)),
    Case("BatchNorm", {"features": 2, "epsilon": 1e-3}, (3, 2, 4, 5)),
    Case("BatchNorm", {"features": 3}, (2, 3), training=False),
    Case("LayerNorm", {"input_dim": 4}, (3, 4)),
    Case("LayerNorm", {"input_dim": (2, 3, 4)}, (1, 2, 3, 4)),
    Case("Softmax", {"axis": 2}, (2, 3, 4)),
    *(
        Case(kind, arguments, (3, 4), ties)
        for kind, arguments in (
            ("ELU", {"alpha": 0.5}),
            ("GELU", {}),
            ("LeakyReLu", {"slope": 0.2}),
            ("ReLu", {}),
            ("Sigmoid", {}),
            ("Softmax", {}),
            ("Softplus", {}),
            ("Tanh", {}),
        )
        for ties in (False, True)
    ),
]
