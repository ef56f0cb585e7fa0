"""The rate of bytes on a connection."""

from app import limits


class Pace:
    """Checks that at least MIN_STALL_BYTES are transferred in each MAX_STALL_SECONDS."""

    def __init__(self) -> None:
        self.since: float | None = None
        self.bytes = 0

    def stop(self) -> None:
        """Reset: nothing is expected from the client."""
        self.since = None

    def stalls(self, now: float, so_far: int) -> bool:
        """Whether too few bytes were transferred in the period that ends now; `so_far` counts all transferred bytes."""
        if self.since is None:
            self.since, self.bytes = now, so_far
            return False
        if now - self.since < limits.MAX_STALL_SECONDS:
            return False
        moved = so_far - self.bytes
        self.since, self.bytes = now, so_far
        return moved < limits.MIN_STALL_BYTES
