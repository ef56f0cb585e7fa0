"""The rate of bytes on a connection."""

from collections import deque

from app import limits


class Pace:
    """Checks that at least MIN_STALL_BYTES are transferred in any MAX_STALL_SECONDS."""

    def __init__(self) -> None:
        self._seen = deque[tuple[float, int]]()  # within the last MAX_STALL_SECONDS, and one before

    def stop(self) -> None:
        """Reset: nothing is expected from the client."""
        self._seen.clear()

    def stalls(self, now: float, so_far: int) -> bool:
        """Whether too few bytes were transferred in the period that ends now; `so_far` counts all transferred bytes."""
        seen, begin = self._seen, now - limits.MAX_STALL_SECONDS
        seen.append((now, so_far))
        while len(seen) > 1 and seen[1][0] <= begin:
            seen.popleft()
        since, bytes_then = seen[0]
        return since <= begin and so_far - bytes_then < limits.MIN_STALL_BYTES
