"""Everything that changes a room. Whoever changes one holds its session's row, and numbers what changed.

Locks are taken in one order: the creator's session row, then rows of the room.
"""

from laotie.places.rooms.actions.airing import end, end_forgotten, open_room
from laotie.places.rooms.actions.carding import add_card, explain, refresh_cards, remove_card, stop_explaining
from laotie.places.rooms.actions.chatting import answer, hide, say
from laotie.places.rooms.actions.couponing import claim, hand_out, take_back
from laotie.places.rooms.actions.drawing import draw, enter, open_draw
from laotie.places.rooms.actions.flashing import end_flash, flash, may_cut
from laotie.places.rooms.actions.forgetting import forget
from laotie.places.rooms.actions.keeping import appoint, ban, block_words, dismiss, mute, pardon
from laotie.places.rooms.actions.planning import announce, call_off, change, plan
from laotie.places.rooms.actions.replaying import cut_replays
from laotie.places.rooms.actions.reserving import came, give_up, remind_due, reserve
from laotie.places.rooms.actions.reviewing import review
from laotie.places.rooms.actions.voting import cast, close_due, close_vote, open_vote, tell_tally
from laotie.places.rooms.history import PastCard, PastSaying, PastSession, admit_history

__all__ = [
    "PastCard",
    "PastSaying",
    "PastSession",
    "add_card",
    "admit_history",
    "announce",
    "answer",
    "appoint",
    "ban",
    "block_words",
    "call_off",
    "came",
    "cast",
    "change",
    "claim",
    "close_due",
    "close_vote",
    "cut_replays",
    "dismiss",
    "draw",
    "end",
    "end_flash",
    "end_forgotten",
    "enter",
    "explain",
    "flash",
    "forget",
    "give_up",
    "hand_out",
    "hide",
    "may_cut",
    "mute",
    "open_draw",
    "open_room",
    "open_vote",
    "pardon",
    "plan",
    "refresh_cards",
    "remind_due",
    "remove_card",
    "reserve",
    "review",
    "say",
    "stop_explaining",
    "take_back",
    "tell_tally",
]
