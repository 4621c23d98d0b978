"""Rooms on air: the rooms themselves. A room's seller is its host, and all rooms are of one category, their own."""

import numpy as np

from laotie.places.rooms import queries as rooms
from laotie.places.search.contracts import Columns, category_mark, halves
from laotie.traffic.feed.contracts import Asking

ROOM = category_mark("room")  # no slug of the catalogue: categories are made of several words


def propose(asking: Asking) -> Columns:
    on_air = rooms.on_air()
    session = np.array([halves(room.session_id) for room in on_air], np.int64).reshape(-1, 2)
    host = np.array([halves(room.creator_id) for room in on_air], np.int64).reshape(-1, 2)
    size = len(on_air)
    return Columns(
        session[:, 0], session[:, 1], host[:, 0], host[:, 1], np.full(size, ROOM, np.int64),
        np.array([int(room.since.timestamp()) for room in on_air], np.int64), np.ones(size, bool), np.ones(size),
    )  # fmt: skip
