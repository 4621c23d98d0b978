"""What operators do, what people tell them, and the record of every privileged act."""

from laotie.people.desk.actions.auditing import audit
from laotie.people.desk.actions.judging import dismiss, object_to, restore, take_down, uphold, warn
from laotie.people.desk.actions.reporting import open_to_reports, report

__all__ = [
    "audit",
    "dismiss",
    "object_to",
    "open_to_reports",
    "report",
    "restore",
    "take_down",
    "uphold",
    "warn",
]
