"""What a server knows of a training."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import orjson

from app.store.keys import derived_key, hashed, new_seed, reading_key
from app.trainings.events import EventLog
from app.trainings.jobs import ENDED, Checkpoint, State, Watching
from app.trainings.records import Record
from tinyml.training import Progress


@dataclass(slots=True, eq=False)
class Live:
    """A training that runs, or has run lately. `key` edits its network, `version` is the one that the training left
    there, and `first` the training step that the network was at when it began. If it is `branched`, the results are in
    another network, whose key follows from `seed` and the key of the first. After a process or the server was killed,
    `resumed_from` is the step of the checkpoint from which the training went on, and `lost` how many steps after that
    had been shown; None if that is not known.
    """

    name: str
    key: str
    view: str
    owner: str
    until: dict[str, Any]
    first: int
    version: int
    speed: float | None
    state: State = "running"
    taken: int = 0
    resumed_from: int | None = None
    lost: int | None = 0
    gone: bool = False
    branched: bool = False
    seed: bytes = field(default_factory=new_seed)
    stepping: bool = False  # whether it will pause after some steps
    fields: bytes = b"{}"
    log: EventLog = field(default_factory=EventLog)
    readers: dict[object, Watching] = field(default_factory=dict)
    over_at: float | None = None
    pending: Checkpoint | None = None
    storing: bool = False
    # The latest checkpoints with the versions of the network that they are: the last may not be stored yet.
    moments: list[tuple[int, int, Progress | None]] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ENDED

    @property
    def branch(self) -> str | None:
        """The key of the other network with the results."""
        return derived_key(self.seed, self.key) if self.branched else None

    @property
    def stored(self) -> str:
        """The key of the network with the results."""
        return self.branch or self.key

    def say(self) -> None:
        """Tell those who read its events how it is now."""
        self.log.say("state", self.answer(self.key), self.answer(self.view))

    async def over_within(self, seconds: float) -> None:
        """Wait for its end, for so many seconds at most."""
        until = monotonic() + seconds
        while not self.over and (left := until - monotonic()) > 0:
            await self.log.changed(left)

    def answer(self, key: str) -> dict[str, Any]:
        """It as the API has it for the holder of a key. One that only reads does not learn the key that edits the
        branch.
        """
        branch = None
        if self.branch is not None:
            editing = {"id": self.branch} if key == self.key else {}
            branch = {**editing, "view": reading_key(self.branch)}
        return {
            "id": self.name,
            "state": self.state,
            "until": self.until,
            "speed": self.speed,
            "resumed_from": self.resumed_from,
            "lost": self.lost,
            "branch": branch,
            "network_deleted": self.gone,
            **self._known,
            "step": self.taken,
        }

    def record(self) -> Record:
        """What another server needs to go on with it, or to answer how it ended."""
        return {
            "network": hashed(self.key),
            "owner": self.owner,
            "until": self.until,
            "first": self.first,
            "speed": self.speed,
            "state": "paused" if self.stepping and not self.over else self.state,
            "stepping": self.stepping,
            "taken": self.taken,
            "resumed_from": self.resumed_from,
            "lost": self.lost,
            "gone": self.gone,
            "branched": self.branched,
            "seed": self.seed.hex(),
            "fields": self._known if self.over else {},
            "moments": self.moments,
        }

    @classmethod
    def of_record(cls, name: str, key: str, record: Record) -> "Live":
        """A training that another server has run, for one who has the key of its network."""
        return cls(
            name,
            key,
            reading_key(key),
            record["owner"],
            record["until"],
            record["first"],
            0,
            record["speed"],
            record["state"],
            record["taken"],
            record["resumed_from"],
            record["lost"],
            record["gone"],
            record["branched"],
            bytes.fromhex(record["seed"]),
            fields=orjson.dumps(record["fields"]),
            over_at=monotonic(),
        )

    @property
    def _known(self) -> dict[str, Any]:
        return {name: value for name, value in orjson.loads(self.fields).items() if name not in _ONLY_FRAMES}


# Of these an answer has no copy: they may be large.
_ONLY_FRAMES = frozenset({"parameters", "histograms"})
