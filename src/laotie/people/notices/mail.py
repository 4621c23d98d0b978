"""Mail to people. The port is Django's: files in the home for a demo, SMTP by settings."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from laotie.kit import market
from laotie.people.notices.saying import said


def send(email: str, language: str, sentence: str, data: dict[str, Any], link: str = "") -> None:
    """Mail one sentence with its link, in `language`. Waits for the mail server: call it from a task."""
    with translation.override(language):
        words = said(sentence, data)
        body = render_to_string(
            "notices/mail.txt",
            {"words": words, "link": f"{settings.PUBLIC_URL}{link}" if link else "", "market": market.current()},
        )
    subject = " ".join(f"[{market.current().name}] {words}".split())
    EmailMessage(subject if len(subject) <= 120 else f"{subject[:119]}…", body, to=[email]).send()
