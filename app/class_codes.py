"""Class codes: a session that has entered one has no quotas until the code ends.

A code is the number of learners and the time when it ends, signed with a secret of the service, so that the service
need not store what codes there are. It stores which sessions have entered one, and counts them.
"""

import hmac
import re
import secrets
import struct
import time
from base64 import b32decode, b32encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from math import ceil
from typing import Final

from app.problems import Problem
from app.store import NetworkStore, StoreError

NAME: Final = "class"
# The number of learners, the minute since 1970 in which the code ends, and a random number, in which the codes of one
# minute differ.
_SIGNED: Final = struct.Struct(">HIH")
_SIGNATURE: Final = 12
_LETTERS: Final = 32
_IGNORED: Final = re.compile(r"[\s-]")
_GROUP: Final = 4
MOST_TYPED: Final = 200


@dataclass(frozen=True, slots=True)
class ClassCode:
    """A code that this service has signed. `until` is in seconds since 1970."""

    text: str
    learners: int
    until: int

    @property
    def name(self) -> str:
        """What the store has in place of the code."""
        return sha256(f"class:{self.text}".encode()).hexdigest()

    @property
    def shown(self) -> str:
        """The code in groups of letters, which are easier to copy from a board."""
        return "-".join(self.text[start : start + _GROUP] for start in range(0, _LETTERS, _GROUP))

    @property
    def ends(self) -> str:
        """When it ends, in UTC."""
        return datetime.fromtimestamp(self.until, UTC).isoformat().replace("+00:00", "Z")


def made(secret: bytes, learners: int, hours: int, now: float) -> ClassCode:
    """A new code that ends after these hours."""
    minute = ceil(now / 60) + 60 * hours
    content = _SIGNED.pack(learners, minute, secrets.randbelow(2**16))
    text = b32encode(content + _signature(secret, b"code", content)).decode().lower()
    return ClassCode(text, learners, 60 * minute)


def read(secret: bytes, typed: str) -> ClassCode | None:
    """The code that someone has typed, in any case, with blanks and hyphens anywhere; None if it is not one of this
    service.
    """
    text = _IGNORED.sub("", typed[:MOST_TYPED]).lower()
    try:
        data = b32decode(text.upper()) if len(text) == _LETTERS else b""
    except ValueError:
        return None
    content = data[: _SIGNED.size]
    if not hmac.compare_digest(data[_SIGNED.size :], _signature(secret, b"code", content)):
        return None
    learners, minute, _ = _SIGNED.unpack(content)
    return ClassCode(text, learners, 60 * minute)


class Classes:
    """Lets sessions enter a class, and tells which have."""

    def __init__(self, store: NetworkStore, clock: Callable[[], float] = time.time) -> None:
        self._store, self.clock = store, clock
        self._secret: bytes | None = None

    def enter(self, typed: str, session: str) -> ClassCode:
        """Count a session as one of a class. Raises a Problem if the code is no code of this service, or has ended, or
        if there are as many sessions as learners already.
        """
        secret = self._known()
        code = None if secret is None else read(secret, typed)
        if code is None:
            raise Problem(
                422,
                "This class code is not one of this service, or is misspelt; ask the teacher for the link.",
                ("code",),
                key="class_code",
            )
        if code.until <= self.clock():
            raise Problem(
                422,
                f"This class code ended at {code.ends}; ask the teacher for a new one.",
                ("code",),
                key="class_ended",
                values={"time": code.ends},
            )
        if not self._store.join(code.name, session, code.learners, code.until, int(self.clock())):
            raise Problem(
                422,
                f"This class code is for {code.learners:,} sessions, which have entered it already; ask the teacher "
                "for another one. Everything works with the quotas of guests.",
                ("code",),
                key="class_full",
                values={"learners": code.learners},
            )
        return code

    def cookie(self, code: ClassCode, session: str) -> str:
        """The value of the cookie that proves that a session has entered this code."""
        secret = self._known()
        return f"{code.text}.{_signature(secret or b'', code.text.encode(), session.encode()).hex()}"

    def of(self, cookies: list[str], session: str) -> ClassCode | None:
        """The code that a session has entered and that has not ended. If the store cannot be read, there is none."""
        text, _, proof = _value(cookies).partition(".")
        if not proof:
            return None
        secret = None
        with suppress(StoreError):
            secret = self._known()
        code = None if secret is None else read(secret, text)
        if code is None or code.until <= self.clock():
            return None
        expected = self.cookie(code, session).partition(".")[2]
        return code if hmac.compare_digest(proof.encode(), expected.encode()) else None

    def _known(self) -> bytes | None:
        """The secret of the service; None before the first code was made."""
        if self._secret is None:
            self._secret = self._store.secret()
        return self._secret


def _signature(secret: bytes, purpose: bytes, content: bytes) -> bytes:
    return hmac.digest(secret, purpose + b" " + content, "sha256")[:_SIGNATURE]


def _value(cookies: list[str]) -> str:
    try:
        found = SimpleCookie("; ".join(cookies)).get(NAME)
    except CookieError:
        return ""
    return "" if found is None else found.value
