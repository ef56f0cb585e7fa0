"""Requests that may be repeated: what each did is stored in the transaction in which it did it, so that a repetition
after a lost connection, or after the server was killed, has the same answer and no second effect.
"""

from time import time

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from app import limits
from app.store.base import Earlier, Once, OtherRequestError, RepeatedError, StoredNetwork
from app.store.tables import answers, columns_of

AT_A_TIME = 100  # requests out of date that one change removes


def find(connection: Connection, once: Once) -> Earlier | None:
    """Return what the request did before. Raises OtherRequestError if one with the same name was another request."""
    fits = (answers.c.name == once.name) & (answers.c.made >= _oldest())
    row = connection.execute(answers.select().where(fits)).first()
    if row is None:
        return None
    if row.request != once.request:
        raise OtherRequestError
    if row.document is None:
        return Earlier(row.seed, None)
    network = StoredNetwork(
        row.id, row.document, row.cursor, row.version, row.step, row.first, clamped=bool(row.clamped)
    )
    return Earlier(row.seed, network)


def keep(connection: Connection, once: Once, network: StoredNetwork) -> None:
    """Store what the request did, and remove what can no longer be repeated. Raises RepeatedError if the same request
    came first.
    """
    some = select(answers.c.name).where(answers.c.made < _oldest()).order_by(answers.c.made).limit(AT_A_TIME)
    # Of several transactions that remove the same ones, none waits for another.
    some = some.with_for_update(skip_locked=True)
    outdated = (answers.c.made < _oldest()) & ((answers.c.name == once.name) | answers.c.name.in_(some))
    connection.execute(answers.delete().where(outdated))
    own = {"name": once.name, "request": once.request, "seed": once.seed, "made": int(time())}
    row = columns_of(network) | own | {"clamped": network.clamped}
    try:
        connection.execute(answers.insert().values(**row))
    except IntegrityError as error:
        raise RepeatedError from error
    most = max(min(limits.MAX_REPEATABLE, limits.MAX_KEPT_BYTES // len(network.document)), 1)
    of_it = answers.c.id == network.id
    latest = select(answers.c.name).where(of_it).order_by(answers.c.version.desc(), answers.c.made.desc()).limit(most)
    connection.execute(answers.delete().where(of_it, answers.c.name.not_in(latest), answers.c.name != once.name))


def forget(connection: Connection, id: str) -> None:
    """Remove what is stored of a network that is deleted. Of the request that created it remains that it did, so that
    its repetition creates no second one.
    """
    created = answers.c.seed != b""
    connection.execute(answers.delete().where(answers.c.id == id, ~created))
    connection.execute(answers.update().where(answers.c.id == id).values(document=None))


def _oldest() -> int:
    return int(time()) - limits.MAX_REPEAT_SECONDS
