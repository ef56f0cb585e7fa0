"""The request of every export: the moment that it names, what a format takes, and the list of the formats."""

import json
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.export import EXPORTS, Format
from app.schemas.exports import OPTIONS
from tests.app.conftest import Client, example
from tests.support.networks import Document

NUMPY = "/api/export/code/numpy"
# A value of each option that is not the usual one.
UNUSUAL: dict[str, Any] = {
    "cursor": {"cursor": 0},
    "layout": {"convention": {"layout": "columns"}},
    "first_index": {"convention": {"first_index": 0}},
    "derivative": {"convention": {"derivative": "d"}},
    "table": {"table": "fc_1.w"},
    "figure": {"figure": {"theme": "grey"}},
}


def test_the_list_has_every_format_with_what_it_takes(client: Client) -> None:
    answer = client.get("/api/export")
    listed = {f"{one['what']}/{one['format']}": one for one in answer.json()["formats"]}
    assert [*listed] == [*EXPORTS]
    for address, made in EXPORTS.items():
        one = listed[address]
        assert one["media_type"] == made.media_type
        assert made.suffix.endswith(f".{one['extension']}")
        assert one["takes"] == sorted(made.takes)
        assert one["limit"] == made.limit
    again = client.get("/api/export", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_export_is_made_after_the_training_steps_that_it_names(client: Client, chapter: Document) -> None:
    moved = client.post("/api/advance", {"document": chapter, "steps": 3}).json()["document"]
    there = client.post(NUMPY, {"document": moved})
    asked = client.post(NUMPY, {"document": chapter, "step": 3})
    assert (asked.status_code, asked.content) == (200, there.content)
    assert client.post(NUMPY, {"document": chapter}).content != there.content


def test_a_seed_draws_the_numbers_that_the_document_does_not_have(client: Client) -> None:
    document = {**example("chapter"), "layers": [{"type": "Linear", "output_dim": 2}], "seed": 1}
    one = client.post(NUMPY, {"document": document, "seed": 2}).content
    assert one == client.post(NUMPY, {"document": {**document, "seed": 2}}).content
    assert one != client.post(NUMPY, {"document": document}).content


def test_a_step_whose_numbers_are_not_finite_is_named(client: Client, chapter: Document) -> None:
    document = {**chapter, "optimizer": {**chapter["optimizer"], "lr": 1e200}}
    refused = client.post(NUMPY, {"document": document, "step": 9})
    assert (refused.status_code, refused.json()["key"], refused.json()["where"]) == (422, "not_finite", "/step")
    assert "Training step " in refused.json()["detail"]


@pytest.mark.parametrize("made", EXPORTS.values(), ids=EXPORTS)
@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_that_a_format_does_not_take_is_refused_by_its_place(
    client: Client, chapter: Document, made: Format, option: str
) -> None:
    if option in made.takes:
        return
    refused = client.post(f"/api/export/{made.address}", {"document": chapter, **UNUSUAL[option]})
    problem = refused.json()
    assert (refused.status_code, problem["key"]) == (422, "export_option")
    assert problem["where"].endswith(option)
    assert f"{made.address} takes no {option}" in problem["detail"]


def test_what_no_convention_has_is_refused_with_those_that_there_are(client: Client, chapter: Document) -> None:
    for convention, expected in (
        ({"layout": "column"}, "did you mean 'columns'? Expected 'rows', 'columns', 'pytorch' or 'delta'"),
        ({"first_index": 2}, "0 or 1"),
        ({"derivative": "nabla"}, "'partial' or 'd'"),
        ({"order": 1}, "layout"),
    ):
        refused = client.post(NUMPY, {"document": chapter, "convention": convention})
        assert refused.status_code == 422
        assert expected in refused.json()["detail"]


def test_the_options_of_the_command_are_those_of_the_request(
    client: Client, chapter: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "network.json").write_text(json.dumps(chapter), "utf-8")
    output = tmp_path / "step.py"
    arguments = ["export", "code", "numpy", str(tmp_path / "network.json"), "--output", str(output)]
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "--step", "2", "--language", "zh", "--seed", "4", "--layout", "rows"])
    assert ended.value.code == 0
    assert output.read_bytes() == client.post(NUMPY, {"document": chapter, "step": 2, "seed": 4}).content
    for extra, reason in (
        (["--layout", "delta"], "code/numpy takes no layout"),
        (["--first-index", "5"], "--first-index: convention.first_index: expected"),
        (["--step", "-1"], "--step: step: must be at least 0"),
        (["--theme", "grey"], "code/numpy takes no figure"),
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, *extra])
        assert ended.value.code == 2
        assert reason in capsys.readouterr().err
