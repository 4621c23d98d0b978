"""Reading rooms. `session_for` is the one door to a session for a person, `desk_for` to its host's desk."""

from laotie.places.rooms.queries.access import aired, desk_for, helpers, hosted, is_shut, role_in, session_for
from laotie.places.rooms.queries.carding import (
    card_in,
    cards,
    cards_ever,
    replayed,
    replays_of,
    sessions_with,
    shown_cards,
)
from laotie.places.rooms.queries.changing import pulse, since
from laotie.places.rooms.queries.chatting import line, line_in, lines, questions, said_by, window
from laotie.places.rooms.queries.playing import (
    ballots_of,
    counts,
    coupons_had,
    coupons_told,
    draw,
    draw_in,
    draws_told,
    entries_of,
    handed_in,
    votes_told,
)
from laotie.places.rooms.queries.reserving import has_reserved, next_due, reservations
from laotie.places.rooms.queries.sessions import announced, on_air, past, session, sessions_of, shown_for

__all__ = [
    "aired",
    "announced",
    "ballots_of",
    "card_in",
    "cards",
    "cards_ever",
    "counts",
    "coupons_had",
    "coupons_told",
    "desk_for",
    "draw",
    "draw_in",
    "draws_told",
    "entries_of",
    "handed_in",
    "has_reserved",
    "helpers",
    "hosted",
    "is_shut",
    "line",
    "line_in",
    "lines",
    "next_due",
    "on_air",
    "past",
    "pulse",
    "questions",
    "replayed",
    "replays_of",
    "reservations",
    "role_in",
    "said_by",
    "session",
    "session_for",
    "sessions_of",
    "sessions_with",
    "shown_cards",
    "shown_for",
    "since",
    "votes_told",
    "window",
]
