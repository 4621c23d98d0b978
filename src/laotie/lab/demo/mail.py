"""The mail a demo wrote instead of sending it. Django's file backend puts it into the home, one file a connection."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

SHOWN = 30
LARGEST = 200_000  # bytes of a file that are read
RULE = b"-" * 79 + b"\n"  # what the backend writes after each message


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `at` is None where its date cannot be read."""

    to: str
    subject: str
    at: datetime | None
    words: str


def is_kept() -> bool:
    """Whether this is a demo whose mail stays at home. Its mail is for everybody: it has codes to sign in with."""
    return bool(settings.CONFIG.demo) and not settings.EMAIL_HOST


def newest() -> list[Letter]:
    """The last mails, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), reverse=True)[:SHOWN] if folder.is_dir() else []
    return [letter for file in files for letter in reversed(_letters(file))][:SHOWN]


def _letters(file: Path) -> list[Letter]:
    with file.open("rb") as opened:
        parts = opened.read(LARGEST).split(RULE)
    return [_letter(message_from_bytes(part, policy=policy.default)) for part in parts if part.strip()]


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain", "html"))
    dated = message["date"].datetime if message["date"] else None
    return Letter(
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        at=dated.replace(tzinfo=dated.tzinfo or UTC) if dated else None,  # "-0000" is UTC without saying so
        words=body.get_content().strip() if body else "",
    )
