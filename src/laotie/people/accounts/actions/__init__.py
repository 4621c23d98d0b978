"""Writing accounts: joining, being known by another name, keys to the REST interface, leaving."""

from laotie.people.accounts.actions.joining import hold, joined, make_operator, sign_up
from laotie.people.accounts.actions.leaving import erase, export, hold_personal_data
from laotie.people.accounts.actions.profile import rename, set_face, speak
from laotie.people.accounts.actions.shutting import let_back_in, shut_out
from laotie.people.accounts.actions.tokens import make_token, revoke_token
from laotie.people.accounts.history import PastAccount, admit_history, let_in
from laotie.people.accounts.roles import add_role

__all__ = [
    "PastAccount",
    "add_role",
    "admit_history",
    "erase",
    "export",
    "hold",
    "hold_personal_data",
    "joined",
    "let_back_in",
    "let_in",
    "make_operator",
    "make_token",
    "rename",
    "revoke_token",
    "set_face",
    "shut_out",
    "sign_up",
    "speak",
]
