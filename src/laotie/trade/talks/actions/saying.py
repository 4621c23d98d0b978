"""Saying something in a talk. A buyer's first words open it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.kit.pictures import actions as pictures
from laotie.kit.text import text
from laotie.people.accounts.queries import account
from laotie.people.grants.queries import grants_at, may
from laotie.people.merchants import queries as merchants
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit
from laotie.trade.talks import contracts, queries
from laotie.trade.talks.contracts import MOST_PICTURES, MOST_WORDS, Side, TalkAnswered, TalkAsked, Topic
from laotie.trade.talks.errors import NoSuchTalk, NothingSaid, OwnShop, TalkClosed, TooManyPictures
from laotie.trade.talks.models import MessageRow, TalkRow
from laotie.trade.talks.topics import topic


@transaction.atomic
def ask(account_id: UUID, kind: str, about_id: UUID, words: str, images: Sequence[bytes] = ()) -> contracts.Talk:
    """A buyer asks a shop about itself, a product or an order; an open talk about the same thing goes on.

    Raises NothingToAskAbout, OwnShop, NothingSaid, TooManyPictures, BadText, BadPicture, TalkClosed.
    """
    merchant_id, about = topic(account_id, kind, about_id)
    if may(account_id, "care", merchant_id):
        raise OwnShop
    row = _opened(account_id, merchant_id, about)
    return _say(row, account_id, Side.BUYER, words, images)


@transaction.atomic
def say(account_id: UUID, talk_id: UUID, words: str, images: Sequence[bytes] = ()) -> contracts.Talk:
    """Go on in a talk, as its buyer or for its shop. Raises NoSuchTalk, NotYourTalk, and as `ask`."""
    row = TalkRow.objects.select_for_update().filter(pk=talk_id).first()
    if row is None:
        raise NoSuchTalk
    side = queries.side_of(account_id, row.buyer_id, row.merchant_id)
    return _say(row, account_id, side, words, images)


def _opened(account_id: UUID, merchant_id: UUID, about: Topic) -> TalkRow:
    """The one talk of this buyer about this, locked; two first questions at once share it."""
    now = clock.now()
    fresh = TalkRow(
        buyer_id=account_id,
        merchant_id=merchant_id,
        about=about.kind,
        about_id=about.id,
        title=about.title[:160],
        picture=about.picture,
        opened_at=now,
        last_at=now,
        last_side=Side.BUYER,
    )
    TalkRow.objects.bulk_create([fresh], ignore_conflicts=True)
    found = TalkRow.objects.filter(buyer_id=account_id, merchant_id=merchant_id, about=about.kind, about_id=about.id)
    return found.select_for_update().get()


def _say(row: TalkRow, account_id: UUID, side: Side, words: str, images: Sequence[bytes]) -> contracts.Talk:
    words = text(words, "words", MOST_WORDS)
    if row.closed_reason:
        raise TalkClosed(reason=row.closed_reason)
    if len(images) > MOST_PICTURES:
        raise TooManyPictures(field="pictures", most=MOST_PICTURES)
    if not words and not images:
        raise NothingSaid(field="words")
    kept = [str(pictures.admit(image, account_id)) for image in images]
    message = MessageRow(talk=row, side=side, author_id=account_id, words=words, pictures=kept, at=clock.now())
    first_unread = row.shop_unread == 0 if side == Side.BUYER else row.buyer_unread == 0
    _move(row, message)
    if first_unread:  # one notice for a run of words, not one for each
        _tell(row, side)
    return queries.view(row)


def _move(row: TalkRow, message: MessageRow) -> None:
    """The words and the state of their talk, with the fact that a question, or its answer, is."""
    row.last_at, row.last_words, row.last_side = message.at, message.words[:120], message.side
    if message.side == Side.BUYER:
        _asked(row, message)
    else:
        _answered(row, message)
    row.save()
    message.save()


def _asked(row: TalkRow, message: MessageRow) -> None:
    row.shop_unread += 1
    row.buyer_unread = 0
    if row.waiting_since is None:
        row.waiting_since = message.at
        buyer = account(row.buyer_id).pseudonym
        emit(TalkAsked(row.pk, message.pk, row.merchant_id, buyer, row.about, row.about_id))


def _answered(row: TalkRow, message: MessageRow) -> None:
    row.buyer_unread += 1
    row.shop_unread = 0
    if row.waiting_since is None:
        return
    message.waited_seconds = _seconds(row.waiting_since, message.at)
    buyer = account(row.buyer_id).pseudonym
    first = row.answered_at is None
    emit(TalkAnswered(row.pk, message.pk, row.merchant_id, buyer, row.waiting_since, message.waited_seconds, first))
    row.waiting_since, row.answered_at = None, row.answered_at or message.at


def _seconds(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds()))


def _tell(row: TalkRow, side: Side) -> None:
    shop = merchants.shop(row.merchant_id)
    if side == Side.SHOP:
        data = {"shop": shop.name, "title": row.title}
        notify(row.buyer_id, "talk.answered", "{shop} answered you about “{title}”.", data, f"/messages/{row.pk}")
        return
    link = f"/seller/{shop.slug}/talks/{row.pk}"
    for carer in _carers(row.merchant_id):
        notify(carer, "talk.asked", "A buyer asks about “{title}”.", {"title": row.title}, link)


def _carers(merchant_id: UUID) -> set[UUID]:
    owners = {member.account_id for member in merchants.team(merchant_id) if member.role == "owner"}
    return owners | {grant.account_id for grant in grants_at(merchant_id) if grant.scope == "care"}
