"""The people one can be in the demo market."""

from dataclasses import dataclass

PASSWORD = "laotie-demo"  # noqa: S105 — printed at every start of a demo, and set nowhere else
SHOP = "pier-seven"  # the merchant's shop


@dataclass(frozen=True, slots=True)
class SignIn:
    """`role` is buyer, merchant, creator or operator; `lands_on` the page that says what to do first."""

    role: str
    email: str
    password: str
    lands_on: str


SIGN_INS = tuple(
    SignIn(role, f"{role}@laotie.example", PASSWORD, "/") for role in ("buyer", "merchant", "creator", "operator")
)
