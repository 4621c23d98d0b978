"""Reading talks. `talk_for` is the one door to a talk; lists are of a buyer or of a shop."""

from datetime import datetime
from statistics import median_low
from uuid import UUID

from django.db.models import QuerySet, Sum

from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.trade.talks import topics
from laotie.trade.talks.contracts import About, Message, ReplyTimes, Side, Talk, Topic
from laotie.trade.talks.errors import NoSuchTalk, NotYourTalk
from laotie.trade.talks.models import MessageRow, TalkRow

SCREEN = 100


def talk_for(account_id: UUID, talk_id: UUID) -> tuple[Talk, Side]:
    """A talk and the side on which `account_id` stands in it. Raises NoSuchTalk, NotYourTalk."""
    row = TalkRow.objects.filter(pk=talk_id).first()
    if row is None:
        raise NoSuchTalk
    return view(row), side_of(account_id, row.buyer_id, row.merchant_id)


def side_of(account_id: UUID, buyer_id: UUID, merchant_id: UUID) -> Side:
    """Raises NotYourTalk for everyone but the buyer and those who may care for the shop's buyers."""
    if account_id == buyer_id:
        return Side.BUYER
    if grants.may(account_id, "care", merchant_id):
        return Side.SHOP
    raise NotYourTalk


def topic(account_id: UUID, kind: str, about_id: UUID) -> tuple[UUID, Topic]:
    """Which shop a question about this goes to, and what it is. Raises NothingToAskAbout."""
    return topics.topic(account_id, kind, about_id)


def talk_about(account_id: UUID, kind: str, about_id: UUID) -> Talk | None:
    """The buyer's talk about this, when there is one."""
    row = TalkRow.objects.filter(buyer_id=account_id, about=kind, about_id=about_id).first()
    return view(row) if row else None


def messages(talk_id: UUID, before: datetime | None = None) -> list[Message]:
    """The last words of a talk (those `before` a moment), the oldest first; at most a hundred."""
    rows = MessageRow.objects.filter(talk_id=talk_id)
    rows = rows.filter(at__lt=before) if before else rows
    return [_message(row) for row in reversed(rows.order_by("-at", "-pk")[:SCREEN])]


def said_by(account_id: UUID) -> list[Message]:
    """Everything an account ever said, the oldest first: for its own export."""
    return [_message(row) for row in MessageRow.objects.filter(author_id=account_id).order_by("at", "pk")]


def talks_of_buyer(account_id: UUID) -> QuerySet[TalkRow]:
    """A buyer's talks, the newest first; `view` turns a row into its contract."""
    return TalkRow.objects.filter(buyer_id=account_id).order_by("-last_at", "-pk")


def talks_of_shop(account_id: UUID, merchant_id: UUID, *, view: str = "waiting") -> QuerySet[TalkRow]:
    """A shop's talks: those `waiting` for an answer, the longest first, or `all`, the newest first. Raises NoGrant."""
    grants.require(account_id, "care", merchant_id)
    rows = TalkRow.objects.filter(merchant_id=merchant_id)
    if view == "waiting":
        return rows.filter(waiting_since__isnull=False, closed_reason="").order_by("waiting_since", "pk")
    return rows.order_by("-last_at", "-pk")


def unread_of_buyer(account_id: UUID) -> int:
    """How many words of shops a buyer has not read."""
    unread = TalkRow.objects.filter(buyer_id=account_id, buyer_unread__gt=0).aggregate(sum=Sum("buyer_unread"))["sum"]
    return int(unread or 0)


def waiting_at_shop(merchant_id: UUID) -> int:
    """How many buyers wait for an answer of a shop."""
    return TalkRow.objects.filter(merchant_id=merchant_id, waiting_since__isnull=False, closed_reason="").count()


def reply_times(account_id: UUID, merchant_id: UUID, since: datetime, until: datetime) -> ReplyTimes:
    """How a shop answered what was asked in a span. Raises NoGrant."""
    grants.require(account_id, "care", merchant_id)
    answers = MessageRow.objects.filter(talk__merchant_id=merchant_id, at__gte=since, at__lt=until)
    waited = list(answers.filter(waited_seconds__isnull=False).values_list("waited_seconds", flat=True))
    known = [seconds for seconds in waited if seconds is not None]
    waiting = TalkRow.objects.filter(merchant_id=merchant_id, waiting_since__gte=since, waiting_since__lt=until).count()
    return ReplyTimes(len(known) + waiting, len(known), median_low(known) if known else None)


def shop_of(account_id: UUID, slug: str) -> Shop:
    """The shop whose buyers `account_id` may care for. Raises NoSuchShop, NoGrant."""
    shop = merchants.shop_by_slug(slug)
    grants.require(account_id, "care", shop.id)
    return shop


def view(row: TalkRow) -> Talk:
    """The contract of a row."""
    return Talk(
        id=row.pk,
        buyer_id=row.buyer_id,
        merchant_id=row.merchant_id,
        topic=Topic(About(row.about), row.about_id, row.title, row.picture),
        last_words=row.last_words,
        last_side=Side(row.last_side),
        last_at=row.last_at,
        buyer_unread=row.buyer_unread,
        shop_unread=row.shop_unread,
        waiting_since=row.waiting_since,
        closed_reason=row.closed_reason,
    )


def _message(row: MessageRow) -> Message:
    pictures = tuple(UUID(picture) for picture in row.pictures)
    return Message(row.pk, Side(row.side), row.author_id, row.words, pictures, row.at)
