"""Tags about notices and mail: `{% load notices %}`."""

from django import template
from django.conf import settings

from laotie.people.notices import saying
from laotie.people.notices.contracts import Notice

register = template.Library()


@register.simple_tag
def demo_mail() -> str:
    """The folder that mail lands in while no mail server is set; "" where mail is sent."""
    return "" if settings.EMAIL_HOST else str(settings.EMAIL_FILE_PATH)


@register.filter
def said(notice: Notice) -> str:
    """The notice's sentence in the reader's language."""
    return saying.said(notice.sentence, notice.data)
