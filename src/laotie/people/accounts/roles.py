"""What else an account is in the market. Rooms above say so (bound in `runtime.bindings`); nothing here knows them."""

from uuid import UUID

from laotie.people.accounts.contracts import Role

_roles: dict[str, Role] = {}


def add_role(role: Role) -> None:
    """Let a slice say who plays a role; the same name again replaces it. Those added first come first."""
    _roles[role.name] = role


def first_page(account_id: UUID) -> str:
    """Where the account's first role has something to do; "" where it plays none."""
    return next((page for role in _roles.values() if (page := role.first_page(account_id))), "")


def acts_for_others(account_id: UUID) -> bool:
    """Whether the account plays a role that acts for others."""
    return any(role.acts_for_others and role.first_page(account_id) for role in _roles.values())
