"""The events of a training for those who read them: each has a number, and a reader can go on after any of them."""

import asyncio
from array import array
from collections import deque
from itertools import chain
from typing import Any

import orjson

from app import limits
from app.trainings.jobs import Frame

# How many frames are remembered, so that a slow reader gets the losses of those that it has missed.
REMEMBERED = 64


class EventLog:
    """What happened to a training. Of frames a reader gets only the newest, with the losses of all that it missed."""

    def __init__(self) -> None:
        # Of frames before the newest only the losses.
        self._losses: deque[tuple[int, tuple[range, bytes, bytes]]] = deque(maxlen=REMEMBERED)
        self._newest: tuple[int, Frame] | None = None
        self._encoded: tuple[int, int, bytes] | None = None
        self._states: list[tuple[int, bytes, bytes]] = []
        self._number = 0
        self._changed = asyncio.Event()

    def frame(self, frame: Frame) -> None:
        """Add a frame."""
        number = self._next()
        self._newest = number, frame
        self._losses.append((number, (frame.places, frame.losses, frame.objectives)))

    def say(self, name: str, to_edit: dict[str, Any], to_read: dict[str, Any]) -> None:
        """Add another event, as those who may edit the network and those who only read it get it. There are few of
        them, and all are kept.
        """
        number = self._next()
        self._states.append((number, _event(number, name, to_edit), _event(number, name, to_read)))

    def after(self, number: int, *, edits: bool) -> list[tuple[int, bytes]]:
        """The events after the one of this number, in order, for one who edits or who only reads."""
        found = [(at, to_edit if edits else to_read) for at, to_edit, to_read in reversed(self._states) if at > number]
        if self._newest is not None and self._newest[0] > number:
            found.append((self._newest[0], self._frame(*self._newest, number)))
        return sorted(found)

    async def changed(self, seconds: float) -> bool:
        """Wait for the next event, for so many seconds at most. Returns whether there is one."""
        try:
            async with asyncio.timeout(seconds):  # wait_for would make a task
                await self._changed.wait()
        except TimeoutError:
            return False
        return True

    def _frame(self, newest: int, frame: Frame, number: int) -> bytes:
        """The newest frame, with the losses of all after a number. Readers that are equally far get the same bytes."""
        missed = [curves for at, curves in self._losses if at > number]
        if self._encoded is None or self._encoded[:2] != (newest, len(missed)):
            self._encoded = newest, len(missed), _event_of(newest, b"frame", _merged(frame, missed))
        return self._encoded[2]

    def _next(self) -> int:
        self._number += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return self._number


def _merged(newest: Frame, missed: list[tuple[range, bytes, bytes]]) -> bytes:
    """A frame as JSON, with all these losses and objectives, or of too many every second, third, …"""
    places = list(chain.from_iterable(places for places, *_ in missed))
    losses = array("d", b"".join(losses for _, losses, _ in missed)).tolist()
    every = max(1, -(-len(places) // limits.MAX_FRAME_LOSSES))
    curve: dict[str, Any] = {"steps": places[::every], "values": losses[::every]}
    if newest.objectives:
        curve["objectives"] = array("d", b"".join(objectives for *_, objectives in missed)).tolist()[::every]
    text = b'%s,"losses":%s' % (newest.fields[:-1], orjson.dumps(curve))
    return text + b"}" if newest.surface is None else b'%s,"surface":%s}' % (text, newest.surface)


def _event(number: int, name: str, fields: dict[str, Any]) -> bytes:
    """A server-sent event. Numbers that are not finite are null."""
    return _event_of(number, name.encode("ascii"), orjson.dumps(fields))


def _event_of(number: int, name: bytes, data: bytes) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, name, data)
