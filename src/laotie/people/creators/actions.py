"""Becoming a creator, and saying what one is about."""

import re
from uuid import UUID

from django.db import IntegrityError, transaction

from laotie.kit import clock
from laotie.people import words
from laotie.people.accounts.queries import pseudonym
from laotie.people.creators import contracts, queries
from laotie.people.creators.contracts import CreatorChanged, CreatorJoined
from laotie.people.creators.errors import AlreadyCreator, BadSlug, NoSuchCreator, SlugTaken
from laotie.people.creators.models import Creator
from laotie.stream.outbox.actions import emit

__all__ = ["declare", "join", "retire"]

SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,39}")


@transaction.atomic
def join(account_id: UUID, slug: str, persona: str, intro: str = "") -> contracts.Creator:
    """Become a creator at /u/<slug>. Raises AlreadyCreator, BadSlug, SlugTaken, BadWords."""
    slug = slug.strip().lower()
    if not SLUG.fullmatch(slug):
        raise BadSlug(field="slug")
    if queries.is_creator(account_id):
        raise AlreadyCreator
    row = _made(account_id, slug, _persona(persona), _intro(intro))
    emit(CreatorJoined(account=pseudonym(account_id), persona=row.persona))
    return queries.creator(account_id)


@transaction.atomic
def declare(account_id: UUID, persona: str, intro: str) -> contracts.Creator:
    """Change what one declares to be about. Raises NoSuchCreator, BadWords."""
    row = Creator.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise NoSuchCreator
    before, row.persona, row.intro = row.persona, _persona(persona), _intro(intro)
    row.save(update_fields=["persona", "intro"])
    if row.persona != before:
        emit(CreatorChanged(account=pseudonym(account_id), persona=row.persona))
    return queries.creator(account_id)


def retire(account_id: UUID) -> None:
    """Take the creator's page away (when the person is erased)."""
    Creator.objects.filter(pk=account_id).delete()


def _made(account_id: UUID, slug: str, persona: str, intro: str) -> Creator:
    try:
        with transaction.atomic():
            return Creator.objects.create(
                account_id=account_id, slug=slug, persona=persona, intro=intro, joined_at=clock.now()
            )
    except IntegrityError as error:
        if queries.is_creator(account_id):  # the same person, twice at once
            raise AlreadyCreator from error
        raise SlugTaken(field="slug") from error


def _persona(persona: str) -> str:
    return words.line(persona, "persona", at_least=4, at_most=120)


def _intro(intro: str) -> str:
    return words.paragraphs(intro, "intro", at_most=1000)
