"""The events of a training for those who read them: each has a number, and a reader can go on after any of them."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

import orjson

from app import limits
from app.trainings.jobs import Frame

# How many frames are remembered, so that a slow reader gets the losses of those that it has missed.
REMEMBERED = 64


class EventLog:
    """What happened to a training. Of frames a reader gets only the newest, with the losses of all that it missed."""

    def __init__(self) -> None:
        self._frames: deque[tuple[int, Frame]] = deque(maxlen=REMEMBERED)
        self._states: list[tuple[int, bytes, bytes]] = []
        self._number = 0
        self._changed = asyncio.Event()

    def frame(self, frame: Frame) -> None:
        """Add a frame."""
        self._frames.append((self._next(), frame))

    def say(self, name: str, to_edit: dict[str, Any], to_read: dict[str, Any]) -> None:
        """Add another event, as those who may edit the network and those who only read it get it. There are few of
        them, and all are kept.
        """
        number = self._next()
        self._states.append((number, _event(number, name, to_edit), _event(number, name, to_read)))

    def after(self, number: int, *, edits: bool) -> list[tuple[int, bytes]]:
        """The events after the one of this number, in order, for one who edits or who only reads."""
        found = [(at, to_edit if edits else to_read) for at, to_edit, to_read in self._states if at > number]
        missed = [frame for frame in self._frames if frame[0] > number]
        if missed:
            newest, frame = missed[-1]
            found.append((newest, _event(newest, "frame", _merged(frame, [one for _, one in missed]))))
        return sorted(found)

    async def changed(self, seconds: float) -> bool:
        """Wait for the next event, for so many seconds at most. Returns whether there is one."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def _next(self) -> int:
        self._number += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return self._number


def _merged(newest: Frame, frames: Sequence[Frame]) -> dict[str, Any]:
    places = [place for frame in frames for place in frame.places]
    losses = [loss for frame in frames for loss in frame.losses]
    every = max(1, -(-len(places) // limits.MAX_FRAME_LOSSES))
    fields = {**newest.fields, "losses": {"steps": places[::every], "values": losses[::every]}}
    return fields if newest.surface is None else {**fields, "surface": newest.surface}


def _event(number: int, name: str, fields: dict[str, Any]) -> bytes:
    """A server-sent event. Numbers that are not finite are null."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, name.encode("ascii"), orjson.dumps(fields))
