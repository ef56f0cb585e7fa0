"""GET /api/examples."""

import pytest

from app.examples import SLUGS
from tests.app.conftest import Client


def test_the_chapter_comes_first(client: Client) -> None:
    listed = client.get("/api/examples").json()
    assert [example["slug"] for example in listed] == ["chapter", "two-layers", "xor", "batch-of-three"]
    assert listed[0]["document"]["x"] == [[0.1, 0.5]]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_example_can_be_fetched_and_traced(client: Client, slug: str) -> None:
    example = client.get(f"/api/examples/{slug}").json()
    assert example.keys() == {"slug", "name", "document"}
    assert example in client.get("/api/examples").json()
    assert example["name"] == example["document"]["name"]
    assert client.post("/api/trace", example["document"]).status_code == 200


def test_an_unknown_example_is_told_which_there_are(client: Client) -> None:
    response = client.get("/api/examples/nothing")
    assert response.status_code == 404
    assert "chapter, two-layers, xor, batch-of-three" in response.json()["detail"]
