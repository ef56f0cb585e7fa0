"""The layouts of the file of stored networks, and the migration from earlier ones.

Before a migration the file is copied, as a whole data folder beside the one that is migrated: the version that made it
opens the copy. The file of a newer version is not changed.
"""

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from app.store.tables import LAYOUT
from app.store.troubles import CorruptStoreError, ForeignStoreError, NewerStoreError, StoreError

_log = logging.getLogger("tinyml-explorer")
_MAGIC = b"SQLite format 3\0"
# The offsets of a SQLite file's page size (1 for 65,536), number of pages and user_version, the most significant byte
# first (sqlite.org/fileformat2.html).
_PAGE_SIZE, _PAGES, _VERSION = slice(16, 18), slice(28, 32), slice(60, 64)


def check(file: Path) -> None:
    """Raise a StoreError if a newer version or another program made the file, or if it is damaged. The check writes
    nothing, and makes no file beside it.
    """
    found = _stamp(file)
    if found > LAYOUT:
        raise NewerStoreError(
            f"{file} has layout {found} of a newer version; this one knows layouts up to {LAYOUT}, and leaves it as "
            "it is."
        )
    if not file.is_file() or not file.stat().st_size:
        return
    if not _has_log(file):
        _check_length(file)
    with closing(sqlite3.connect(reading(file), uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = {row[1] for row in connection.execute("PRAGMA table_info(networks)")}
    if tables and not columns >= {"id", "document", "cursor", "version"}:
        raise ForeignStoreError(f"{file} has the tables {', '.join(sorted(tables))}, and not those of networks")


def check_readable(file: Path) -> None:
    """Raise StoreError if the file must be migrated before it can be read."""
    with closing(sqlite3.connect(reading(file), uri=True)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(networks)")}
    if columns and "view" not in columns:
        raise StoreError(f"{file} has an earlier layout, and cannot be brought up to date, since it cannot be written")


def reading(file: Path) -> str:
    """Return the address under which SQLite only reads a file. Without a log of changes it makes no file beside it."""
    immutable = "" if _log_of(file).exists() else "&immutable=1"
    return f"{file.absolute().as_uri()}?mode=ro{immutable}"


def bring_up(connection: Connection, file: Path) -> None:
    """Create the tables, or migrate existing ones to the present layout, within the current transaction of the
    connection; tables of an earlier layout are copied first, with the file.
    """
    stamped = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if stamped == LAYOUT:
        return
    # Imported here, since it takes a tenth of a second and most starts need no migration.
    from app.store import migrations

    columns = {row.name for row in connection.exec_driver_sql("PRAGMA table_info(networks)")}
    if not columns:
        migrations.bring_up(connection, None)
    else:
        # The first versions did not record the layout.
        found = stamped or (1 if "step" in columns else 0)
        copy = _back_up(file)
        _log.warning("The stored networks have layout %d, of an earlier version. A copy is kept in %s.", found, copy)
        migrations.bring_up(connection, found)
        _log.warning("The stored networks in %s are brought to layout %d.", file.parent, LAYOUT)
    # Versions before the migrations were Alembic's read only this number.
    connection.exec_driver_sql(f"PRAGMA user_version = {LAYOUT}")


def _stamp(file: Path) -> int:
    """The layout recorded in the file; 0 if none is, or if there is no file yet."""
    if _has_log(file):
        # The last changes are still in the log: a version that was interrupted left them there.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not file.is_file():
        return 0
    with file.open("rb") as opened:
        head = opened.read(_VERSION.stop)
    return int.from_bytes(head[_VERSION], "big") if head.startswith(_MAGIC) else 0


def _check_length(file: Path) -> None:
    """Raise CorruptStoreError if pages are missing at the end, which SQLite notices only when it reads one of them."""
    with file.open("rb") as opened:
        head = opened.read(_VERSION.stop)
    size = int.from_bytes(head[_PAGE_SIZE], "big")
    expected = (65_536 if size == 1 else size) * int.from_bytes(head[_PAGES], "big")
    if head.startswith(_MAGIC) and file.stat().st_size < expected:
        raise CorruptStoreError(f"{file} has {file.stat().st_size} bytes of {expected}")


def _has_log(file: Path) -> bool:
    """Whether changes are in the log that the file itself may not have yet."""
    log = _log_of(file)
    return log.exists() and log.stat().st_size > 0


def _log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _back_up(file: Path) -> Path:
    """Copy the file into a new folder beside the data folder, or within it if the data folder is a separate volume or
    its parent is not writable. Returns the folder.
    """
    folder = file.parent.absolute()
    within = folder.is_mount() or not os.access(folder.parent, os.W_OK)
    place, number = folder if within else folder.parent, 1
    copy = place / f"{folder.name}-before-layout-{LAYOUT}"
    while copy.exists():
        number += 1
        copy = place / f"{folder.name}-before-layout-{LAYOUT}-{number}"
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.mkdir(exist_ok=True)
    source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(unfinished / file.name)) as target:
        source.backup(target)
    unfinished.rename(copy)
    return copy
