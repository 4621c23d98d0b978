"""Questions of an imported history, with their answers: one talk each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from laotie.people.accounts import queries as accounts
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past
from laotie.trade.talks.contracts import About, Side, TalkAnswered, TalkAsked
from laotie.trade.talks.models import MessageRow, TalkRow


@dataclass(frozen=True, slots=True)
class PastTalk:
    """A question about a product, and its answer where `answered_at` is set. All of it has been read, but for an
    unanswered question."""

    id: UUID
    buyer_id: UUID
    merchant_id: UUID
    product_id: UUID
    title: str
    picture: UUID | None
    words: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None

    @property
    def waited(self) -> int:
        """Seconds until the answer."""
        return int(((self.answered_at or self.asked_at) - self.asked_at).total_seconds())


@transaction.atomic
def admit_history(talks: Sequence[PastTalk]) -> int:
    """Write the talks that are not there yet; returns how many."""
    known = set(TalkRow.objects.filter(pk__in=[past.id for past in talks]).values_list("pk", flat=True))
    fresh = [past for past in talks if past.id not in known]
    TalkRow.objects.bulk_create([_row(past) for past in fresh])
    MessageRow.objects.bulk_create([message for past in fresh for message in _messages(past)])
    names = {who: view.pseudonym for who, view in accounts.accounts({past.buyer_id for past in fresh}).items()}
    emit_past(fact for past in fresh for fact in _facts(past, names[past.buyer_id]))
    return len(fresh)


def _row(past: PastTalk) -> TalkRow:
    answered = past.answered_at is not None
    return TalkRow(
        id=past.id, buyer_id=past.buyer_id, merchant_id=past.merchant_id, about=About.PRODUCT.value,
        about_id=past.product_id, title=past.title, picture=past.picture, opened_at=past.asked_at,
        last_at=past.answered_at or past.asked_at, last_words=(past.answer if answered else past.words)[:120],
        last_side=(Side.SHOP if answered else Side.BUYER).value, shop_unread=0 if answered else 1,
        waiting_since=None if answered else past.asked_at, answered_at=past.answered_at,
    )  # fmt: skip


def _question(past: PastTalk) -> UUID:
    return uuid5(past.id, "question")


def _answer(past: PastTalk) -> UUID:
    return uuid5(past.id, "answer")


def _messages(past: PastTalk) -> Iterator[MessageRow]:
    yield MessageRow(id=_question(past), talk_id=past.id, side=Side.BUYER.value, author_id=past.buyer_id,
                     words=past.words, at=past.asked_at)  # fmt: skip
    if past.answered_at:
        yield MessageRow(id=_answer(past), talk_id=past.id, side=Side.SHOP.value, words=past.answer,
                         at=past.answered_at, waited_seconds=past.waited)  # fmt: skip


def _facts(past: PastTalk, buyer: UUID) -> Iterator[tuple[datetime, Fact]]:
    yield past.asked_at, TalkAsked(
        past.id, _question(past), past.merchant_id, buyer, About.PRODUCT.value, past.product_id
    )  # fmt: skip
    if past.answered_at:
        yield (
            past.answered_at,
            TalkAnswered(past.id, _answer(past), past.merchant_id, buyer, past.asked_at, past.waited, first=True),
        )
