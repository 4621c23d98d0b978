"""What others see of an account, and the language it reads."""

from uuid import UUID

from django.conf import settings

from laotie.people import words
from laotie.people.accounts.errors import BadLanguage
from laotie.people.accounts.models import Account


def rename(account_id: UUID, name: str) -> None:
    """Change the name others see. Raises BadWords."""
    Account.objects.filter(pk=account_id).update(name=words.line(name, "name", at_most=40))


def speak(account_id: UUID, language: str) -> None:
    """Change the language of pages, notices and mail. Raises BadLanguage."""
    if language not in dict(settings.LANGUAGES):
        raise BadLanguage(field="language")
    Account.objects.filter(pk=account_id).update(language=language)


def set_face(account_id: UUID, picture: UUID | None) -> None:
    """Show a picture (a kit.pictures id) beside the name, or none."""
    Account.objects.filter(pk=account_id).update(face=picture)
