"""The pictures of the rooms in docs are those of the tables that the imports are held to."""

import re
from itertools import pairwise

from docs.draw_rooms import levels, pictures
from tests.house.test_page_rooms import MAY_IMPORT
from tests.house.test_rooms import ENGINE


def test_the_pictures_are_up_to_date() -> None:
    for path, content in pictures():
        assert path.read_text("utf-8") == content, "run .venv/bin/python -m docs.draw_rooms"


def test_every_room_is_drawn_above_what_it_may_import() -> None:
    heights = {room: place for place, row in enumerate(levels(MAY_IMPORT)) for room in row}
    assert heights.keys() == MAY_IMPORT.keys()
    assert all(heights[other] < heights[room] for room, others in MAY_IMPORT.items() for other in others)
    engine = dict(pictures())[next(path for path, _ in pictures() if path.stem == "rooms-engine")]
    drawn = {name: int(y) for y, name in re.findall(r'<text x="\d+" y="(\d+)">([\w.]+)</text>', engine)}
    tops = [{drawn[room.removeprefix("tinyml.")] for room in row if room != "tinyml"} for row in ENGINE]
    assert all(max(upper, default=0) < min(lower, default=9999) for lower, upper in pairwise(tops))
