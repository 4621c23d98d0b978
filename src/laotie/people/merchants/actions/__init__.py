"""Writing merchants: applying and being answered, the shop's face, the team."""

from laotie.people.merchants.actions.applying import apply, approve, reject
from laotie.people.merchants.actions.inviting import accept, invite, offered, withdraw
from laotie.people.merchants.actions.shop import close, edit, restore, set_face, take_down
from laotie.people.merchants.actions.team import add_member, leave_all, make_owner, remove_member, step_down
from laotie.people.merchants.history import PastShop, admit_history

__all__ = [
    "PastShop",
    "accept",
    "add_member",
    "admit_history",
    "apply",
    "approve",
    "close",
    "edit",
    "invite",
    "leave_all",
    "make_owner",
    "offered",
    "reject",
    "remove_member",
    "restore",
    "set_face",
    "step_down",
    "take_down",
    "withdraw",
]
