"""Versions of a stored network: ETag, If-Match, and what changes nothing."""

from tests.app.conftest import Client
from tests.app.test_networks import store
from tests.support.networks import Document


def test_a_change_for_a_stale_version_is_refused(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    stale = client.get(address).headers["ETag"]
    fresh = client.post(f"{address}/forward", headers={"If-Match": stale}).headers["ETag"]
    assert fresh != stale
    for method, url, body in (
        ("POST", f"{address}/backward", None),
        ("POST", f"{address}/step", {"by": "pass"}),
        ("PATCH", address, {"document": {"seed": 1}}),
        ("DELETE", address, None),
    ):
        response = client.request(method, url, headers={"If-Match": stale}, **({"json": body} if body else {}))
        assert response.status_code == 412, url
        assert "GET it again" in response.json()["detail"]
    assert client.post(f"{address}/backward", headers={"If-Match": f'"other", {fresh}'}).status_code == 200
    assert client.request("DELETE", address, headers={"If-Match": "*"}).status_code == 204


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
