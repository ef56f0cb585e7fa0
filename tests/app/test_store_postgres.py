"""A store in PostgreSQL: its tables, and each trouble of the database with its answer."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from anyio.from_thread import BlockingPortal
from sqlalchemy import create_engine

from app.main import start
from app.settings import Settings
from app.store import NewerStoreError, deadlines, postgres, troubles
from app.store.postgres import PostgresStore, address
from app.store.sqlite import FILE_NAME
from app.store.tables import LAYOUT, metadata
from tests.app.conftest import Client
from tests.app.test_store_troubles import refused, stored
from tests.support.engines import Engine, PostgresEngine, SqliteEngine, frozen, the_server
from tests.support.networks import Document


@pytest.fixture
def database(tmp_path: Path) -> Iterator[PostgresEngine]:
    made = PostgresEngine(tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(portal: BlockingPortal, database: PostgresEngine, tmp_path: Path) -> Iterator[Client]:
    made = Client(portal, tmp_path, database.settings())
    yield made
    made.close()


def test_the_migrations_make_the_tables_that_the_code_knows(engine: Engine, tmp_path: Path) -> None:
    store = engine.store()
    store.create("some-key", b"a document")
    store.close()
    url = f"sqlite:///{tmp_path / FILE_NAME}" if isinstance(engine, SqliteEngine) else getattr(engine, "url", "")
    opened = create_engine(url)
    with opened.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    opened.dispose()
    assert engine.sql("SELECT version_num FROM alembic_version") == [(str(LAYOUT),)]


def test_alembic_is_imported_only_for_new_tables_and_psycopg_only_for_postgresql(tmp_path: Path) -> None:
    store = SqliteEngine(tmp_path).store()
    network = store.create("some-key", b"a document")
    store.close()
    program = f"""
import sys
from pathlib import Path
from app.main import create_app
from app.settings import Settings
store = create_app(Settings(Path({str(tmp_path)!r}))).state.store
assert store.get("some-key").id == {network.id!r}
print([name for name in ("alembic", "psycopg") if name in sys.modules])
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_servers_that_start_together_make_the_tables_once(database: PostgresEngine) -> None:
    stores = [database.store() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda store: store.start(), stores))
    network = stores[0].create("some-key", b"a document")
    assert [store.get("some-key") for store in stores] == [network] * 6
    for store in stores:
        store.close()


def test_the_network_of_one_server_is_there_for_the_others(
    portal: BlockingPortal, client: Client, database: PostgresEngine, tmp_path: Path, chapter: Document
) -> None:
    other = Client(portal, tmp_path, database.settings())
    key = stored(client, chapter)
    assert other.post(f"/api/networks/{key}/forward", headers={"If-Match": '"1"'}).status_code == 200
    stale = client.post(f"/api/networks/{key}/forward", headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    other.close()


# Troubles.


def test_a_database_that_is_away_is_reported_and_used_again_once_it_is_back(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = stored(client, chapter)
    before = client.get(f"/api/networks/{key}").json()
    server = the_server()
    server.stop()
    try:
        for method, url, body in (
            ("POST", "/api/networks", chapter),
            ("GET", f"/api/networks/{key}", None),
            ("POST", f"/api/networks/{key}/forward", None),
            ("DELETE", f"/api/networks/{key}", None),
        ):
            response = client.request(method, url, **({"json": body} if body else {}))
            assert (response.status_code, response.json()["key"]) == (503, "storage_away"), response.text
            assert response.headers["Retry-After"] == "1"
        assert client.post("/api/trace", chapter).status_code == 200
    finally:
        server.start()
    monkeypatch.setattr(postgres, "RETRY_SECONDS", 0)
    assert client.get(f"/api/networks/{key}").json() == before
    assert client.post(f"/api/networks/{key}/forward").status_code == 200
    # A restart that is over before the next request is not noticed.
    monkeypatch.setattr(deadlines, "IDLE_SECONDS", 0)
    server.stop()
    server.start()
    assert client.post(f"/api/networks/{key}/backward").status_code == 200


def test_nobody_waits_long_for_a_database_that_does_not_answer(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert postgres.WAIT_MS < 1_000 * deadlines.ANSWER_SECONDS < 1_500
    assert deadlines.PING_SECONDS + deadlines.CONNECT_SECONDS < 1.5
    monkeypatch.setattr(deadlines.PatientConnection, "patience", 0.2)
    monkeypatch.setattr(deadlines, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(postgres, "RETRY_SECONDS", 0)
    key = stored(client, chapter)
    process = the_server().process
    assert process is not None
    with frozen(process.pid):
        for idle in (1.0, 0.0, 0.0):  # with a connection in use, an idle one that is tried first, and a new one
            monkeypatch.setattr(deadlines, "IDLE_SECONDS", idle)
            assert refused(client, "GET", f"/api/networks/{key}") == (503, "storage_away")
    monkeypatch.undo()
    monkeypatch.setattr(postgres, "RETRY_SECONDS", 0)
    assert client.get(f"/api/networks/{key}").status_code == 200


def test_a_service_starts_without_its_database(database: PostgresEngine, caplog: pytest.LogCaptureFixture) -> None:
    store = PostgresStore("postgresql+psycopg://nobody@127.0.0.1:1/none")
    start(store)
    assert troubles.AwayStoreError.detail in caplog.text


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("53100", (507, "storage_full")),
        ("25006", (503, "storage_read_only")),
        ("42501", (503, "storage_read_only")),
        ("55P03", (503, "storage_busy")),
        ("40P01", (503, "storage_busy")),
        ("53300", (503, "storage_busy")),
        ("XX001", (503, "storage_corrupt")),
        ("57P01", (503, "storage_away")),
        ("58000", (503, "storage")),
    ],
)
def test_each_error_of_the_database_has_its_answer(
    client: Client, database: PostgresEngine, chapter: Document, state: str, answer: tuple[int, str]
) -> None:
    key = stored(client, chapter)
    raising = f"BEGIN RAISE EXCEPTION 'trouble' USING ERRCODE = '{state}'; END"
    database.sql(f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ {raising} $$")
    database.sql("CREATE TRIGGER failing BEFORE INSERT OR UPDATE ON networks FOR EACH ROW EXECUTE FUNCTION fail()")
    assert refused(client, "POST", f"/api/networks/{key}/forward") == answer
    database.sql("DROP TRIGGER failing ON networks")
    if answer[1] != "storage_away":  # after which requests are refused for a moment
        assert client.get(f"/api/networks/{key}").json()["cursor"] == 0


def test_a_lock_refuses_changes_and_no_reads(
    client: Client, database: PostgresEngine, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "WAIT_MS", 50)
    key = stored(client, chapter)
    engine = create_engine(database.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE networks IN EXCLUSIVE MODE")
        assert refused(client, "POST", f"/api/networks/{key}/forward") == (503, "storage_busy")
        assert client.get(f"/api/networks/{key}").status_code == 200
    engine.dispose()
    assert client.post(f"/api/networks/{key}/forward").status_code == 200


def test_a_database_that_cannot_be_written_is_read(
    portal: BlockingPortal, client: Client, database: PostgresEngine, tmp_path: Path, chapter: Document
) -> None:
    key = stored(client, chapter)
    url = f"{database.url}%20-cdefault_transaction_read_only%3Don"
    reading = Client(portal, tmp_path, Settings(tmp_path, database=url))
    assert reading.get(f"/api/networks/{key}").status_code == 200
    assert refused(reading, "POST", "/api/networks", chapter) == (503, "storage_read_only")
    assert refused(reading, "DELETE", f"/api/networks/{key}") == (503, "storage_read_only")
    reading.close()


@pytest.mark.parametrize(
    ("statements", "error"),
    [
        (["CREATE TABLE networks (ssid text)"], troubles.ForeignStoreError),
        (["CREATE TABLE alembic_version (version_num text)"], troubles.ForeignStoreError),
        (
            ["CREATE TABLE alembic_version (version_num text)", "INSERT INTO alembic_version VALUES ('ae1027a6acf')"],
            troubles.ForeignStoreError,
        ),
    ],
)
def test_the_tables_of_another_program_stop_the_start(
    database: PostgresEngine, statements: list[str], error: type[troubles.StoreError]
) -> None:
    for statement in statements:
        database.sql(statement)
    with pytest.raises(error):
        start(database.store())
    assert database.sql("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") == [(1,)]


def test_the_tables_of_a_newer_version_stop_the_start(database: PostgresEngine) -> None:
    store = database.store()
    start(store)
    store.close()
    database.sql(f"UPDATE alembic_version SET version_num = '{LAYOUT + 1}'")
    with pytest.raises(NewerStoreError, match=f"layout {LAYOUT + 1} of a newer version"):
        start(database.store())


def test_nothing_is_acknowledged_once_the_tables_are_gone(
    client: Client, database: PostgresEngine, chapter: Document
) -> None:
    key = stored(client, chapter)
    database.sql("ALTER TABLE networks RENAME TO elsewhere")
    assert refused(client, "POST", "/api/networks", chapter) == (503, "storage_gone")
    assert refused(client, "GET", f"/api/networks/{key}") == (503, "storage_gone")
    database.sql("ALTER TABLE elsewhere RENAME TO networks")
    assert client.get(f"/api/networks/{key}").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite:///secret",
        "postgresql://u:secret@host/name",
        "postgresql+psycopg://u:secret@host",
        "a:secret:",
    ],
)
def test_another_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"^the database: expected an address such as postgresql\+psycopg://") as error:
        address(url)
    assert "secret" not in str(error.value)


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda _: None)
    with pytest.raises(ValueError, match=r"pip install 'backprop-explorer\[postgres\]'"):
        address("postgresql+psycopg://user@host/name")


def test_the_environment_names_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINYML_DATABASE", "postgresql+psycopg://user@host/name")
    assert Settings.from_environment().database == "postgresql+psycopg://user@host/name"
    monkeypatch.setenv("TINYML_DATABASE", "")
    assert Settings.from_environment().database is None
