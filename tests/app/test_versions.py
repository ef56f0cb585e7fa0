"""Versions of a stored network: ETag, If-Match, and requests that change nothing."""

import json

import pytest

from tests.app.conftest import Client
from tests.app.test_networks import store
from tests.support.networks import Document


@pytest.fixture
def client(engine_client: Client) -> Client:
    """A client of a service with each database."""
    return engine_client


def changes(address: str) -> list[tuple[str, str, bytes | None]]:
    """Every change of a stored network: the method, the address and the body."""
    passes = [("POST", f"{address}/{name}", None) for name in ("forward", "backward", "update")]
    step = ("POST", f"{address}/step", b'{"by": "pass"}')
    return [*passes, step, ("PATCH", address, b'{"document": {"seed": 1}}'), ("DELETE", address, None)]


def test_a_change_for_a_stale_version_is_refused(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    stale = client.get(address).headers["ETag"]
    fresh = client.post(f"{address}/forward", headers={"If-Match": stale}).headers["ETag"]
    assert fresh != stale
    for method, url, body in changes(address):
        headers = {"If-Match": stale, "Content-Type": "application/json"}
        response = client.request(method, url, headers=headers, content=body)
        assert response.status_code == 412, url
        assert "GET it again" in response.json()["detail"]
        assert (response.json()["version"], response.headers["ETag"]) == (2, fresh)
    assert client.post(f"{address}/backward", headers={"If-Match": f'"other", {fresh}'}).status_code == 200
    assert client.request("DELETE", address, headers={"If-Match": "*"}).status_code == 204


def test_a_change_without_a_version_is_refused_and_changes_nothing(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    before = client.get(address)
    for method, url, body in changes(address):
        # A request that another site may send without a preflight is refused in any case.
        for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
            headers = {"Content-Type": content_type} if body else {}
            response = client.unconditional(method, url, content=body, headers=headers)
            assert (response.status_code, response.json()["key"]) == (428, "version_needed"), url
            assert "If-Match" in response.json()["detail"]
    # Without a version, an unknown address is answered like a known one.
    assert client.unconditional("DELETE", "/api/networks/unknown").status_code == 428
    assert (client.get(address).content, client.get(address).headers["ETag"]) == (before.content, '"1"')


def test_creating_needs_no_version_but_json(client: Client, chapter: Document) -> None:
    content = json.dumps(chapter)
    plain = client.unconditional("POST", "/api/networks", content=content, headers={"Content-Type": "text/plain"})
    assert plain.status_code in (415, 422)
    assert client.unconditional("POST", "/api/networks", json=chapter).status_code == 201


@pytest.mark.parametrize("tags", ['W/"1"', "1", '"1" "2"', "", '"*"', "**"])
def test_only_the_strong_tag_itself_names_a_version(client: Client, chapter: Document, tags: str) -> None:
    address = store(client, chapter)
    assert client.post(f"{address}/forward", headers={"If-Match": tags}).status_code == 412
    assert client.post(f"{address}/forward", headers={"If-Match": ' "0" ,"1"'}).status_code == 200


def test_nothing_about_a_stored_network_is_kept_by_a_cache(client: Client, chapter: Document) -> None:
    created = client.post("/api/networks", chapter)
    address = created.headers["Location"]
    answers = [created, client.get(address), client.get(f"{address}/trace"), client.get("/api/networks/unknown")]
    answers += [client.post(f"{address}/forward"), client.unconditional("DELETE", address)]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * len(answers)
    assert "no-store" not in client.get("/api/catalog").headers.get("Cache-Control", "")


def test_what_changes_nothing_leaves_the_version_as_it_was(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    before = client.get(address)
    for response in (
        client.post(f"{address}/step", {"by": "term", "count": 0}),
        client.post(f"{address}/step", {"by": "pass", "count": -1}),
        client.request("PATCH", address, json={}),
    ):
        assert response.status_code == 200
        assert response.headers["ETag"] == before.headers["ETag"]
        assert {**response.json(), "clamped": False} == before.json()


def test_several_if_match_lines_are_one_list(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    lines = [("If-Match", '"other"'), ("If-Match", client.get(address).headers["ETag"])]
    assert client.post(f"{address}/forward", headers=lines).status_code == 200


def test_a_merge_patch_may_be_sent_as_what_it_is(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    response = client.request(
        "PATCH",
        address,
        content=b'{"document": {"loss": {"type": "mean_squared_error"}}}',
        headers={"Content-Type": "application/merge-patch+json"},
    )
    assert response.json()["document"]["loss"] == {"type": "mean_squared_error"}
