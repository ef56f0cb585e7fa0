"""The data directory of a SQLite store: its lock, its reserve, and whether it still exists."""

import errno
import os
import secrets
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from app.store.troubles import FullStoreError, GoneStoreError, ReadOnlyStoreError, TakenStoreError, meaning

LOCK_NAME = "networks.lock"
RESERVE_NAME = "networks.reserve"
CODES_NAME = "class.secret"
SECRET_BYTES = 32
# More than opening the file and deleting a network require: the index of the log, and in the log the pages of both
# tables and their indices with the list of free pages: at most 750 kB, for a thousand steps back of about a kilobyte
# each.
RESERVE_BYTES = 1024 * 1024
RESERVE_STEP = 16 * 1024


class Folder:
    """A data directory that one server uses exclusively while it is open.

    The lock is the operating system's, so that it ends with the process however that ends; the processes of one server
    hold it together, and it ends with the last of them. A directory that cannot be written is not locked: nothing there
    can be changed.
    """

    def __init__(self, path: Path, file: Path, lent: int | None = None) -> None:
        """Make the directory if it is missing, and lock it. Raises OSError or TakenStoreError.

        `lent` is the descriptor of a lock that another process of the same server has.
        """
        self.path, self.file = path, file
        path.mkdir(parents=True, exist_ok=True)
        self._lock: int | None = None
        self._identity: tuple[int, int] | None = None
        self.writable = True
        try:
            self._lock = os.open(path / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600) if lent is None else os.dup(lent)
        except OSError as error:
            if meaning(error) is not ReadOnlyStoreError:
                raise
            self.writable = False
            return
        if _locked_by_another(self._lock) or not self._is_there(self._lock):
            self.close()
            raise TakenStoreError(f"{path} is locked by another server")

    @property
    def lock(self) -> int | None:
        """The descriptor of the lock, to be lent to other processes."""
        return self._lock

    def remember(self) -> None:
        """Record the present file as the one of this store, and keep the reserve."""
        self._identity = self._found()
        self.refill()

    def check(self) -> None:
        """Raise GoneStoreError if the file is not the one that was opened: writes to that one are lost."""
        if self._found() != self._identity:
            raise GoneStoreError(f"{self.file} was removed or replaced")

    @property
    def scarce(self) -> bool:
        """Whether less space is free than the reserve should have."""
        try:
            return shutil.disk_usage(self.path).free < RESERVE_BYTES
        except OSError:
            return False

    def release(self) -> bool:
        """Free the reserve, so that a deletion has room. Returns whether there was one."""
        try:
            (self.path / RESERVE_NAME).unlink()
        except OSError:
            return False
        return True

    def refill(self, share: float = 1.0) -> None:
        """Keep a reserve for deletions, up to this share of the free space."""
        if not self.writable:
            return
        aim = min(RESERVE_BYTES, int(share * shutil.disk_usage(self.path).free))
        try:
            with (self.path / RESERVE_NAME).open("ab", buffering=0) as reserve:
                while (missing := aim - reserve.tell()) > 0:
                    # Zeros would take no room on a file system that compresses or leaves holes.
                    reserve.write(os.urandom(min(missing, RESERVE_STEP)))
        except OSError as error:
            if meaning(error) is not FullStoreError:
                raise

    def close(self) -> None:
        """Release the directory."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _is_there(self, lock: int) -> bool:
        """Whether this is the lock of the directory, and not of one that was there before."""
        try:
            return os.path.samestat(os.fstat(lock), (self.path / LOCK_NAME).stat())
        except OSError:
            return False

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def secret_in(path: Path, *, make: bool) -> bytes | None:
    """The secret of a data directory, in a file that only its user can read. If there is none, `make` it, or return
    None. Raises OSError.
    """
    file = path / CODES_NAME
    if make:
        path.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb", buffering=0) as opened:
                opened.write(secrets.token_bytes(SECRET_BYTES))
                os.fsync(opened.fileno())
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == SECRET_BYTES else None


def _locked_by_another(descriptor: int) -> bool:
    """Lock an open file for this process, without waiting. Returns whether another process has locked it.

    On a file system without locks the result is False.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
    return False
