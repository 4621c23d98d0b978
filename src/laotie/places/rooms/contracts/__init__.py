"""What leaves the rooms: sessions, cards, lines of chat, the state of a room, and the facts they leave.

planned ──► announced ──► on_air ──► ended ──► reviewed
     └──────────────────────┘  (a session may go on air without having been announced)
"""

from laotie.places.rooms.contracts.cards import Card, CardAdded, CardExplained, CardRemoved, CardReplay, ShownCard, Used
from laotie.places.rooms.contracts.chat import LINES, ChatHidden, ChatSaid, Line, RoomShut
from laotie.places.rooms.contracts.sessions import (
    OVER,
    Event,
    OnAir,
    Planned,
    Pulse,
    Role,
    Session,
    SessionEnded,
    SessionOpened,
    SessionPlanned,
    SessionReserved,
    SessionShowedUp,
    State,
)
from laotie.places.rooms.contracts.visits import (
    CardOpened,
    CardShown,
    SessionEntered,
    SessionLeft,
    SessionLiked,
    SessionWatched,
)

__all__ = [
    "LINES",
    "OVER",
    "Card",
    "CardAdded",
    "CardExplained",
    "CardOpened",
    "CardRemoved",
    "CardReplay",
    "CardShown",
    "ChatHidden",
    "ChatSaid",
    "Event",
    "Line",
    "OnAir",
    "Planned",
    "Pulse",
    "Role",
    "RoomShut",
    "Session",
    "SessionEnded",
    "SessionEntered",
    "SessionLeft",
    "SessionLiked",
    "SessionOpened",
    "SessionPlanned",
    "SessionReserved",
    "SessionShowedUp",
    "SessionWatched",
    "ShownCard",
    "State",
    "Used",
]
