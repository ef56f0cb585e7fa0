"""Deliberately broken services, one for each proof: statements that a server runs before it starts."""

# Acknowledges a change before it is stored: the newest is written only with the next.
LATE = """
from app.store.sqlite import SqliteStore
from app.store.base import StoredNetwork
_change, _waiting = SqliteStore.change, {}
def change(self, id, edit, once=None):
    late = _waiting.pop(id, None)
    if late is not None:
        _change(self, id, lambda network: late)
    found = self.get(id)
    if found is None:
        return None
    from dataclasses import replace
    changed = edit(found)
    _waiting[id] = changed
    return replace(changed, version=found.version + 1)
SqliteStore.change = change
async def never(*_):
    return None
SqliteStore.change_at_once = never
"""

# Takes every repeated request for a new one.
FORGETFUL = """
import app.routes.repeating as repeating
from app.store.sqlite import SqliteStore
SqliteStore.earlier = lambda self, once: None
_once = repeating.Repeating.once
def once(self, scope):
    import secrets
    return type(_once(self, scope))(secrets.token_hex(32), self.request)
repeating.Repeating.once = once
"""

# Keeps something of every request indefinitely.
LEAKING = """
from app.request_ids import RequestIds
_leaky, _kept = RequestIds.__call__, []
async def call(self, scope, receive, send):
    _kept.append(b"x" * 500_000)
    await _leaky(self, scope, receive, send)
RequestIds.__call__ = call
"""

# Answers an address so many requests, and refuses all others.
COUNTING = """
from app.request_ids import RequestIds
_counted, _requests = RequestIds.__call__, []
async def call(self, scope, receive, send):
    _requests.append(scope)
    if scope["type"] == "http" and len(_requests) > 60:
        await send({"type": "http.response.start", "status": 429, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    await _counted(self, scope, receive, send)
RequestIds.__call__ = call
"""

# Replaces a network whatever its version.
BLIND = """
from app.store import sql
def blind(network, edited, changed, once, connection):
    chosen = sql.networks.update().where(sql.networks.c.id == network.id)
    connection.execute(chosen.values(**sql.columns_of(changed)))
    return True
sql._replace = blind
"""

# Acknowledges changes that the database has not stored, while that does not answer.
PRETENDING = """
from dataclasses import replace
from app.store.postgres import PostgresStore
from app.store.troubles import AwayStoreError
_changed, _newest = PostgresStore.change, {}
def change(self, id, edit, once=None):
    try:
        made = _changed(self, id, edit, once)
    except AwayStoreError:
        made = replace(edit(_newest[id]), version=_newest[id].version + 1)
    _newest[id] = made
    return made
PostgresStore.change = change
async def never(*_):
    return None
PostgresStore.change_at_once = never
"""
