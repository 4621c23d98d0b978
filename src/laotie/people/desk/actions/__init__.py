"""What operators do, and what people tell them."""

from laotie.people.desk.actions.judging import dismiss, object_to, restore, take_down, uphold, warn
from laotie.people.desk.actions.reporting import open_to_reports, report
from laotie.people.desk.actions.suspending import readmit, suspend

__all__ = [
    "dismiss",
    "object_to",
    "open_to_reports",
    "readmit",
    "report",
    "restore",
    "suspend",
    "take_down",
    "uphold",
    "warn",
]
