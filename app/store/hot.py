"""Statements of a step, compiled once and run by the driver of SQLite itself: SQLAlchemy takes several times as long
for one as SQLite does.
"""

from typing import Any, Final

from sqlalchemy import ClauseElement, Connection

# How each driver names parameters, given as a dictionary.
_PARAMETERS: Final = {"sqlite": "named", "postgresql": "pyformat"}


class Hot:
    """A statement with named parameters, which no type has to convert."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts: dict[str, str] = {}

    def run(self, connection: Connection, **parameters: Any) -> Any:
        """Run it within the transaction of a connection. Returns a cursor, or a result with the same methods."""
        name = connection.dialect.name
        text = self._texts.get(name)
        if text is None:
            dialect: Any = type(connection.dialect)
            compiled = self._statement.compile(dialect=dialect(paramstyle=_PARAMETERS[name]))
            text = self._texts[name] = str(compiled)
        if name == "sqlite":
            driver: Any = connection.connection.dbapi_connection
            return driver.execute(text, parameters)
        # SQLAlchemy notices when a connection has ended.
        return connection.exec_driver_sql(text, parameters)
