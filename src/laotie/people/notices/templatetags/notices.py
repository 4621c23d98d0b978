"""Tags about notices and mail: `{% load notices %}`."""

from django import template
from django.conf import settings

from laotie.people.notices import saying
from laotie.people.notices.contracts import Notice

register = template.Library()


@register.simple_tag
def mail_waits() -> bool:
    """Whether mail stays in the home because nobody set a mail server. A demo shows its mail itself."""
    return not settings.EMAIL_HOST and not settings.CONFIG.demo


@register.filter
def said(notice: Notice) -> str:
    """The notice's sentence in the reader's language."""
    return saying.said(notice.sentence, notice.data)
