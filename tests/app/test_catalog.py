"""GET /api/catalog: the entries of every menu."""

import re

from app import limits
from app.examples import SLUGS
from tests.app.conftest import Client
from tests.support.networks import LOSSES, OPTIMIZERS
from tinyml import initialisers, layers
from tinyml.data import SETS
from tinyml.narrate import catalog_wordings


def test_every_layer_and_loss_that_a_document_can_have_can_be_chosen(client: Client) -> None:
    catalog = client.get("/api/catalog").json()
    # MaxUnpool2D also requires the places of a MaxPool2D, but a sequence of layers passes on a single array.
    assert {kind["type"] for kind in catalog["layers"]} == set(layers.__all__) - {"Layer", "MaxUnpool2D"}
    assert {kind["type"] for kind in catalog["losses"]} == LOSSES.keys() | {"given_gradient"}
    assert [kind["type"] for kind in catalog["optimizers"]] == list(OPTIMIZERS)
    assert [kind["type"] for kind in catalog["losses"] if kind["takes_classes"]] == ["softmax_cross_entropy"]


def test_every_type_has_a_description_and_its_parameters(client: Client) -> None:
    catalog = client.get("/api/catalog").json()
    for kind in [*catalog["layers"], *catalog["losses"], *catalog["optimizers"]]:
        assert kind["title"]
        assert kind["description"].endswith(".")
    linear = next(kind for kind in catalog["layers"] if kind["type"] == "Linear")
    width = next(parameter for parameter in linear["parameters"] if parameter["name"] == "output_dim")
    assert width["required"]
    assert (width["schema"]["minimum"], width["schema"]["maximum"]) == (1, 4096)


def test_titles_and_descriptions_are_in_the_language_that_is_asked_for(client: Client) -> None:
    english, chinese = (client.get(f"/api/catalog?language={language}").json() for language in ("en", "zh"))
    kinds = [kind for group in ("layers", "losses", "optimizers") for kind in english[group]]
    others = [kind for group in ("layers", "losses", "optimizers") for kind in chinese[group]]
    assert client.get("/api/catalog").json() == english
    for kind, other in zip(kinds, others, strict=True):
        assert kind | {"title": "", "description": ""} == other | {"title": "", "description": ""}
        assert re.search("[\u4e00-\u9fff]", other["description"]), kind["type"]
    assert [kind["title"] for kind in (kinds[0], others[0])] == ["Linear", "线性层"]
    # There are no wordings for types and examples that can no longer be chosen.
    keys = {f"{kind['type']}.description" for kind in kinds} | {f"{kind['type']}.title" for kind in english["layers"]}
    keys |= {f"set.{one['set']}.{part}" for one in english["sets"] for part in ("title", "description")}
    keys |= {f"example.{slug}.{part}" for slug in SLUGS for part in ("title", "description")}
    assert keys == catalog_wordings("en").keys() == catalog_wordings("zh").keys()
    assert client.get("/api/catalog?language=fr").status_code == 422


def test_the_sets_are_listed_with_their_shapes_and_limits(client: Client) -> None:
    sets = {one["set"]: one for one in client.get("/api/catalog").json()["sets"]}
    assert sets.keys() == SETS.keys()
    assert sets["digits"] == {
        "set": "digits", "title": "Handwritten digits", "inputs": [1, 8, 8], "classes": 10, "noise": False,
        "samples": 1_797, "most": 1_797, "description": "1,797 handwritten digits of 8 × 8 pixels: ten classes.",
    }  # fmt: skip
    assert all(one["samples"] <= one["most"] <= limits.MAX_SAMPLES for one in sets.values())
    chinese = client.get("/api/catalog?language=zh").json()["sets"]
    assert all(re.search("[\u4e00-\u9fff]", one["title"]) for one in chinese)


def test_every_layer_lists_the_fields_that_are_numbers_with_their_symbols(client: Client) -> None:
    kinds = client.get("/api/catalog").json()["layers"]
    numbers = {kind["type"]: [(one["name"], one["symbol"]) for one in kind["numbers"]] for kind in kinds}
    assert numbers["Linear"] == numbers["Conv2D"] == [("w", "w"), ("b", "b")]
    assert numbers["BatchNorm"] == [
        *(("gamma", "γ"), ("beta", "β")),
        ("running_mean", "μ̄"),
        ("running_variance", "σ̄²"),
    ]
    for kind in kinds:
        fields = {field["name"]: field["schema"] for field in kind["parameters"]}
        freezable = fields["frozen"]["items"]["enum"] if "frozen" in fields else []
        assert {*freezable} <= {name for name, _ in numbers[kind["type"]]} <= fields.keys()


def test_every_initialiser_is_listed(client: Client) -> None:
    listed = client.get("/api/catalog").json()["initialisers"]
    rules = {name for name in initialisers.__all__ if name not in {"INITIALISERS", "constant", "fans"}}
    assert {one["name"] for one in listed} == rules
    assert {one["name"]: one["description"] for one in listed}["he_uniform"] == (
        "Uniform in ±√(6 / fan_in); He et al. (2015), for rectifiers."
    )


def test_every_limit_has_a_description(client: Client) -> None:
    for limit in client.get("/api/catalog").json()["limits"]:
        assert limit["value"] > 0
        assert limit["meaning"]


def test_the_settings_of_data_have_their_limits_and_the_usual_mini_batch(client: Client) -> None:
    fields = {one["name"]: one["schema"] for one in client.get("/api/catalog").json()["data"]}
    assert list(fields) == ["samples", "noise", "seed", "batch", "order", "held_out", "scale"]
    [number, _] = fields["batch"]["anyOf"][0]["oneOf"]
    assert (number["minimum"], number["maximum"]) == (1, limits.MAX_BATCH)
    assert fields["batch"]["examples"] == [32, "all"]
    assert fields["samples"]["anyOf"][0]["maximum"] == limits.MAX_SAMPLES
