"""An unknown name is answered with the most likely intended one."""

from typing import Any

import pytest

from app.aliases import ALIASES, INSTEAD, NEAREST
from app.schemas.document import VARIANTS, NetworkDocument
from app.schemas.layers import LAYERS
from app.schemas.optimizers import OPTIMIZERS
from app.suggestions import MAX_NAME, plain, suggestion
from tests.app.conftest import Client
from tests.app.test_bad_input import changed, linear
from tests.support.networks import Document
from tinyml.initialisers import INITIALISERS


def layer(name: str) -> Document:
    return changed(layers=[{"type": name}])


def loss(name: str) -> Document:
    return changed(loss={"type": name})


def optimizer(name: str) -> Document:
    return changed(optimizer={"type": name, "lr": 0.1})


def rule(name: str) -> Document:
    return linear(initialiser=name)


def field_of(kind: str) -> Any:
    return lambda name: changed(layers=[{"type": kind, name: 1}])


def field(name: str) -> Document:
    return changed(**{name: 1})


def optimizer_field(kind: str) -> Any:
    return lambda name: changed(optimizer={"type": kind, name: 0.1})


# Names from PyTorch, Keras, scikit-learn and textbooks, and typing errors.
MEANT: list[tuple[Any, str, tuple[str, ...]]] = [
    (layer, "ReLu", ("ReLU", "relu", "RELU", "nn.ReLU()", "torch.nn.ReLU", "Relu", "rectifier")),
    (layer, "Linear", ("Dense", "dense", "fc", "linear", "DenseLayer", "Linaer", "fully_connected")),
    (layer, "Linear", ("nn.Linear(2, 3)", "keras.layers.Dense", "FullyConnected", "Fully connected")),
    (layer, "LeakyReLu", ("LeakyReLU", "leaky_relu", "lrelu")),
    (layer, "PReLU", ("prelu", "PRelu", "nn.PReLU()")),
    (layer, "Sigmoid", ("sigmoid", "logistic", "Sigmiod")),
    (layer, "Tanh", ("tanh", "TanH", "hardtanh")),
    (layer, "Softmax", ("softmax", "SoftMax", "LogSoftmax")),
    (layer, "GELU", ("gelu", "Mish")),
    (layer, "SiLU", ("swish", "silu", "nn.SiLU()")),
    (layer, "ELU", ("elu", "SELU")),
    (layer, "Softplus", ("SoftPlus", "soft_plus")),
    (layer, "Conv2D", ("conv", "Conv2d", "conv2d", "Convolution2D")),
    (layer, "Conv1D", ("Conv1d", "conv1d", "Convolution1D")),
    (layer, "Deconv2D", ("ConvTranspose2d", "Conv2DTranspose", "deconv")),
    (layer, "MaxPool2D", ("maxpool", "MaxPool2d", "MaxPooling2D", "max_pool", "pool")),
    (layer, "AvgPool2D", ("AvgPool2d", "AveragePooling2D", "avgpool")),
    (layer, "Flatten", ("flatten", "Reshape")),
    (layer, "Dropout", ("dropout", "DropOut", "Dropout2d")),
    (layer, "BatchNorm", ("BatchNorm1d", "BatchNormalization", "batch_norm", "bn")),
    (layer, "LayerNorm", ("LayerNormalization", "layernorm", "GroupNorm")),
    (loss, "mean_squared_error", ("mse", "MSE", "MSELoss", "nn.MSELoss()", "mse_loss", "l2")),
    (loss, "mean_squared_error", ("squared_error", "MeanSquaredError", "mean squared error")),
    (loss, "half_squared_error", ("HalfSquaredError", "sse")),
    (loss, "mean_absolute_error", ("mae", "L1Loss", "l1")),
    (loss, "huber", ("Huber", "HuberLoss", "SmoothL1Loss", "huber_loss")),
    (loss, "hinge", ("Hinge", "HingeLoss", "hinge_loss", "svm", "margin")),
    (loss, "binary_cross_entropy", ("bce", "BCELoss", "BCEWithLogitsLoss", "BinaryCrossentropy")),
    (loss, "binary_cross_entropy", ("binary_crossentropy", "log_loss", "logistic")),
    (loss, "softmax_cross_entropy", ("crossentropy", "CrossEntropyLoss", "cross_entropy", "NLLLoss")),
    (loss, "softmax_cross_entropy", ("categorical_crossentropy", "softmax", "ce")),
    (loss, "softmax_cross_entropy", ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy")),
    (optimizer, "sgd", ("SGD", "torch.optim.SGD", "SGDOptimizer", "gradient_descent", "momentum")),
    (optimizer, "adam", ("Adam", "ADAM", "AdamOptimizer", "Nadam")),
    (optimizer, "adamw", ("AdamW", "adam_w")),
    (optimizer, "rmsprop", ("RMSProp", "RMSprop", "rms_prop")),
    (optimizer, "adagrad", ("Adagrad", "AdaGrad", "Adadelta")),
    (rule, "xavier_uniform", ("xavier", "glorot", "glorot_uniform", "Xavier_Uniform")),
    (rule, "he_normal", ("he", "kaiming_normal", "HeNormal")),
    (rule, "he_uniform", ("kaiming_uniform", "he_unifrom")),
    (field_of("Linear"), "output_dim", ("units", "out_features", "neurons", "outputdim", "size")),
    (field_of("Linear"), "w", ("weights", "weight", "W")),
    (field_of("Linear"), "b", ("biases", "intercept")),
    (field_of("Linear"), "initialiser", ("initializer", "kernel_initializer", "init")),
    (field_of("Conv2D"), "n_filter", ("filters", "out_channels", "n_filters")),
    (field_of("Conv1D"), "w_filter", ("kernel_size", "filter_width")),
    (field_of("Conv2D"), "h_filter", ("kernel_size", "filter_height")),
    (field_of("Deconv2D"), "n_filters", ("filters", "n_filter")),
    (field_of("MaxPool2D"), "size", ("kernel_size", "pool_size")),
    (field_of("MaxPool2D"), "stride", ("strides", "Stride")),
    (field_of("Dropout"), "probability", ("p", "rate", "prob", "drop_rate")),
    (field_of("LeakyReLu"), "slope", ("negative_slope", "alpha")),
    (field_of("BatchNorm"), "epsilon", ("eps",)),
    (field_of("BatchNorm"), "gamma", ("scale", "Gamma")),
    (optimizer_field("sgd"), "lr", ("learning_rate", "learningRate", "rate", "eta", "LR")),
    (optimizer_field("sgd"), "momentum", ("Momentum", "momentun")),
    (optimizer_field("adam"), "betas", ("beta_1", "beta2")),
    (optimizer_field("adam"), "epsilon", ("eps",)),
    (optimizer_field("adamw"), "weight_decay", ("weightDecay", "wd")),
    (field, "optimizer", ("optimiser", "solver", "optim")),
    (field, "layers", ("Layers", "layer", "architecture")),
    (field, "x", ("X", "inputs", "features")),
    (field, "y", ("Y", "targets", "labels")),
    (field, "input_shape", ("inputShape", "input_dim", "input_shap")),
    (field, "loss", ("criterion", "loss_function")),
    (field, "seed", ("random_state", "Seed")),
]


@pytest.mark.parametrize(("document", "meant", "typed"), MEANT, ids=[f"{row[1]} {i}" for i, row in enumerate(MEANT)])
def test_what_people_type_gets_the_name_that_they_mean(
    client: Client, document: Any, meant: str, typed: tuple[str, ...]
) -> None:
    for name in typed:
        problem = client.post("/api/trace", document(name)).json()
        assert problem["status"] == 422
        assert problem.get("suggestion") == meant, name
        detail = problem["detail"]
        assert f"did you mean '{meant}'?" in detail or f"here, and '{meant}' comes nearest" in detail
        # The valid names are still listed after the suggestion.
        assert meant in detail.partition(meant)[2]


def test_the_whole_sentence_reads_well(client: Client) -> None:
    def detail(document: Document) -> str:
        text: str = client.post("/api/trace", document).json()["detail"]
        return text

    assert detail(loss("mse")) == (
        "loss.type: the type is unknown; did you mean 'mean_squared_error'? Expected one of 'half_squared_error', "
        "'mean_squared_error', 'mean_absolute_error', 'huber', 'hinge', 'binary_cross_entropy', "
        "'softmax_cross_entropy', 'output', 'given_gradient'."
    )
    assert detail(optimizer_field("sgd")("learning_rate")) == (
        "optimizer.learning_rate: this field is unknown; did you mean 'lr'? The fields are type, lr, state, schedule, "
        "decay_biases, clip, momentum, nesterov, weight_decay, momentum_form."
    )
    assert detail(rule("glorot")) == (
        "layers[0].initialiser: did you mean 'xavier_uniform'? Expected 'library_uniform', 'xavier_uniform', "
        "'xavier_normal', 'he_uniform' or 'he_normal'; write exactly that."
    )
    assert detail(layer("Mish")).startswith(
        "layers[0].type: the type is unknown; there is no Mish here, and 'GELU' comes nearest; expected one of 'Linear'"
    )


@pytest.mark.parametrize(
    ("members", "written"),
    [
        ({"loss": "mse"}, '{"type": "mean_squared_error"}'),
        ({"optimizer": "Adam"}, '{"type": "adam"}'),
        ({"layers": ["ReLU"]}, '{"type": "ReLu"}'),
    ],
)
def test_a_name_in_place_of_an_object_is_refused_with_the_right_form(
    client: Client, members: Document, written: str
) -> None:
    detail = client.post("/api/trace", changed(**members)).json()["detail"]
    assert detail.endswith(f"expected an object, got a string; write {written}.")


@pytest.mark.parametrize("name", ["input_dim", "in_features", "activation"])
def test_an_unneeded_field_is_refused(client: Client, name: str) -> None:
    problem = client.post("/api/trace", linear(**{name: 2})).json()
    assert INSTEAD[plain(name)] in problem["detail"]
    assert "the fields are type, name, frozen, lr_factor, bias, output_dim" in problem["detail"]
    assert "suggestion" not in problem


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 10_000, "Magic", "LSTM", "Embedding", "<script>alert(1)</script>", "\0", "()", "....", "ﬁ" * 60],
)
def test_what_is_anybodys_guess_gets_no_suggestion_and_is_not_echoed(client: Client, name: str) -> None:
    for document in (layer(name), loss(name), optimizer(name), rule(name), field(name)):
        response = client.post("/api/trace", document)
        problem = response.json()
        assert problem["status"] == 422
        assert "suggestion" not in problem
        assert "did you mean" not in problem["detail"]
        assert len(response.content) < 2_000
        assert "script" not in response.text


def test_a_wild_name_is_never_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def closest(word: str, *_: object) -> list[str]:
        compared.append(word)
        return []

    monkeypatch.setattr("app.suggestions.get_close_matches", closest)
    for wild in ("Linear" * 200_000, "İ" * (MAX_NAME + 1), 7, None, ["Linear"]):
        assert suggestion(wild, VARIANTS["layers"]) is None
    assert compared == []
    assert suggestion("Linaer", VARIANTS["layers"]) is None
    assert compared


def test_every_alias_leads_to_a_name_that_there_is() -> None:
    fields = {name for variant in (*LAYERS, *OPTIMIZERS, NetworkDocument) for name in variant.model_fields}
    known = {
        *(name for names in VARIANTS.values() for name in names),
        *INITIALISERS,
        *fields,
        "document",
        "train",
        "predict",
    }
    for alias, names in ALIASES.items():
        assert alias == plain(alias)
        assert set(names) <= known | NEAREST.keys(), alias
    assert set(NEAREST.values()) <= known
    # Names that exist are not reported as missing.
    assert not {plain(name) for name in NEAREST} & {plain(name) for name in known}
